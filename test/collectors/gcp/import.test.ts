import { describe, expect, it } from 'vitest';
import { APP, COMPUTE, DEPLOY, FOLDER, NUMBER, ORGANIZATION, POOL, PROJECT } from './exported-objects.ts';
import { EXPORTS } from './exports.ts';
import { complaints, imported, only, statuses } from './importing.ts';

const APP_UID = `gcp:serviceAccount:${APP}`;
const HOME = `gcp:projects/${PROJECT}`;
const POOL_UID = `gcp:principalSet://iam.googleapis.com/${POOL}/*`;

describe('an import of Google Cloud', () => {
  it('reads a whole export without a complaint', async () => {
    expect(complaints(await imported(EXPORTS))).toEqual([]);
  });

  it('builds the hierarchy, with the number of each project', async () => {
    const rows = await imported(EXPORTS);
    const known = rows('scopes').filter(({ kind }) => kind !== 'provider');
    expect(known.map(({ uid, kind, name, parentUid }) => [uid, kind, name, parentUid])).toEqual([
      [`gcp:${FOLDER}`, 'folder', 'shop', `gcp:${ORGANIZATION}`],
      [`gcp:${ORGANIZATION}`, 'organization', 'acme.example', null],
      [HOME, 'project', 'Shop', `gcp:${FOLDER}`],
    ]);
    const project = only(rows('scopes').filter(({ uid }) => uid === HOME));
    expect(project.tags).toMatchObject({ 'gcp:project-number': NUMBER, team: 'checkout' });
    expect(project.environment).toBe('production');
  });

  it('lists service accounts, service agents, people and unbound API keys as identities', async () => {
    const rows = await imported(EXPORTS);
    const told = rows('identities').map(({ uid, kind, scopeUid, managedBy, enabled }) => {
      return [uid.replace('gcp:', ''), kind, scopeUid, managedBy, enabled];
    });
    const agent = `serviceAccount:service-${NUMBER}@compute-system.iam.gserviceaccount.com`;
    expect(told).toEqual([
      [`serviceAccount:${APP}`, 'service-account', HOME, 'customer', true],
      [`serviceAccount:${DEPLOY}`, 'service-account', HOME, 'customer', false],
      [`serviceAccount:${COMPUTE}`, 'service-account', HOME, 'customer', true],
      ['user:olga@acme.example', 'user', `gcp:${ORGANIZATION}`, 'customer', null],
      [agent, 'service-agent', HOME, 'provider', null],
      ['apiKey:maps-1', 'api-key', HOME, 'customer', true],
    ]);
  });

  it('marks default accounts, and the client id by which a domain could delegate', async () => {
    const rows = await imported(EXPORTS);
    const tags = Object.fromEntries(rows('identities').map(({ name, tags: own }) => [name, own]));
    expect(tags[COMPUTE]).toEqual({
      'gcp:default-account-of': 'compute-engine',
      'gcp:oauth2-client-id': '1003',
    });
    expect(tags[APP]).toEqual({ 'gcp:oauth2-client-id': '1001' });
  });

  it('lists the keys that the customer looks after, with their end and last use', async () => {
    const rows = await imported(EXPORTS);
    const told = rows('credentials').map(
      ({ kind, name, enabled, expiresAt, lastUsedAt, lastUsedEvidence }) => {
        return [kind, name, enabled, expiresAt, lastUsedAt, lastUsedEvidence];
      },
    );
    expect(told).toEqual([
      ['key-file', '0123abcd', true, null, '2026-11-10T07:00:00.000Z', 'used'],
      ['key-file', '4567abcd', false, '2027-01-02T03:04:05.000Z', null, 'not-in-window'],
      ['hmac-key', 'GOOG1EXAMPLE', true, null, null, 'none'],
      ['api-key', 'Maps', true, null, null, 'none'],
    ]);
    expect(rows('credentials')[0]?.uid).toBe(`gcp:projects/${PROJECT}/serviceAccounts/${APP}/keys/0123abcd`);
    expect(rows('credentials').at(-1)?.uid).toBe(`${HOME}/locations/global/keys/maps-1`);
  });

  it('takes an account without an activity as unused in the window of the others, not as never used', async () => {
    const rows = await imported(EXPORTS);
    const usage = only(
      rows('usages').filter(({ identityUid }) => identityUid === `gcp:serviceAccount:${COMPUTE}`),
    );
    expect(usage).toMatchObject({
      lastUsedAt: null,
      windowStart: '2026-08-20T07:00:00.000Z',
      windowEnd: '2026-11-18T07:00:00.000Z',
      source: 'gcp:last-authentication',
    });
    expect(usage.blindSpots).not.toEqual([]);
  });

  it('says nothing of use where the analyzer was not asked', async () => {
    const { 'activities.json': _activities, ...others } = EXPORTS;
    const rows = await imported(others);
    expect(rows('usages')).toEqual([]);
    expect(rows('credentials').map(({ lastUsedEvidence }) => lastUsedEvidence)).not.toContain(
      'not-in-window',
    );
    expect(statuses(rows, 'usages', HOME)).toEqual({
      'gcloud policy-intelligence query-activity': 'skipped',
    });
  });

  it('keeps custom roles, and of the predefined ones those that a binding names', async () => {
    const rows = await imported(EXPORTS);
    const names = rows('roles').map(({ name }) => name);
    expect(names).toContain(`projects/${PROJECT}/roles/deployer`);
    expect(names).toContain('roles/storage.objectViewer');
    expect(names).not.toContain('roles/nobody.holds');
  });

  it('makes a grant of every member, on the scope or on the one resource', async () => {
    const rows = await imported(EXPORTS);
    const told = rows('grants').map(({ principalUid, principalKind, roleUid, resourceUid, condition }) => {
      const short = roleUid.replace(/^.*[/.]/u, '');
      return `${principalKind} ${principalUid} ${short} ${resourceUid ?? ''} ${condition === null ? '' : 'if'}`.trim();
    });
    const account = `//iam.googleapis.com/projects/${PROJECT}/serviceAccounts/${DEPLOY}`;
    expect(told.toSorted()).toEqual(
      [
        `external gcp:deleted:serviceAccount:old@${PROJECT}.iam.gserviceaccount.com?uid=999 viewer`,
        `external gcp:serviceAccount:ci@elsewhere.iam.gserviceaccount.com serviceAccountTokenCreator ${account}`,
        `group gcp:principalSet://iam.googleapis.com/${POOL}/attribute.repository/acme/shop workloadIdentityUser ${account}`,
        `external gcp:serviceAccount:${PROJECT}.svc.id.goog[pay/api] workloadIdentityUser ${account}`,
        `group gcp:group:admins@acme.example viewer`,
        `identity ${APP_UID} objectViewer //storage.googleapis.com/shop-orders`,
        `identity ${APP_UID} secretAccessor //secretmanager.googleapis.com/projects/${PROJECT}/secrets/db`,
        `identity ${APP_UID} viewer  if`,
        `identity gcp:serviceAccount:${COMPUTE} editor`,
        `identity gcp:serviceAccount:${DEPLOY} deployer`,
        `identity gcp:serviceAccount:service-${NUMBER}@compute-system.iam.gserviceaccount.com viewer`,
        `identity gcp:user:olga@acme.example editor`,
      ].toSorted(),
    );
  });

  it('says who may act as an account, and whether they are of the same owner', async () => {
    const rows = await imported(EXPORTS);
    const told = rows('trusts').map(({ identityUid, trusted, trustedKind, mechanism, external }) => {
      return JSON.stringify([identityUid, trusted, trustedKind, mechanism, external]);
    });
    const deploy = `gcp:serviceAccount:${DEPLOY}`;
    expect(told.toSorted()).toEqual(
      [
        [
          deploy,
          `gcp:principalSet://iam.googleapis.com/${POOL}/attribute.repository/acme/shop`,
          'federated-subject',
          'workload-identity',
          null,
        ],
        [
          deploy,
          `gcp:serviceAccount:${PROJECT}.svc.id.goog[pay/api]`,
          'federated-subject',
          'workload-identity',
          null,
        ],
        [
          deploy,
          'gcp:serviceAccount:ci@elsewhere.iam.gserviceaccount.com',
          'identity',
          'impersonation',
          true,
        ],
        [
          POOL_UID,
          'https://token.actions.githubusercontent.com',
          'federation-provider',
          'workload-identity-provider',
          null,
        ],
      ]
        .map((each) => JSON.stringify(each))
        .toSorted(),
    );
  });

  it('lets nobody in by a provider that is disabled, or whose pool is', async () => {
    const off = (name: string) => {
      const [first] = EXPORTS[name] as readonly object[];
      return { ...EXPORTS, [name]: [{ ...first, disabled: true }] };
    };
    for (const name of ['pools.json', 'providers.json']) {
      const rows = await imported(off(name));
      expect(rows('trusts').map(({ mechanism }) => mechanism)).not.toContain('workload-identity-provider');
    }
  });

  it('attaches deny policies to the project by its id, and boundaries to the set that they bind', async () => {
    const rows = await imported(EXPORTS);
    expect(rows('guardrails').map(({ kind, targetUid }) => [kind, targetUid])).toEqual([
      ['deny-policy', HOME],
      ['principal-access-boundary', `gcp:${ORGANIZATION}`],
    ]);
  });
});
