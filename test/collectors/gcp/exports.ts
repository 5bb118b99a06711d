/** A small organisation as gcloud prints it, file by file. */

import {
  ORGANIZATION,
  FOLDER,
  PROJECT,
  NUMBER,
  APP,
  DEPLOY,
  COMPUTE,
  POOL,
  CRM,
  ATTACHED,
  serviceAccount,
  accountKey,
  systemKey,
  role,
  activity,
} from './exported-objects.ts';
import { GROUPS_AND_WORKLOADS } from './exported-groups.ts';

/** A whole export of the organisation, where nothing is missing. */
export const EXPORTS: Readonly<Record<string, unknown>> = {
  ...GROUPS_AND_WORKLOADS,
  'organizations.json': [
    {
      creationTime: '2020-01-02T03:04:05Z',
      displayName: 'acme.example',
      lifecycleState: 'ACTIVE',
      name: ORGANIZATION,
      owner: { directoryCustomerId: 'C0abc' },
    },
  ],
  'folders.json': [
    {
      createTime: '2020-02-02T03:04:05Z',
      displayName: 'shop',
      lifecycleState: 'ACTIVE',
      name: FOLDER,
      parent: ORGANIZATION,
    },
  ],
  'projects.json': [
    {
      createTime: '2020-03-02T03:04:05Z',
      labels: { env: 'prod', team: 'checkout' },
      lifecycleState: 'ACTIVE',
      name: 'Shop',
      parent: { id: '815', type: 'folder' },
      projectId: PROJECT,
      projectNumber: NUMBER,
    },
  ],
  'policies.json': [
    {
      assetType: 'cloudresourcemanager.googleapis.com/Organization',
      organization: ORGANIZATION,
      policy: { bindings: [{ members: ['group:admins@acme.example'], role: 'roles/viewer' }] },
      resource: `${CRM}/${ORGANIZATION}`,
    },
    {
      assetType: 'cloudresourcemanager.googleapis.com/Project',
      folders: [FOLDER],
      organization: ORGANIZATION,
      policy: {
        bindings: [
          {
            members: [`serviceAccount:${COMPUTE}`, 'user:Olga@Acme.example'],
            role: 'roles/editor',
          },
          {
            members: [`serviceAccount:${DEPLOY}`],
            role: `projects/${PROJECT}/roles/deployer`,
          },
          {
            condition: {
              expression: 'request.time < timestamp("2030-01-01T00:00:00Z")',
              title: 'until 2030',
            },
            members: [`serviceAccount:${APP}`],
            role: 'roles/viewer',
          },
          {
            members: [
              `deleted:serviceAccount:old@${PROJECT}.iam.gserviceaccount.com?uid=999`,
              `serviceAccount:service-${NUMBER}@compute-system.iam.gserviceaccount.com`,
            ],
            role: 'roles/viewer',
          },
        ],
      },
      project: `projects/${NUMBER}`,
      resource: `${CRM}/projects/${PROJECT}`,
    },
    {
      assetType: 'storage.googleapis.com/Bucket',
      folders: [FOLDER],
      organization: ORGANIZATION,
      policy: { bindings: [{ members: [`serviceAccount:${APP}`], role: 'roles/storage.objectViewer' }] },
      project: `projects/${NUMBER}`,
      resource: '//storage.googleapis.com/shop-orders',
    },
    {
      assetType: 'secretmanager.googleapis.com/Secret',
      folders: [FOLDER],
      organization: ORGANIZATION,
      policy: {
        bindings: [{ members: [`serviceAccount:${APP}`], role: 'roles/secretmanager.secretAccessor' }],
      },
      project: `projects/${NUMBER}`,
      resource: `//secretmanager.googleapis.com/projects/${NUMBER}/secrets/db`,
    },
    {
      assetType: 'iam.googleapis.com/ServiceAccount',
      folders: [FOLDER],
      organization: ORGANIZATION,
      policy: {
        bindings: [
          {
            members: [
              `principalSet://iam.googleapis.com/${POOL}/attribute.repository/acme/shop`,
              `serviceAccount:${PROJECT}.svc.id.goog[pay/api]`,
            ],
            role: 'roles/iam.workloadIdentityUser',
          },
          {
            members: ['serviceAccount:ci@elsewhere.iam.gserviceaccount.com'],
            role: 'roles/iam.serviceAccountTokenCreator',
          },
        ],
      },
      project: `projects/${NUMBER}`,
      resource: `//iam.googleapis.com/projects/${PROJECT}/serviceAccounts/1002`,
    },
  ],
  'service-accounts.json': [
    serviceAccount(APP, '1001'),
    serviceAccount(DEPLOY, '1002', { disabled: true, displayName: 'Deploys' }),
    serviceAccount(COMPUTE, '1003', { displayName: 'Compute Engine default service account' }),
  ],
  'keys-app.json': [
    accountKey(APP, '0123abcd'),
    accountKey(APP, '4567abcd', {
      disabled: true,
      keyOrigin: 'USER_PROVIDED',
      validBeforeTime: '2027-01-02T03:04:05Z',
    }),
    systemKey(APP),
  ],
  'keys-deploy.json': [systemKey(DEPLOY)],
  'keys-compute.json': [systemKey(COMPUTE)],
  'roles.json': [
    {
      etag: 'BwWKaXIHoic=',
      includedPermissions: ['iam.serviceAccounts.actAs', 'compute.instances.create'],
      name: `projects/${PROJECT}/roles/deployer`,
      title: 'Deployer',
    },
  ],
  'predefined.json': {
    roles: [
      role('roles/viewer', ['compute.instances.list', 'storage.buckets.list']),
      role('roles/editor', ['compute.instances.create', 'iam.serviceAccounts.actAs']),
      role('roles/storage.objectViewer', ['storage.objects.get', 'storage.objects.list']),
      role('roles/secretmanager.secretAccessor', ['secretmanager.versions.access']),
      role('roles/iam.workloadIdentityUser', ['iam.serviceAccounts.getAccessToken']),
      role('roles/iam.serviceAccountTokenCreator', ['iam.serviceAccounts.getAccessToken']),
      role('roles/nobody.holds', ['storage.objects.delete']),
    ],
  },
  'pools.json': [{ displayName: 'GitHub', name: POOL, state: 'ACTIVE' }],
  'providers.json': [
    {
      attributeMapping: { 'google.subject': 'assertion.sub' },
      name: `${POOL}/providers/actions`,
      oidc: { issuerUri: 'https://token.actions.githubusercontent.com' },
      state: 'ACTIVE',
    },
  ],
  [`projects_${PROJECT}.deny-policies.json`]: [
    {
      createTime: '2025-01-01T00:00:00Z',
      displayName: 'no deletion',
      kind: 'DenyPolicy',
      name: `${ATTACHED(`projects/${NUMBER}`)}/no-deletion`,
      rules: [
        {
          denyRule: {
            deniedPermissions: ['storage.googleapis.com/objects.list'],
            deniedPrincipals: [`principal://iam.googleapis.com/projects/-/serviceAccounts/${APP}`],
          },
        },
      ],
    },
  ],
  'folders_815.deny-policies.json': [],
  'organizations_4711.deny-policies.json': [],
  'boundaries.json': [
    {
      details: {
        enforcementVersion: '1',
        rules: [{ effect: 'ALLOW', resources: [`${CRM}/${ORGANIZATION}`] }],
      },
      name: `${ORGANIZATION}/locations/global/principalAccessBoundaryPolicies/at-home`,
    },
  ],
  'boundary-bindings.json': [
    {
      name: `${ORGANIZATION}/locations/global/policyBindings/at-home`,
      policy: `${ORGANIZATION}/locations/global/principalAccessBoundaryPolicies/at-home`,
      policyKind: 'PRINCIPAL_ACCESS_BOUNDARY',
      target: { principalSet: `${CRM}/${ORGANIZATION}` },
    },
  ],
  'activities.json': [
    activity('serviceAccountLastAuthentication', APP, '2026-11-17T07:00:00Z'),
    {
      ...activity('serviceAccountKeyLastAuthentication', `${APP}/keys/0123abcd`, '2026-11-10T07:00:00Z'),
    },
  ],
  'api-keys.json': [
    {
      createTime: '2024-01-02T03:04:05.678901Z',
      displayName: 'Maps',
      etag: 'W/"abc"',
      name: `projects/${NUMBER}/locations/global/keys/maps-1`,
      restrictions: { apiTargets: [{ service: 'maps-backend.googleapis.com' }] },
      uid: 'maps-1',
    },
  ],
  'hmac.json': [
    {
      accessId: 'GOOG1EXAMPLE',
      id: `${PROJECT}/GOOG1EXAMPLE`,
      kind: 'storage#hmacKeyMetadata',
      projectId: PROJECT,
      serviceAccountEmail: APP,
      state: 'ACTIVE',
      timeCreated: '2024-05-06T07:08:09.000Z',
    },
  ],
};
