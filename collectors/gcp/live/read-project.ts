import type { Json } from '#model/system.ts';
import { objectOf, textOf } from '../fields.ts';
import { pathOf, take, takePolicy } from './ask.ts';
import { CALLS } from './calls.ts';
import { type Reading, sideBySide } from './reading.ts';
import { readRoles, readScope } from './read-scope.ts';

/** Everything of one project but the policies on its resources. */
export async function readProject(reading: Reading, id: string): Promise<void> {
  reading.context.progress(id);
  const name = `projects/${id}`;
  const scopeUid = `gcp:${name}`;
  const path = pathOf(name);
  const activities = `v1/${path}/locations/global/activityTypes`;
  await Promise.all([
    readScope(reading, name),
    readAccounts(reading, name),
    readPools(reading, name),
    readRoles(reading, name),
    ...ACTIVITIES.map(({ call, type }) => {
      const query = { pageSize: 1000 };
      return take(reading, {
        call,
        scopeUid,
        path: `${activities}/${type}/activities:query`,
        list: 'activities',
        query,
      });
    }),
    take(reading, {
      call: CALLS.apiKeys,
      scopeUid,
      path: `v2/${path}/locations/global/keys`,
      list: 'keys',
      query: { pageSize: 300 },
    }),
    take(reading, {
      call: CALLS.hmacKeys,
      scopeUid,
      path: `storage/v1/${path}/hmacKeys`,
      list: 'items',
      query: { maxResults: 250 },
    }),
  ]);
}

const ACTIVITIES = [
  { call: CALLS.accountActivities, type: 'serviceAccountLastAuthentication' },
  { call: CALLS.keyActivities, type: 'serviceAccountKeyLastAuthentication' },
];

async function readAccounts(reading: Reading, name: string): Promise<void> {
  const path = `v1/${pathOf(name)}/serviceAccounts`;
  const scopeUid = `gcp:${name}`;
  const query = { pageSize: 100 };
  const request = { call: CALLS.serviceAccounts, scopeUid, path, list: 'accounts', query };
  const accounts = (await take(reading, request)) ?? [];
  await sideBySide(accounts, reading.target.concurrency, async (each: Json) => {
    const email = textOf(objectOf(each), 'email');
    if (email === null) return;
    const own = `${path}/${pathOf(email)}`;
    await Promise.all([
      // One answer holds all keys: the call has no pages.
      take(reading, { call: CALLS.accountKeys, scopeUid, path: `${own}/keys`, list: 'keys' }),
      takePolicy(reading, CALLS.accountPolicy, scopeUid, {
        path: `${own}:getIamPolicy`,
        on: `//iam.googleapis.com/${name}/serviceAccounts/${email}`,
        query: { 'options.requestedPolicyVersion': 3 },
      }),
    ]);
  });
}

async function readPools(reading: Reading, name: string): Promise<void> {
  const scopeUid = `gcp:${name}`;
  const path = `v1/${pathOf(name)}/locations/global/workloadIdentityPools`;
  const query = { pageSize: 100 };
  const request = { call: CALLS.pools, scopeUid, path, list: 'workloadIdentityPools', query };
  const pools = (await take(reading, request)) ?? [];
  await sideBySide(pools, reading.target.concurrency, async (each: Json) => {
    const id = /[^/]+$/u.exec(textOf(objectOf(each), 'name') ?? '')?.[0];
    if (id === undefined) return;
    const own = `${path}/${pathOf(id)}/providers`;
    const list = 'workloadIdentityPoolProviders';
    await take(reading, { call: CALLS.providers, scopeUid, path: own, list, query });
  });
}
