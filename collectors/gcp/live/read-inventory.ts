import { coverageRow } from '../coverage-row.ts';
import type { Observation } from '#model/record.ts';
import { ONLY_THESE, WORKLOAD_TYPES } from '../workload-types.ts';
import { pathOf, take } from './ask.ts';
import { CALLS } from './calls.ts';
import { type Reading, sideBySide } from './reading.ts';

/**
 * Policies on everything within a scope, down to single resources, and what runs there: at once for the organisation
 * where it is read whole; else, or where that is refused, project by project.
 */
export async function readInventory(reading: Reading, projects: readonly string[]): Promise<void> {
  const { organization, projects: wanted, concurrency } = reading.target;
  const whole = organization !== null && wanted === 'all' ? `organizations/${organization}` : null;
  for (const list of [readPolicies, readWorkloads]) {
    if (whole !== null && (await list(reading, whole))) continue;
    await sideBySide(projects, concurrency, async (id) => {
      await list(reading, `projects/${id}`);
    });
  }
}

/** What is said of the workloads of each project, whichever way they were read. */
export function workloadCoverage(projects: readonly string[]): readonly Observation[] {
  const { api, name, feed } = CALLS.workloads;
  return projects.map((id) =>
    coverageRow(`gcp:projects/${id}`, feed, `${api}.${name}`, 'partial', ONLY_THESE),
  );
}

/** false: the call failed. */
async function readPolicies(reading: Reading, name: string): Promise<boolean> {
  const path = `v1/${pathOf(name)}:searchAllIamPolicies`;
  const request = { call: CALLS.resourcePolicies, scopeUid: `gcp:${name}`, path, list: 'results' };
  return (await take(reading, { ...request, query: { pageSize: 500 } })) !== null;
}

/** https://cloud.google.com/asset-inventory/docs/reference/rest/v1/assets/list; one type a call, so that each says how it went. */
async function readWorkloads(reading: Reading, name: string): Promise<boolean> {
  const request = {
    call: CALLS.workloads,
    scopeUid: `gcp:${name}`,
    path: `v1/${pathOf(name)}/assets`,
    list: 'assets',
  };
  for (const assetTypes of Object.keys(WORKLOAD_TYPES)) {
    const query = { assetTypes, contentType: 'RESOURCE', pageSize: 1000 };
    if ((await take(reading, { ...request, query })) === null) return false;
  }
  return true;
}
