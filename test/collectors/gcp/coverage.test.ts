import { describe, expect, it } from 'vitest';
import { APP, DEPLOY, FOLDER, PROJECT, serviceAccount } from './exported-objects.ts';
import { EXPORTS } from './exports.ts';
import { imported, type RowsOf } from './importing.ts';

const HOME = `gcp:projects/${PROJECT}`;

describe('coverage of an import', () => {
  it('is whole where every export is there', async () => {
    const rows = await imported(EXPORTS);
    expect(gaps(rows, HOME)).toEqual([
      'owners owners skipped',
      'resource-policies resource-policies skipped',
      'trusts domain-wide-delegation skipped',
      'workloads gcloud asset list partial',
    ]);
  });

  it.each([
    ['service-accounts.json', 'identities gcloud iam service-accounts list skipped'],
    ['keys-deploy.json', 'credentials gcloud iam service-accounts keys list partial'],
    ['groups.json', 'groups cloudidentity skipped'],
    ['running.json', 'workloads gcloud asset list skipped'],
    ['api-keys.json', 'credentials gcloud services api-keys list skipped'],
    ['hmac.json', 'credentials gcloud storage hmac list skipped'],
    ['predefined.json', 'roles gcloud iam roles describe partial'],
    ['policies.json', 'grants gcloud projects get-iam-policy skipped'],
    ['folders.json', 'grants hierarchy partial'],
    ['providers.json', 'trusts gcloud iam workload-identity-pools providers list partial'],
    ['activities.json', 'usages gcloud policy-intelligence query-activity skipped'],
    [
      `projects_${PROJECT}.deny-policies.json`,
      'guardrails gcloud iam policies list --kind=denypolicies skipped',
    ],
  ])('names what %s would supply', async (name, gap) => {
    const { [name]: _missing, ...others } = EXPORTS;
    const rows = await imported(name === 'folders.json' ? withoutFolders(others) : others);
    expect(gaps(rows, HOME)).toContain(gap);
  });

  it('counts an instance, which is named by the last part of its name, to its project', async () => {
    const running = EXPORTS['running.json'];
    const [instance] = Array.isArray(running) ? running : [];
    const rows = await imported({ ...EXPORTS, 'running.json': [instance] });
    expect(gaps(rows, HOME)).toContain('workloads gcloud asset list partial');
  });

  it('asks for the policy of each account where no inventory was searched', async () => {
    const rows = await imported({
      'projects.json': EXPORTS['projects.json'],
      'accounts.json': [serviceAccount(APP, '1001'), serviceAccount(DEPLOY, '1002')],
      [`${APP}.iam-policy.json`]: { etag: 'ACAB' },
    });
    const detail = rows('coverage').find(
      ({ call, scopeUid }) => call === 'gcloud iam service-accounts get-iam-policy' && scopeUid === HOME,
    );
    expect(detail).toMatchObject({ status: 'partial', feed: 'trusts' });
    expect(detail?.detail).toMatch(/1 of 2 service accounts/u);
  });
});

function gaps(rows: RowsOf, scopeUid: string): string[] {
  return rows('coverage')
    .filter((row) => row.scopeUid === scopeUid && row.status !== 'complete')
    .map(({ feed, call, status }) => `${feed ?? ''} ${call} ${status}`)
    .toSorted();
}

/** Without folders nobody knows what a folder lies in. */
function withoutFolders(exports: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const text = JSON.stringify(exports['policies.json']).replaceAll(
    `"folders":["${FOLDER}"],`,
    '"folders":["folders/1","folders/2"],',
  );
  // What runs would tell where its project lies.
  const { 'running.json': _running, ...others } = exports;
  return { ...others, 'policies.json': text };
}
