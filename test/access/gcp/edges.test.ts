import { describe, expect, it } from 'vitest';
import { gcpAccess } from '#access/gcp/index.ts';
import { becomingGraph, pathsTo } from '#access/reach/index.ts';
import type { Json } from '#model/system.ts';
import { adminUid } from '#model/uid.ts';
import { gcpRecords } from './estate.ts';

const APP = 'serviceAccount:app@p.iam.gserviceaccount.com';
const BOSS = 'serviceAccount:boss@p.iam.gserviceaccount.com';
const ON_BOSS = `//iam.googleapis.com/projects/p/serviceAccounts/boss@p.iam.gserviceaccount.com`;

/** The shortest path from the app to `target`, as techniques with their certainty; null: none. */
function path(given: Record<string, Json>, target = `gcp:${BOSS}`): string | null {
  const access = gcpAccess(gcpRecords({ identities: [APP, BOSS], ...given }));
  const found = pathsTo(becomingGraph(access.edges()), [target]).pathOf(`gcp:${APP}`);
  return found === null ? null : `${found.hops.map(({ via }) => via).join(' > ')} (${found.certainty})`;
}

function holds(permissions: string[], on: string, extra: Record<string, Json> = {}): Record<string, Json> {
  return { roles: { 'roles/x': permissions }, allow: [{ on, role: 'roles/x', members: [APP], ...extra }] };
}

describe('becoming a service account in Google Cloud', () => {
  it.each([
    ['a token', 'iam.serviceAccounts.getAccessToken', 'gcp-access-token (certain)'],
    ['a signed token', 'iam.serviceAccounts.signJwt', 'gcp-sign-jwt (certain)'],
    ['a signed blob', 'iam.serviceAccounts.signBlob', 'gcp-sign-blob (certain)'],
    ['a new key', 'iam.serviceAccountKeys.create', 'gcp-create-key (certain)'],
    ['its policy', 'iam.serviceAccounts.setIamPolicy', 'gcp-set-service-account-policy (certain)'],
    ['delegation', 'iam.serviceAccounts.implicitDelegation', 'gcp-implicit-delegation (conditional)'],
  ])('takes %s', (_, permission, expected) => {
    expect(path(holds([permission], ON_BOSS))).toBe(expected);
  });

  it('takes a right over its project, folder or organisation just as well', () => {
    for (const on of ['projects/p', 'folders/2', 'organizations/1']) {
      expect(path(holds(['iam.serviceAccounts.getAccessToken'], on))).toContain('gcp-access-token');
    }
  });

  it('takes nothing that is held over another project', () => {
    const scopes = {
      'organizations/1': null,
      'projects/p': 'organizations/1',
      'projects/q': 'organizations/1',
    };
    expect(path({ ...holds(['iam.serviceAccounts.getAccessToken'], 'projects/q'), scopes })).toBeNull();
  });

  it('takes actAs and something to run, not one of them alone', () => {
    expect(path(holds(['iam.serviceAccounts.actAs', 'run.services.create'], 'projects/p'))).toContain(
      'gcp-act-as-run',
    );
    expect(path(holds(['iam.serviceAccounts.actAs'], 'projects/p'))).toBeNull();
    expect(path(holds(['run.services.create'], 'projects/p'))).toBeNull();
  });

  it('is conditional where what runs is in another project', () => {
    const given = {
      scopes: { 'organizations/1': null, 'projects/p': 'organizations/1', 'projects/q': 'organizations/1' },
      roles: { 'roles/act': ['iam.serviceAccounts.actAs'], 'roles/run': ['run.services.create'] },
      allow: [
        { on: ON_BOSS, role: 'roles/act', members: [APP] },
        { on: 'projects/q', role: 'roles/run', members: [APP] },
      ],
    };
    expect(path(given)).toBe('gcp-act-as-run (conditional)');
  });

  it('is conditional under a condition', () => {
    const given = holds(['iam.serviceAccounts.getAccessToken'], ON_BOSS, {
      if: "resource.matchTag('a', 'b')",
    });
    expect(path(given)).toBe('gcp-access-token (conditional)');
  });

  it('is stopped by a deny policy', () => {
    const rule = {
      deniedPrincipals: ['principalSet://goog/public:all'],
      deniedPermissions: ['iam.googleapis.com/serviceAccounts.getAccessToken'],
    };
    const deny = [{ on: 'organizations/1', rules: [{ denyRule: rule }] }];
    expect(path({ ...holds(['iam.serviceAccounts.getAccessToken'], ON_BOSS), deny })).toBeNull();
  });

  it('comes through groups', () => {
    const given = {
      roles: { 'roles/x': ['iam.serviceAccounts.getAccessToken'] },
      allow: [{ on: ON_BOSS, role: 'roles/x', members: ['group:g@acme.example'] }],
      groups: { 'group:g@acme.example': [APP] },
    };
    expect(path(given)).toBe('gcp-access-token (certain)');
  });
});

describe('members that no collector lists', () => {
  it('become service accounts as identities do', () => {
    const member = 'serviceAccount:p.svc.id.goog[shop/web]';
    const given = {
      identities: [BOSS],
      roles: { 'roles/x': ['iam.serviceAccounts.getAccessToken'] },
      allow: [{ on: ON_BOSS, role: 'roles/x', members: [member] }],
    };
    const edges = [...gcpAccess(gcpRecords(given)).edges()];
    expect(edges).toContainEqual(expect.objectContaining({ fromUid: `gcp:${member}`, toUid: `gcp:${BOSS}` }));
  });
});

describe('becoming an administrator in Google Cloud', () => {
  it.each([
    ['projects/p', 'resourcemanager.projects.setIamPolicy', 'gcp-set-project-policy (certain)'],
    ['folders/2', 'resourcemanager.folders.setIamPolicy', 'gcp-set-folder-policy > inherited (certain)'],
    [
      'organizations/1',
      'resourcemanager.organizations.setIamPolicy',
      'gcp-set-organization-policy > inherited > inherited (certain)',
    ],
  ])('takes the policy of %s', (on, permission, expected) => {
    expect(path(holds([permission], on), adminUid('gcp:projects/p'))).toBe(expected);
  });

  it('does not take a project’s permission held on a folder for the folder itself', () => {
    expect(
      path(holds(['resourcemanager.projects.setIamPolicy'], 'folders/2'), adminUid('gcp:folders/2')),
    ).toBeNull();
  });

  it('takes a project’s permission held on a folder for every project in it', () => {
    expect(
      path(holds(['resourcemanager.projects.setIamPolicy'], 'folders/2'), adminUid('gcp:projects/p')),
    ).toBe('gcp-set-project-policy (certain)');
  });

  it('takes updating a custom role that one holds', () => {
    const given = {
      roles: { 'projects/p/roles/own': ['iam.roles.update'] },
      allow: [{ on: 'projects/p', role: 'projects/p/roles/own', members: [APP] }],
    };
    expect(path(given, adminUid('gcp:projects/p'))).toBe('gcp-update-own-role (certain)');
  });
});
