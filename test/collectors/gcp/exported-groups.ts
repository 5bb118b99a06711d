import {
  APP,
  COMPUTE,
  DEPLOY,
  FOLDER,
  membership,
  NUMBER,
  ORGANIZATION,
  PROJECT,
} from './exported-objects.ts';

/** Who is in the groups of the organisation, and what runs in it. */
export const GROUPS_AND_WORKLOADS: Readonly<Record<string, unknown>> = {
  'groups.json': [
    { name: 'groups/g1', groupKey: { id: 'admins@acme.example' }, displayName: 'Admins' },
    { name: 'groups/g2', groupKey: { id: 'robots@acme.example' }, displayName: 'Robots' },
  ],
  'memberships.json': [
    membership('groups/g1', 'm1', 'robots@acme.example', 'GROUP'),
    membership('groups/g1', 'm2', 'Olga@Acme.example', 'USER'),
    membership('groups/g2', 'm3', DEPLOY, 'SERVICE_ACCOUNT'),
    membership('groups/g2', 'm4', 'C0other', 'CBCM_BROWSER'),
  ],
  'running.json': [
    {
      name: `//compute.googleapis.com/projects/${PROJECT}/zones/z/instances/web`,
      assetType: 'compute.googleapis.com/Instance',
      ancestors: [`projects/${NUMBER}`, FOLDER, ORGANIZATION],
      resource: { data: { name: 'web', serviceAccounts: [{ email: COMPUTE }] } },
    },
    {
      name: `//run.googleapis.com/projects/${PROJECT}/locations/l/services/api`,
      assetType: 'run.googleapis.com/Service',
      ancestors: [`projects/${NUMBER}`, FOLDER, ORGANIZATION],
      resource: {
        data: {
          metadata: { name: 'api', labels: { env: 'staging' } },
          spec: { template: { spec: { serviceAccountName: APP } } },
        },
      },
    },
  ],
};
