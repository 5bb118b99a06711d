import { describe, expect, it } from 'vitest';
import {
  accountKey,
  APP,
  CRM,
  DEPLOY,
  NUMBER,
  ORGANIZATION,
  PROJECT,
  serviceAccount,
} from './exported-objects.ts';
import { complaints, imported, only, type RowsOf } from './importing.ts';

const HOME = `gcp:projects/${PROJECT}`;
const BINDING = { role: 'roles/viewer', members: [`serviceAccount:${APP}`] };
const ANCESTORS = [`projects/${NUMBER}`, 'folders/1', ORGANIZATION];

function lines(...values: readonly object[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

function grants(rows: RowsOf): string[] {
  return rows('grants').map(({ principalUid, roleUid, scopeUid, resourceUid }) =>
    [principalUid, roleUid, resourceUid ?? scopeUid].map((each) => each.replace(/^gcp:/u, '')).join(' '),
  );
}

describe('what gcloud and the APIs print', () => {
  it('can be an export of Cloud Asset Inventory, a line a resource', async () => {
    const rows = await imported({
      'policies.ndjson': lines(
        {
          name: `${CRM}/projects/${PROJECT}`,
          asset_type: 'cloudresourcemanager.googleapis.com/Project',
          iam_policy: { bindings: [BINDING] },
          ancestors: ANCESTORS,
        },
        {
          name: '//storage.googleapis.com/orders',
          asset_type: 'storage.googleapis.com/Bucket',
          iam_policy: { bindings: [BINDING] },
          ancestors: ANCESTORS,
        },
      ),
    });
    expect(complaints(rows)).toEqual([]);
    expect(grants(rows)).toEqual([
      `serviceAccount:${APP} roles/viewer //storage.googleapis.com/orders`,
      `serviceAccount:${APP} roles/viewer projects/${PROJECT}`,
    ]);
    expect(rows('scopes').map(({ uid, parentUid }) => [uid, parentUid])).toEqual([
      ['gcp:folders/1', `gcp:${ORGANIZATION}`],
      [`gcp:${ORGANIZATION}`, null],
      [HOME, 'gcp:folders/1'],
    ]);
  });

  it('can be a list of assets with their resources', async () => {
    const asset = (name: string, assetType: string, data: object) => {
      return { name, assetType, ancestors: ANCESTORS, resource: { version: 'v1', data } };
    };
    const rows = await imported({
      'assets.json': [
        asset(`${CRM}/projects/${NUMBER}`, 'cloudresourcemanager.googleapis.com/Project', {
          projectId: PROJECT,
          projectNumber: NUMBER,
          name: 'Shop',
        }),
        asset(
          `//iam.googleapis.com/projects/${PROJECT}/serviceAccounts/1001`,
          'iam.googleapis.com/ServiceAccount',
          {
            ...serviceAccount(APP, '1001'),
          },
        ),
        asset(
          `//iam.googleapis.com/projects/${PROJECT}/serviceAccounts/1001/keys/k1`,
          'iam.googleapis.com/ServiceAccountKey',
          accountKey('1001', 'k1'),
        ),
        asset(
          '//compute.googleapis.com/projects/shop-prod/zones/z/instances/vm',
          'compute.googleapis.com/Instance',
          {
            name: 'vm',
            selfLink: `https://www.googleapis.com/compute/v1/projects/${PROJECT}/zones/z/instances/vm`,
            serviceAccounts: [{ email: APP, scopes: ['https://www.googleapis.com/auth/cloud-platform'] }],
          },
        ),
        asset('//pubsub.googleapis.com/projects/shop-prod/topics/t', 'pubsub.googleapis.com/Topic', {
          name: 't',
        }),
      ],
    });
    expect(complaints(rows)).toEqual([]);
    expect(only(rows('identities'))).toMatchObject({ name: APP, scopeUid: HOME });
    expect(only(rows('credentials')).uid).toBe(`gcp:projects/${PROJECT}/serviceAccounts/${APP}/keys/k1`);
    expect(only(rows('workloads'))).toMatchObject({
      uid: `gcp:projects/${PROJECT}/zones/z/instances/vm`,
      identityUid: `gcp:serviceAccount:${APP}`,
    });
  });

  it('can be a search of all resources', async () => {
    const found = (name: string, kind: string, more: object) => {
      return { name, assetType: kind, organization: ORGANIZATION, project: `projects/${NUMBER}`, ...more };
    };
    const rows = await imported({
      'search.json': [
        found(`${CRM}/projects/${PROJECT}`, 'cloudresourcemanager.googleapis.com/Project', {
          displayName: 'Shop',
          folders: ['folders/1'],
          parentFullResourceName: `${CRM}/folders/1`,
          additionalAttributes: { projectId: PROJECT },
        }),
        found(
          `//iam.googleapis.com/projects/${PROJECT}/serviceAccounts/${APP}`,
          'iam.googleapis.com/ServiceAccount',
          {
            additionalAttributes: { email: APP, uniqueId: '1001' },
            state: 'DISABLED',
          },
        ),
      ],
    });
    expect(complaints(rows)).toEqual([]);
    expect(rows('scopes').find(({ uid }) => uid === HOME)).toMatchObject({
      name: 'Shop',
      parentUid: 'gcp:folders/1',
    });
    expect(only(rows('identities'))).toMatchObject({
      name: APP,
      scopeUid: HOME,
      enabled: false,
      providerId: '1001',
    });
  });

  it.each([
    [`projects_${PROJECT}.iam-policy.json`, HOME],
    [`projects_${PROJECT}/policy.json`, HOME],
    ['folders_815.json', 'gcp:folders/815'],
    ['organizations_4711.iam-policy.json', 'gcp:organizations/4711'],
    [`${DEPLOY}.json`, `//iam.googleapis.com/projects/${PROJECT}/serviceAccounts/${DEPLOY}`],
  ])('can be a bare policy, which the name %s places', async (name, place) => {
    const rows = await imported({ [name]: { bindings: [BINDING], etag: 'BwX', version: 1 } });
    expect(complaints(rows)).toEqual([]);
    const grant = only(rows('grants'));
    expect(grant.resourceUid ?? grant.scopeUid).toBe(place);
  });

  it('can be a bare policy that nothing places, and then it is said', async () => {
    const rows = await imported({ 'policy.json': { bindings: [BINDING], etag: 'BwX' } });
    expect(rows('grants')).toEqual([]);
    expect(complaints(rows)).toEqual([
      'google/policy.json: byte 0: an allow policy that does not say what it is on, and neither does the file’s name',
    ]);
  });

  it('can be an answer of an API, whose next page is missed', async () => {
    const rows = await imported({
      'accounts.json': { accounts: [serviceAccount(APP, '1')], nextPageToken: 'more' },
    });
    expect(rows('identities')).toHaveLength(1);
    expect(complaints(rows)).toEqual(['google/accounts.json: byte 0: a next page is not in the file']);
    const listed = rows('coverage').find(({ call }) => call === 'gcloud iam service-accounts list');
    expect(listed).toMatchObject({ status: 'partial' });
  });

  it('can be read twice: a description adds what a list left out', async () => {
    const name = `projects/${PROJECT}/roles/own`;
    const rows = await imported({
      'a.json': [{ name, title: 'Own', etag: 'x' }],
      'b.json': { name, title: 'Own', etag: 'x', includedPermissions: ['storage.objects.get'] },
    });
    expect(only(rows('roles')).document).toEqual({ includedPermissions: ['storage.objects.get'] });
  });

  it('can hold secrets, which are not kept', async () => {
    const rows = await imported({
      'created.json': [
        accountKey(APP, 'k1', { privateKeyData: 'never-kept' }),
        { name: `projects/${NUMBER}/locations/global/keys/a`, uid: 'a', keyString: 'never-kept' },
      ],
    });
    expect(rows('credentials')).toHaveLength(2);
    expect(JSON.stringify(rows('credentials')) + JSON.stringify(rows('identities'))).not.toContain(
      'never-kept',
    );
  });
});

describe('a file of Google Cloud', () => {
  it('names the place of what is malformed, and the rest of it is read', async () => {
    const list = `[${JSON.stringify(serviceAccount(APP, '1'))}, 7, ${JSON.stringify(serviceAccount(DEPLOY, '2'))}`;
    const rows = await imported({ 'accounts.json': list });
    expect(rows('identities')).toHaveLength(2);
    expect(complaints(rows)).toEqual([
      expect.stringMatching(/^google\/accounts\.json: byte \d+: expected an object$/u),
      expect.stringMatching(/^google\/accounts\.json: byte \d+: the text ends inside the document$/u),
    ]);
  });

  it('names bindings that are not understood', async () => {
    const rows = await imported({
      [`projects_${PROJECT}.json`]: { bindings: [{ role: 7 }, { ...BINDING, members: [7, 'user:a@b.c'] }] },
    });
    expect(rows('grants')).toHaveLength(1);
    expect(complaints(rows)).toHaveLength(2);
  });

  it('names a hundred things of one file at most, and what is wrong in the next one all the same', async () => {
    const junk = `[${JSON.stringify(serviceAccount(APP, '1'))}${',7'.repeat(500)}]`;
    const rows = await imported({ 'a.json': junk, 'b.json': `[${JSON.stringify(accountKey(APP, 'k'))},7]` });
    const found = complaints(rows);
    expect(found.filter((each) => each?.startsWith('google/a.json'))).toHaveLength(100);
    expect(found.filter((each) => each?.startsWith('google/b.json'))).toHaveLength(1);
  });
});
