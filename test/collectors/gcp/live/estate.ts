import { EXPORTS } from '../exports.ts';
import { APP, COMPUTE, DEPLOY, FOLDER, NUMBER, ORGANIZATION, POOL, PROJECT } from '../exported-objects.ts';
import type { Answer, Asked } from './server.ts';

type Fields = { readonly [key: string]: unknown };

/** The entities of one exported file. */
export function exported(name: string): readonly Fields[] {
  const content = EXPORTS[name];
  // Every file of the exports holds objects in a list.
  return (Array.isArray(content) ? content : Object.values(content ?? {}).flat()) as readonly Fields[];
}

const policyOn = (name: string): unknown =>
  exported('policies.json').find(({ resource }) => String(resource).endsWith(name))?.['policy'] ?? {
    etag: 'ACAB',
  };

const denies = exported(`projects_${PROJECT}.deny-policies.json`);
const withoutRules = denies.map(({ rules: _rules, ...rest }) => rest);
const ATTACHED = `/v2/policies/cloudresourcemanager.googleapis.com%2Fprojects%2F${PROJECT}/denypolicies`;
const ACCOUNTS = `/v1/projects/${PROJECT}/serviceAccounts`;
const HOME = `/v1/projects/${PROJECT}/locations/global`;

const project = {
  name: `projects/${NUMBER}`,
  parent: FOLDER,
  projectId: PROJECT,
  state: 'ACTIVE',
  displayName: 'Shop',
  labels: { env: 'prod', team: 'checkout' },
};

/** What the APIs answer about the organisation that the exports are of, by path. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  [`/v3/${ORGANIZATION}`]: exported('organizations.json')[0],
  [`/v3/${FOLDER}`]: exported('folders.json')[0],
  [`/v3/projects/${PROJECT}`]: project,
  '/v3/projects:search': { projects: [project] },
  [`/v3/${ORGANIZATION}:getIamPolicy`]: policyOn(ORGANIZATION),
  [`/v3/${FOLDER}:getIamPolicy`]: policyOn(FOLDER),
  [`/v3/projects/${PROJECT}:getIamPolicy`]: policyOn(`projects/${PROJECT}`),
  [`/v1/${ORGANIZATION}:searchAllIamPolicies`]: { results: exported('policies.json') },
  [`/v1/projects/${PROJECT}:searchAllIamPolicies`]: { results: exported('policies.json').slice(1) },
  [ATTACHED]: { policies: withoutRules },
  [`/v2/${String(denies[0]?.['name'])}`]: denies[0],
  [`/v3/${ORGANIZATION}/locations/global/principalAccessBoundaryPolicies`]: {
    principalAccessBoundaryPolicies: exported('boundaries.json'),
  },
  [`/v3/${ORGANIZATION}/locations/global/policyBindings`]: {
    policyBindings: exported('boundary-bindings.json'),
  },
  [ACCOUNTS]: { accounts: exported('service-accounts.json') },
  [`${ACCOUNTS}/${APP}/keys`]: { keys: exported('keys-app.json') },
  [`${ACCOUNTS}/${DEPLOY}/keys`]: { keys: exported('keys-deploy.json') },
  [`${ACCOUNTS}/${COMPUTE}/keys`]: { keys: exported('keys-compute.json') },
  [`${ACCOUNTS}/${DEPLOY}:getIamPolicy`]: policyOn('serviceAccounts/1002'),
  [`/v1/projects/${PROJECT}/roles`]: { roles: exported('roles.json') },
  '/v1/roles': { roles: exported('predefined.json') },
  [`${HOME}/workloadIdentityPools`]: { workloadIdentityPools: exported('pools.json') },
  [`${HOME}/workloadIdentityPools/${POOL.replace(/^.*\//u, '')}/providers`]: {
    workloadIdentityPoolProviders: exported('providers.json'),
  },
  [`${HOME}/activityTypes/serviceAccountLastAuthentication/activities:query`]: {
    activities: exported('activities.json').slice(0, 1),
  },
  [`${HOME}/activityTypes/serviceAccountKeyLastAuthentication/activities:query`]: {
    activities: exported('activities.json').slice(1),
  },
  [`/v2/projects/${PROJECT}/locations/global/keys`]: { keys: exported('api-keys.json') },
  '/v1/groups/g1': exported('groups.json')[0],
  '/v1/groups/g2': exported('groups.json')[1],
  '/v1/groups/g1/memberships': { memberships: exported('memberships.json').slice(0, 2) },
  '/v1/groups/g2/memberships': { memberships: exported('memberships.json').slice(2) },
  [`/storage/v1/projects/${PROJECT}/hmacKeys`]: { items: exported('hmac.json') },
};

/** Answers as that organisation; undefined: nothing is there. */
export function organisation({ path, query }: Asked): Answer | undefined {
  const parent = query.get('parent');
  if (path === '/v3/folders')
    return { body: parent === ORGANIZATION ? { folders: exported('folders.json') } : {} };
  if (path === '/v3/projects') return { body: parent === FOLDER ? { projects: [project] } : {} };
  if (path === '/v1/groups:lookup') {
    const asked = exported('groups.json').find(
      ({ groupKey }) => JSON.stringify(groupKey) === JSON.stringify({ id: query.get('groupKey.id') }),
    );
    return asked === undefined ? undefined : { body: { name: asked['name'] } };
  }
  if (path.endsWith('/assets')) {
    const type = query.get('assetTypes');
    return { body: { assets: exported('running.json').filter(({ assetType }) => assetType === type) } };
  }
  const body = ANSWERS[path];
  return body === undefined ? undefined : { body };
}
