import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import { ACCOUNT_UID, awsRole, trust } from '#test/estates/aws.ts';
import { servicePrincipal, TENANT_UID } from '#test/estates/azure.ts';
import { notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'external-account-outside-known-list';
const vendor = { trusted: 'aws:999999999999', trustedKind: 'account', external: true } as const;
const known = ['222222222222'];

describe('external-account-outside-known-list', () => {
  it('fails an outside account, or a role of one, that is not on the list', async () => {
    const role = { trusted: 'arn:aws:iam::999999999999:role/agent', trustedKind: 'identity' } as const;
    const rows = [
      awsRole('vendor'),
      trust('vendor', 'a', vendor),
      trust('vendor', 'b', { ...vendor, ...role }),
    ];
    const { findings } = await judge(rule, rows, { known });
    expect(findings).toMatchObject([
      { subject: 'a', severity: 'medium', evidence: { party: '999999999999', known: 1 } },
      { subject: 'b', evidence: { party: '999999999999' } },
    ]);
  });

  it('passes what is on the list, in the words of every system', async () => {
    const outside = { trustedKind: 'identity', external: true } as const;
    const { found, passed } = await judge(
      rule,
      [
        awsRole('vendor'),
        trust('vendor', 'aws', vendor),
        servicePrincipal('app'),
        azure('azure', 'entra:AAAA:group:1'),
        { identities: [{ uid: 'gcp:serviceAccount:a', system: 'gcp', scopeUid: 'gcp:projects/p' }] },
        {
          trusts: [
            {
              uid: 'gcp',
              system: 'gcp',
              scopeUid: 'gcp:projects/p',
              identityUid: 'gcp:serviceAccount:a',
              trusted: 'gcp:serviceAccount:x@other.iam.gserviceaccount.com',
              ...outside,
            },
          ],
        },
      ],
      { known: ['999999999999', 'aaaa', 'other.iam.gserviceaccount.com'] },
    );
    expect({ found, passed }).toEqual({ found: {}, passed: 3 });
  });

  it('does not know without a list, nor where the other side may be inside', async () => {
    const rows = [
      awsRole('vendor'),
      trust('vendor', 'a', vendor),
      trust('vendor', 'b', { ...vendor, external: null }),
    ];
    expect((await judge(rule, rows)).found).toEqual({
      'role/vendor a': 'unknown',
      'role/vendor b': 'unknown',
    });
    expect((await judge(rule, rows, { known })).found).toEqual({
      'role/vendor a': 'fail',
      'role/vendor b': 'unknown',
    });
  });

  it('leaves alone what is inside, only claimed, a service, or provider-managed', async () => {
    const { found, passed } = await judge(
      rule,
      [
        awsRole('a'),
        trust('a', '1', { ...vendor, external: false }),
        trust('a', '2', { ...vendor, certainty: 'claimed' }),
        trust('a', '3', { ...vendor, trusted: 'ec2.amazonaws.com', trustedKind: 'service' }),
        awsRole('theirs', { managedBy: 'provider' }),
        trust('theirs', '4', vendor),
      ],
      { known },
    );
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where trusts were not collected', async () => {
    const { found } = await judge(rule, [awsRole('a'), notRead('trusts', ACCOUNT_UID)], { known });
    expect(found).toEqual({ [`scope ${ACCOUNT_UID}`]: 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [], { known })).toEqual({ found: {}, findings: [], passed: 0 });
  });
});

function azure(uid: string, trusted: string): PartialRows {
  const home = { system: 'azure', scopeUid: TENANT_UID, identityUid: 'app' } as const;
  return { trusts: [{ ...home, uid, trusted, trustedKind: 'group', external: true }] };
}
