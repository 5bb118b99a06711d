import { textOf, objectOf } from '../fields.ts';
import { pathOf, take, takeOne, takePolicy } from './ask.ts';
import { CALLS, type Call } from './calls.ts';
import type { Reading } from './reading.ts';

/** What every scope can have, be it an organisation, a folder or a project: `name` is `projects/shop` and the like. */
export async function readScope(reading: Reading, name: string): Promise<void> {
  const scopeUid = `gcp:${name}`;
  const on = `//cloudresourcemanager.googleapis.com/${name}`;
  await Promise.all([
    takePolicy(reading, policyCall(name), scopeUid, { path: `v3/${pathOf(name)}:getIamPolicy`, on }),
    readDenyPolicies(reading, name),
    ...LISTS.map(({ call, list }) => {
      const path = `v3/${pathOf(name)}/locations/global/${list}`;
      return take(reading, { call, scopeUid, path, list, query: { pageSize: 100 } });
    }),
  ]);
}

const LISTS = [
  { call: CALLS.boundaryBindings, list: 'policyBindings' },
  { call: CALLS.accessPolicies, list: 'accessPolicies' },
];

function policyCall(name: string): Call {
  if (name.startsWith('organizations/')) return CALLS.organizationPolicy;
  return name.startsWith('folders/') ? CALLS.folderPolicy : CALLS.projectPolicy;
}

/** The list has no rules: each policy is read by itself (https://cloud.google.com/iam/docs/reference/rest/v2/policies/listPolicies). */
async function readDenyPolicies(reading: Reading, name: string): Promise<void> {
  const scopeUid = `gcp:${name}`;
  const attachment = encodeURIComponent(`cloudresourcemanager.googleapis.com/${name}`);
  const path = `v2/policies/${attachment}/denypolicies`;
  const query = { pageSize: 1000 };
  const found = await take(reading, { call: CALLS.denyPolicies, scopeUid, path, list: 'policies', query });
  await Promise.all(
    (found ?? []).map(async (each) => {
      // The name has the attachment point encoded already.
      const own = /^policies\/[^/?#]+\/denypolicies\/[^/?#]+$/u.exec(
        textOf(objectOf(each), 'name') ?? '',
      )?.[0];
      if (own !== undefined) await takeOne(reading, CALLS.denyPolicy, scopeUid, `v2/${own}`);
    }),
  );
}

/** What an organisation alone has. */
export async function readOrganization(reading: Reading, name: string): Promise<void> {
  const scopeUid = `gcp:${name}`;
  const boundaries = `v3/${name}/locations/global/principalAccessBoundaryPolicies`;
  const workforce = { parent: name, pageSize: 100 };
  const [pools] = await Promise.all([
    take(reading, {
      call: CALLS.workforcePools,
      scopeUid,
      path: 'v1/locations/global/workforcePools',
      list: 'workforcePools',
      query: workforce,
    }),
    take(reading, {
      call: CALLS.boundaries,
      scopeUid,
      path: boundaries,
      list: 'principalAccessBoundaryPolicies',
      query: { pageSize: 1000 },
    }),
    readRoles(reading, name),
  ]);
  await Promise.all(
    (pools ?? []).map(async (each) => {
      const pool = textOf(objectOf(each), 'name');
      if (pool === null) return;
      const path = `v1/${pathOf(pool)}/providers`;
      await take(reading, {
        call: CALLS.workforceProviders,
        scopeUid,
        path,
        list: 'workforcePoolProviders',
        query: { pageSize: 100 },
      });
    }),
  );
}

/** Custom roles of a project or organisation with their permissions; of Google's own with `null`. */
export async function readRoles(reading: Reading, name: string | null): Promise<void> {
  const path = name === null ? 'v1/roles' : `v1/${pathOf(name)}/roles`;
  const scopeUid = name === null ? 'gcp:google' : `gcp:${name}`;
  const deleted = name === null ? {} : { showDeleted: 'true' };
  const query = { view: 'FULL', pageSize: 1000, ...deleted };
  await take(reading, { call: CALLS.roles, scopeUid, path, list: 'roles', query });
}
