import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gcpAccess } from '#access/gcp/index.ts';
import { ADMIN_MARKERS, GCP_CAPABILITY_ROWS, gcpCapabilities } from '#catalogue/gcp/capabilities.ts';
import type { Json } from '#model/system.ts';
import { gcpRecords } from './estate.ts';

const SA = 'serviceAccount:app@p.iam.gserviceaccount.com';
const OWNER = ADMIN_MARKERS;
const ROLES_FILE = join(process.cwd(), '../shared/data/gcp/predefined-roles.ndjson.gz');

function entitled(given: Json): string[] {
  return [...gcpAccess(gcpRecords(given)).entitlements()].map(
    ({ capability, scopeUid, certainty }) => `${capability} ${scopeUid} ${certainty}`,
  );
}

function world(extra: Record<string, Json>): Json {
  return {
    identities: [SA],
    roles: { 'roles/secrets': ['secretmanager.versions.access'], 'roles/all': OWNER },
    ...extra,
  };
}

const bind = (on: string, role: string, extra: Record<string, Json> = {}) => ({
  on,
  role,
  members: [SA],
  ...extra,
});

describe('entitlements in Google Cloud', () => {
  it('name the capability, the scope and how sure it is', () => {
    expect(entitled(world({ allow: [bind('projects/p', 'roles/secrets')] }))).toEqual([
      'secret-read gcp:projects/p certain',
    ]);
  });

  it('are conditional under a condition, and certain where another binding has none', () => {
    const conditional = bind('projects/p', 'roles/secrets', { if: "resource.matchTag('1/env', 'dev')" });
    expect(entitled(world({ allow: [conditional] }))).toEqual(['secret-read gcp:projects/p conditional']);
    expect(entitled(world({ allow: [conditional, bind('projects/p', 'roles/secrets')] }))).toEqual([
      'secret-read gcp:projects/p certain',
    ]);
  });

  it('stand over the one resource that a policy is on', () => {
    const secret = '//secretmanager.googleapis.com/projects/p/secrets/s';
    expect(entitled(world({ allow: [bind(secret, 'roles/secrets')] }))).toEqual([
      `secret-read ${secret} certain`,
    ]);
  });

  it('are administration where bindings on one scope add up to owning it', () => {
    expect(entitled(world({ allow: [bind('projects/p', 'roles/all')] }))).toContain(
      'admin gcp:projects/p certain',
    );
    const half = Object.fromEntries([
      ['roles/a', OWNER.slice(0, 4)],
      ['roles/b', OWNER.slice(4)],
    ]);
    const both = [bind('projects/p', 'roles/a'), bind('projects/p', 'roles/b')];
    expect(entitled(world({ roles: half, allow: both }))).toContain('admin gcp:projects/p certain');
    expect(
      entitled(world({ roles: half, allow: both.slice(1) })).some((each) => each.startsWith('admin')),
    ).toBe(false);
  });

  it('are taken by deny policies and made conditional by open ones and by boundaries', () => {
    const allow = [bind('projects/p', 'roles/secrets')];
    const rule = {
      deniedPrincipals: ['principalSet://goog/public:all'],
      deniedPermissions: ['secretmanager.googleapis.com/versions.access'],
    };
    const deny = (extra: Record<string, Json>) => [
      { on: 'organizations/1', rules: [{ denyRule: { ...rule, ...extra } }] },
    ];
    expect(entitled(world({ allow, deny: deny({}) }))).toEqual([]);
    const tagged = { denialCondition: { expression: "resource.hasTagKey('1/env')" } };
    expect(entitled(world({ allow, deny: deny(tagged) }))).toEqual([
      'secret-read gcp:projects/p conditional',
    ]);
    const boundaries = [
      { on: 'organizations/1', resources: ['//cloudresourcemanager.googleapis.com/projects/p'] },
    ];
    expect(entitled(world({ allow, boundaries }))).toEqual(['secret-read gcp:projects/p conditional']);
  });

  it('come through groups too', () => {
    const allow = [{ on: 'projects/p', role: 'roles/secrets', members: ['group:ops@acme.example'] }];
    expect(entitled(world({ allow, groups: { 'group:ops@acme.example': [SA] } }))).toEqual([
      'secret-read gcp:projects/p certain',
    ]);
  });
});

describe('the capability table of Google Cloud', () => {
  it('says why in every row', () => {
    for (const { why, permissions } of GCP_CAPABILITY_ROWS) {
      expect(why.length).toBeGreaterThan(5);
      expect(permissions.length).toBeGreaterThan(0);
    }
  });

  it('finds capabilities by name, by pattern and whatever the case', () => {
    expect(gcpCapabilities('iam.serviceaccounts.ACTAS')).toEqual(['impersonate']);
    expect(gcpCapabilities('resourcemanager.projects.setIamPolicy')).toEqual([
      'identity-admin',
      'logging-tamper',
    ]);
    expect(gcpCapabilities('nothing.of.it')).toEqual([]);
  });

  it.skipIf(!existsSync(ROLES_FILE))(
    'names permissions that predefined roles really hold (needs ../shared/data/gcp)',
    () => {
      const lines = gunzipSync(readFileSync(ROLES_FILE)).toString('utf8').trim().split('\n');
      const known = new Set<string>();
      for (const line of lines) {
        const { includedPermissions = [] } = JSON.parse(line) as { includedPermissions?: string[] };
        for (const permission of includedPermissions) known.add(permission.toLowerCase());
      }
      const names = GCP_CAPABILITY_ROWS.flatMap(({ permissions }) => permissions).filter(
        (name) => !name.includes('*'),
      );
      expect([...names, ...ADMIN_MARKERS].filter((name) => !known.has(name.toLowerCase()))).toEqual([]);
    },
  );
});
