import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import type { Grant } from '#model/grant.ts';
import type { Feed } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';
import { assignment, servicePrincipal, TENANT_UID } from '#test/estates/azure.ts';
import { notRead } from '#test/estates/estate.ts';
import { googleAccount, gsaUid, PROJECT_UID } from '#test/estates/gcp.ts';
import { judge } from '../judge.ts';

const rule = 'dangling-binding';
const PRINCIPAL = `${TENANT_UID}:serviceprincipal:1`;

describe('dangling-binding in Google Cloud', () => {
  it('fails members that Google has marked as deleted, of every kind, even where identities were read in part', async () => {
    const { found, findings } = await judge(rule, [
      viewer,
      binding('account', 'gcp:deleted:serviceAccount:x@p.iam.gserviceaccount.com?uid=1'),
      binding('user', 'gcp:deleted:user:ann@acme.example?uid=2', { principalKind: 'external' }),
      binding('group', 'gcp:deleted:group:team@acme.example?uid=3', { principalKind: 'group' }),
      notRead('identities', PROJECT_UID, 'partial'),
    ]);
    expect(found).toMatchObject({ account: 'fail', user: 'fail', group: 'fail' });
    expect(findings[0]?.evidence).toMatchObject({ subject_marked_as_deleted: true, missing: ['subject'] });
    expect(findings[0]?.evidence).not.toHaveProperty('not_collected');
  });

  it('fails a service account that is missing from a project that was read whole, not of another', async () => {
    const { found } = await judge(rule, [
      viewer,
      googleAccount('app'),
      binding('known', gsaUid('app')),
      binding('gone', gsaUid('old')),
      binding('elsewhere', 'gcp:serviceAccount:x@elsewhere.iam.gserviceaccount.com'),
      binding('in-domain', 'gcp:serviceAccount:x@p.acme.example.iam.gserviceaccount.com'),
    ]);
    expect(found).toEqual({ gone: 'fail', elsewhere: 'unknown', 'in-domain': 'unknown' });
  });

  it('misses no people, groups, pools or accounts that Google looks after', async () => {
    const { found, passed } = await judge(rule, [
      viewer,
      googleAccount('app'),
      binding('user', 'gcp:user:ann@acme.example'),
      binding('group', 'gcp:group:team@acme.example', { principalKind: 'group' }),
      binding('agent', 'gcp:serviceAccount:service-1@compute-system.iam.gserviceaccount.com'),
      binding('default', 'gcp:serviceAccount:1-compute@developer.gserviceaccount.com'),
      binding(
        'pool',
        'gcp:principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/*',
      ),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 5 });
  });

  it('does not know of a missing role of Google’s own, and fails one of the project’s', async () => {
    const { found } = await judge(rule, [
      googleAccount('app'),
      binding('predefined', gsaUid('app'), { roleUid: 'gcp:roles/storage.admin' }),
      binding('custom', gsaUid('app'), { roleUid: 'gcp:projects/p/roles/gone' }),
    ]);
    expect(found).toEqual({
      [`${gsaUid('app')} predefined`]: 'unknown',
      [`${gsaUid('app')} custom`]: 'fail',
    });
  });
});

describe('dangling-binding in Azure', () => {
  it('fails a principal or group that is missing from a directory that was read whole', async () => {
    const { found } = await judge(rule, [
      reader,
      servicePrincipal(PRINCIPAL),
      assignment(PRINCIPAL, 'reader', { uid: 'known' }),
      assignment(`${TENANT_UID}:serviceprincipal:2`, 'reader', { uid: 'gone' }),
      assignment(`${TENANT_UID}:unknown:3`, 'reader', { uid: 'unresolvable' }),
      assignment(`${TENANT_UID}:group:4`, 'reader', { uid: 'group', principalKind: 'group' }),
    ]);
    expect(found).toEqual({ gone: 'fail', unresolvable: 'fail', group: 'fail' });
  });

  it('does not know where the directory was not read whole', async () => {
    for (const [feed, kind] of [
      ['identities', 'identity'],
      ['groups', 'group'],
    ] as const satisfies readonly (readonly [Feed, Grant['principalKind']])[]) {
      const { found, findings } = await judge(rule, [
        reader,
        servicePrincipal(PRINCIPAL),
        assignment(`${TENANT_UID}:serviceprincipal:2`, 'reader', { uid: 'gone', principalKind: kind }),
        notRead(feed, TENANT_UID),
      ]);
      expect(found).toMatchObject({ gone: 'unknown' });
      expect(findings.find(({ subject }) => subject === 'gone')?.evidence).toMatchObject({
        not_read: TENANT_UID,
      });
    }
  });

  it('does not know of a user where the directory’s users were not listed', async () => {
    const gone = [
      reader,
      servicePrincipal(PRINCIPAL),
      assignment(`${TENANT_UID}:user:5`, 'reader', { uid: 'gone' }),
    ];
    expect((await judge(rule, gone)).found).toEqual({ gone: 'unknown' });
    const listed = servicePrincipal(`${TENANT_UID}:user:6`, { kind: 'user', class: 'human' });
    expect((await judge(rule, [...gone, listed])).found).toEqual({ gone: 'fail' });
  });

  it('does not know of a missing role, which cannot be deleted while it is assigned', async () => {
    const { found } = await judge(rule, [
      servicePrincipal(PRINCIPAL),
      assignment(PRINCIPAL, 'gone', { uid: 'a' }),
    ]);
    expect(found).toEqual({ [`${PRINCIPAL} a`]: 'unknown' });
  });
});

const viewer: PartialRows = { roles: [{ uid: 'gcp:roles/viewer', system: 'gcp', scopeUid: PROJECT_UID }] };
const reader: PartialRows = { roles: [{ uid: 'reader', system: 'azure', scopeUid: '/subscriptions/one' }] };

function binding(uid: string, principalUid: Uid, fields: Partial<Grant> = {}): PartialRows {
  const home = {
    system: 'gcp',
    scopeUid: PROJECT_UID,
    kind: 'iam-binding',
    roleUid: 'gcp:roles/viewer',
  } as const;
  return { grants: [{ ...home, uid, principalUid, ...fields }] };
}
