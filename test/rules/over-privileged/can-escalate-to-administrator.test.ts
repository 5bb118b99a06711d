import { describe, expect, it } from 'vitest';
import { able, step } from '#test/estates/access.ts';
import { ACCOUNT_UID, arn, awsRole } from '#test/estates/aws.ts';
import { notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'can-escalate-to-administrator';

describe('can-escalate-to-administrator', () => {
  it('fails whoever has a certain way, and shows the first steps, those to full control first', async () => {
    const { findings } = await judge(rule, [
      awsRole('app'),
      able(arn('role/app'), 'escalate', { via: ['grant'] }),
      step(arn('role/app'), arn('role/a-stronger-one'), 'assume-role', { permissions: ['sts:AssumeRole'] }),
      step(arn('role/app'), `${ACCOUNT_UID}:admin`, 'attach-policy'),
      step(arn('role/other'), `${ACCOUNT_UID}:admin`, 'attach-policy'),
    ]);
    expect(findings).toMatchObject([
      {
        identity: arn('role/app'),
        severity: 'high',
        evidence: {
          to_administrator_of: [ACCOUNT_UID],
          through: ['grant'],
          first_steps: [
            { becomes: `${ACCOUNT_UID}:admin`, how: 'attach-policy' },
            { becomes: arn('role/a-stronger-one'), how: 'assume-role', permissions: ['sts:AssumeRole'] },
          ],
        },
      },
    ]);
  });

  it('passes whoever has no way, and an administrator of the same scope', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('app'),
      step(arn('role/app'), arn('role/weak'), 'assume-role'),
      awsRole('admin'),
      able(arn('role/admin'), 'admin'),
      able(arn('role/admin'), 'escalate'),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 2 });
  });

  it('fails an administrator of one scope who can become one of another', async () => {
    const { findings } = await judge(rule, [
      awsRole('admin'),
      able(arn('role/admin'), 'admin'),
      able(arn('role/admin'), 'escalate', { scopeUid: 'k8s:demo' }),
    ]);
    expect(findings.map(({ evidence }) => evidence['to_administrator_of'])).toEqual([['k8s:demo']]);
  });

  it('does not know where a step is conditional', async () => {
    const { found } = await judge(rule, [
      awsRole('app'),
      able(arn('role/app'), 'escalate', { certainty: 'conditional' }),
    ]);
    expect(found).toEqual({ 'role/app': 'unknown' });
  });

  it('leaves people, root, disabled and provider-managed identities alone', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('person', { class: 'human' }),
      awsRole('root', { kind: 'root-user' }),
      awsRole('off', { enabled: false }),
      awsRole('theirs', { managedBy: 'provider' }),
      ...['person', 'root', 'off', 'theirs'].map((name) => able(arn(`role/${name}`), 'escalate')),
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
