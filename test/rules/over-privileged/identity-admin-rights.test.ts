import { describe, expect, it } from 'vitest';
import { able } from '#test/estates/access.ts';
import { ACCOUNT_UID, arn, awsRole } from '#test/estates/aws.ts';
import { notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'identity-admin-rights';

describe('identity-admin-rights', () => {
  it('fails whoever can change access, and says where and through what', async () => {
    const { findings } = await judge(rule, [
      awsRole('app'),
      able(arn('role/app'), 'identity-admin', { via: ['grant'] }),
    ]);
    expect(findings).toMatchObject([
      {
        identity: arn('role/app'),
        severity: 'medium',
        evidence: { changes_access_in: [ACCOUNT_UID], through: ['grant'] },
      },
    ]);
  });

  it('passes whoever cannot, an administrator of the same scope, and whoever is expected to', async () => {
    const world = [
      awsRole('reader'),
      able(arn('role/reader'), 'data-read'),
      awsRole('admin'),
      able(arn('role/admin'), 'admin'),
      able(arn('role/admin'), 'identity-admin'),
      awsRole('pipeline'),
      able(arn('role/pipeline'), 'identity-admin'),
    ];
    const { found, passed } = await judge(rule, world, { expected: [arn('role/pipeline')] });
    expect({ found, passed }).toEqual({ found: {}, passed: 3 });
  });

  it('does not know where the right is limited or something that decides was not collected', async () => {
    const { found } = await judge(rule, [
      awsRole('a'),
      able(arn('role/a'), 'identity-admin', { certainty: 'conditional' }),
      awsRole('b'),
      able(arn('role/b'), 'identity-admin', { certainty: 'unknown' }),
    ]);
    expect(found).toEqual({ 'role/a': 'unknown', 'role/b': 'unknown' });
  });

  it('leaves people, root, disabled and provider-managed identities alone', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('person', { class: 'human' }),
      awsRole('root', { kind: 'root-user' }),
      awsRole('off', { enabled: false }),
      awsRole('theirs', { managedBy: 'provider' }),
      ...['person', 'root', 'off', 'theirs'].map((name) => able(arn(`role/${name}`), 'identity-admin')),
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
