import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import type { Identity } from '#model/identity.ts';
import { able } from '#test/estates/access.ts';
import { servicePrincipal, TENANT_UID } from '#test/estates/azure.ts';
import { notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'application-owner-is-unprivileged-person';
const home = { system: 'azure', scopeUid: TENANT_UID } as const;

function person(fields: Partial<Identity> = {}): PartialRows {
  return servicePrincipal('ann', { kind: 'user', class: 'human', ...fields });
}

const application = servicePrincipal('app', { kind: 'application' });
const owned: PartialRows = {
  trusts: [
    {
      ...home,
      uid: 'o',
      identityUid: 'app',
      trusted: 'ann',
      trustedKind: 'identity',
      mechanism: 'application-owner',
    },
  ],
};
/** The application's service principal. */
const principal: PartialRows[] = [
  servicePrincipal('sp'),
  {
    trusts: [
      {
        ...home,
        uid: 'of',
        identityUid: 'sp',
        trusted: 'app',
        trustedKind: 'identity',
        mechanism: 'application-of',
      },
    ],
  },
];
const world = [person(), application, owned, ...principal];

describe('application-owner-is-unprivileged-person', () => {
  it('fails a person who owns the application of a privileged service principal', async () => {
    const { findings } = await judge(rule, [
      ...world,
      able('sp', 'identity-admin', { scopeUid: TENANT_UID }),
    ]);
    expect(findings).toMatchObject([
      {
        identity: 'app',
        subject: 'o',
        severity: 'high',
        evidence: { owner: 'ann', application_can: ['identity-admin'], through: ['sp'] },
      },
    ]);
  });

  it('raises the severity where the application itself is an administrator', async () => {
    const { findings } = await judge(rule, [...world, able('app', 'admin', { scopeUid: TENANT_UID })]);
    expect(findings).toMatchObject([
      { severity: 'critical', evidence: { severity_raised_by: ['administrator'] } },
    ]);
  });

  it('passes a privileged owner, an owner that is a program, and an application without privilege', async () => {
    const admin = able('sp', 'admin');
    expect(await judge(rule, [...world, admin, able('ann', 'identity-admin')])).toMatchObject({
      found: {},
      passed: 1,
    });
    const program = [person({ class: 'non-human' }), application, owned, ...principal, admin];
    expect(await judge(rule, program)).toMatchObject({ found: {}, passed: 1 });
    expect(await judge(rule, [...world, able('sp', 'secret-read')])).toMatchObject({ found: {}, passed: 1 });
  });

  it('does not know who an owner is that is not on record, nor what may not be certain', async () => {
    const unknown = { 'app o': 'unknown' };
    const admin = able('sp', 'admin');
    expect((await judge(rule, [application, owned, ...principal, admin])).found).toEqual(unknown);
    expect(
      (await judge(rule, [person({ class: 'unknown' }), application, owned, ...principal, admin])).found,
    ).toEqual(unknown);
    expect((await judge(rule, [...world, able('sp', 'admin', { certainty: 'unknown' })])).found).toEqual(
      unknown,
    );
    expect(
      (await judge(rule, [...world, admin, able('ann', 'admin', { certainty: 'unknown' })])).found,
    ).toEqual(unknown);
  });

  it('does not know where grants were not collected', async () => {
    expect((await judge(rule, [...world, notRead('grants', TENANT_UID)])).found).toEqual({
      'app o': 'unknown',
    });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
