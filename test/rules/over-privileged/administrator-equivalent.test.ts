import { describe, expect, it } from 'vitest';
import { able } from '#test/estates/access.ts';
import { ACCOUNT_UID, arn, awsRole } from '#test/estates/aws.ts';
import { notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'administrator-equivalent';

describe('administrator-equivalent', () => {
  it('fails an administrator in effect, one step higher, and says where and through what', async () => {
    const { findings } = await judge(rule, [
      awsRole('app'),
      able(arn('role/app'), 'admin', { via: ['grant'] }),
    ]);
    expect(findings).toMatchObject([
      {
        identity: arn('role/app'),
        severity: 'critical',
        evidence: { administrator_of: [ACCOUNT_UID], through: ['grant'] },
      },
    ]);
  });

  it('passes whoever can do much but not everything', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('app'),
      able(arn('role/app'), 'identity-admin'),
      able(arn('role/app'), 'data-delete'),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 1 });
  });

  it('does not know where a request or something that was not collected decides', async () => {
    const { found } = await judge(rule, [
      awsRole('a'),
      able(arn('role/a'), 'admin', { certainty: 'conditional' }),
      awsRole('b'),
      able(arn('role/b'), 'admin', { certainty: 'unknown' }),
    ]);
    expect(found).toEqual({ 'role/a': 'unknown', 'role/b': 'unknown' });
  });

  it('fails once whoever is an administrator of several scopes, for certain of one', async () => {
    const { findings } = await judge(rule, [
      awsRole('app'),
      able(arn('role/app'), 'admin'),
      able(arn('role/app'), 'admin', { scopeUid: 'k8s:demo', certainty: 'conditional' }),
    ]);
    expect(findings.map(({ evidence }) => evidence)).toMatchObject([
      { administrator_of: [ACCOUNT_UID], perhaps_administrator_of: ['k8s:demo'] },
    ]);
  });

  it('leaves people, root, disabled and provider-managed identities alone', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('person', { class: 'human' }),
      awsRole('root', { kind: 'root-user' }),
      awsRole('off', { enabled: false }),
      awsRole('theirs', { managedBy: 'provider' }),
      ...['person', 'root', 'off', 'theirs'].map((name) => able(arn(`role/${name}`), 'admin')),
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
