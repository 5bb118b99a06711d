import { describe, expect, it } from 'vitest';
import { able } from '#test/estates/access.ts';
import { ACCOUNT_UID, arn, awsRole } from '#test/estates/aws.ts';
import { notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'reads-secrets';

describe('reads-secrets', () => {
  it('fails whoever reads all secrets of a scope, and says where', async () => {
    const { findings } = await judge(rule, [
      awsRole('app'),
      able(arn('role/app'), 'secret-read', { via: ['grant'] }),
    ]);
    expect(findings).toMatchObject([
      {
        identity: arn('role/app'),
        severity: 'medium',
        evidence: { reads_secrets_of: [ACCOUNT_UID], through: ['grant'] },
      },
    ]);
  });

  it('passes named secrets, an administrator of the same scope, and whoever is expected to read them', async () => {
    const world = [
      awsRole('app'),
      able(arn('role/app'), 'secret-read', { certainty: 'conditional' }),
      awsRole('admin'),
      able(arn('role/admin'), 'admin'),
      able(arn('role/admin'), 'secret-read'),
      awsRole('copier'),
      able(arn('role/copier'), 'secret-read'),
    ];
    const { found, passed } = await judge(rule, world, { expected: [arn('role/copier')] });
    expect({ found, passed }).toEqual({ found: {}, passed: 3 });
  });

  it('fails an administrator of one namespace who reads the secrets of another', async () => {
    const { found } = await judge(rule, [
      awsRole('app'),
      able(arn('role/app'), 'admin', { scopeUid: 'k8s:demo:namespace:a' }),
      able(arn('role/app'), 'secret-read', { scopeUid: 'k8s:demo:namespace:b' }),
    ]);
    expect(found).toEqual({ 'role/app': 'fail' });
  });

  it('does not know where something that decides was not collected', async () => {
    const { found } = await judge(rule, [
      awsRole('app'),
      able(arn('role/app'), 'secret-read', { certainty: 'unknown' }),
    ]);
    expect(found).toEqual({ 'role/app': 'unknown' });
  });

  it('leaves people, root, disabled and provider-managed identities alone', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('person', { class: 'human' }),
      awsRole('root', { kind: 'root-user' }),
      awsRole('off', { enabled: false }),
      awsRole('theirs', { managedBy: 'provider' }),
      ...['person', 'root', 'off', 'theirs'].map((name) => able(arn(`role/${name}`), 'secret-read')),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where roles or grants were not collected, and takes a pass back where they have gaps', async () => {
    for (const feed of ['roles', 'grants'] as const) {
      for (const status of ['denied', 'partial'] as const) {
        const { found } = await judge(rule, [awsRole('app'), notRead(feed, ACCOUNT_UID, status)]);
        expect(found).toEqual({ 'role/app': 'unknown' });
      }
    }
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
