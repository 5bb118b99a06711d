import { describe, expect, it } from 'vitest';
import { APP, COMPUTE, DEPLOY, PROJECT } from './exported-objects.ts';
import { EXPORTS } from './exports.ts';
import { imported } from './importing.ts';

describe('who is in a group', () => {
  it('is told by memberships, through groups within groups, and no device counts', async () => {
    const rows = await imported(EXPORTS);
    expect(
      rows('memberships').map(({ groupUid, memberUid, memberKind }) => [groupUid, memberKind, memberUid]),
    ).toEqual([
      ['gcp:group:admins@acme.example', 'group', 'gcp:group:robots@acme.example'],
      ['gcp:group:admins@acme.example', 'identity', 'gcp:user:olga@acme.example'],
      ['gcp:group:robots@acme.example', 'identity', `gcp:serviceAccount:${DEPLOY}`],
    ]);
    expect(rows('groups').map(({ uid }) => uid)).toContain('gcp:group:robots@acme.example');
  });

  it('is not known of a group within one that nobody described', async () => {
    const [admins] = [EXPORTS['groups.json']].flat();
    const rows = await imported({ ...EXPORTS, 'groups.json': [admins] });
    expect(
      rows('coverage').find(
        ({ feed, scopeUid }) => feed === 'groups' && scopeUid === `gcp:projects/${PROJECT}`,
      ),
    ).toMatchObject({ status: 'skipped' });
  });
});

describe('what runs as a service account', () => {
  it('is taken from the inventory, with the environment that it or its project names', async () => {
    const rows = await imported(EXPORTS);
    expect(rows('workloads')).toMatchObject([
      {
        kind: 'compute-instance',
        name: 'web',
        identityUid: `gcp:serviceAccount:${COMPUTE}`,
        environment: 'production',
      },
      {
        kind: 'cloud-run-service',
        name: 'api',
        identityUid: `gcp:serviceAccount:${APP}`,
        environment: 'staging',
      },
    ]);
  });

  it.each([
    [
      'run.googleapis.com/Job',
      { spec: { template: { spec: { template: { spec: { serviceAccountName: APP } } } } } },
    ],
    ['cloudfunctions.googleapis.com/CloudFunction', { serviceAccountEmail: APP }],
    ['cloudfunctions.googleapis.com/Function', { serviceConfig: { serviceAccountEmail: APP } }],
    ['container.googleapis.com/NodePool', { config: { serviceAccount: APP } }],
    ['workflows.googleapis.com/Workflow', { serviceAccount: `projects/${PROJECT}/serviceAccounts/${APP}` }],
    ['compute.googleapis.com/InstanceTemplate', { properties: { serviceAccounts: [{ email: APP }] } }],
  ])('is read of %s', async (assetType, data) => {
    const asset = {
      name: `//x.googleapis.com/projects/${PROJECT}/locations/l/things/t`,
      assetType,
      resource: { data },
    };
    const rows = await imported({ 'a.json': [{ ...asset, ancestors: [`projects/${PROJECT}`] }] });
    expect(rows('workloads')).toMatchObject([{ identityUid: `gcp:serviceAccount:${APP}` }]);
  });

  it('is nothing where the account is left to a default', async () => {
    const asset = {
      name: `//container.googleapis.com/projects/${PROJECT}/locations/l/clusters/c/nodePools/n`,
      assetType: 'container.googleapis.com/NodePool',
      resource: { data: { config: { serviceAccount: 'default' } } },
    };
    const rows = await imported({ 'a.json': [{ ...asset, ancestors: [`projects/${PROJECT}`] }] });
    expect(rows('workloads')).toEqual([]);
  });
});
