import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ruleFiles } from '#rules/index.ts';
import { openSnapshot, type Snapshot } from '#store/read/open-snapshot.ts';
import { approvedText } from '#tooling/acme/approved.ts';
import { ORGANIZATION, PROJECTS } from '#tooling/acme/gcp/organization.ts';
import { SUBSCRIPTIONS, TENANT } from '#tooling/acme/azure/tenant.ts';
import { ACME, type ScannedAcme, scanAcme } from './scanned-acme.ts';

/** The first table of PLANTED.md: rule, severity, identity and subject of each row. */
const planted = readFileSync(join(ACME, 'PLANTED.md'), 'utf8')
  .split('## For paths and reports')[0]
  ?.split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replaceAll('`', '')))
  .map(([, rule, identity, subject, severity]) => [rule, severity, identity, subject].join(' '))
  .toSorted();

/** Rules that no file of the estate can hold a problem for, and why. */
const NOT_PLANTED: Readonly<Record<string, string>> = {
  'came-back-after-revocation': 'only a ledger with a proved revocation tells, and nothing was revoked',
  'google-domain-wide-delegation': "no export of Google's says to whom a Workspace domain delegates",
  'resource-open-to-anyone': 'no export of AWS that is read holds policies of resources',
  'unmanaged-administrator': 'judged where access was approved as code, and Acme approves a file of facts',
};

describe('a scan of the demonstration estate', () => {
  let snapshot: Snapshot;
  let acme: ScannedAcme;
  let failures: { line: string; rule: string; severity: string }[];

  beforeAll(async () => {
    acme = await scanAcme();
    snapshot = await openSnapshot(acme.dataDir);
    failures = await snapshot.all(
      `SELECT rule_id AS rule, severity,
         concat_ws(' ', rule_id, severity, coalesce(identity_uid, '–'), coalesce(subject_uid, '–')) AS line
       FROM findings WHERE status = 'fail' ORDER BY line`,
    );
    return async () => {
      await snapshot.close();
      await acme.discard();
    };
  });

  it('is taken by its configuration without a complaint', () => {
    expect(acme.ran).toMatchObject({ code: 0, stderr: '' });
  });

  it('finds every planted problem, with the severity that PLANTED.md states', () => {
    expect(planted?.length).toBeGreaterThan(130);
    const found = new Set(failures.map(({ line }) => line));
    expect(planted?.filter((line) => !found.has(line))).toEqual([]);
  });

  it('finds nothing else of high or critical severity', () => {
    const severe = failures.filter(({ severity }) => severity === 'high' || severity === 'critical');
    expect(severe.map(({ line }) => line).filter((line) => !planted?.includes(line))).toEqual([]);
  });

  it('has a planted problem for each of the built-in rules that its files can hold one for', () => {
    const ids = ruleFiles.map((file) => file.replace(/^.*\/|\.sql$/g, ''));
    const shown = new Set(planted?.map((line) => line.split(' ')[0]));
    expect(ids.filter((id) => !shown.has(id) && !Object.hasOwn(NOT_PLANTED, id))).toEqual([]);
    expect(Object.keys(NOT_PLANTED).filter((id) => shown.has(id))).toEqual([]);
  });

  it('is approved as it is, but for what was planted: examples/acme/README.md says how to write it anew', async () => {
    const written = join(acme.dataDir, 'entitlements.yaml');
    expect(await acme.nhi('drift', '--write-baseline', written)).toMatchObject({ code: 0 });
    const approved = await readFile(join(ACME, 'governance/entitlements.yaml'), 'utf8');
    expect(approvedText(await readFile(written, 'utf8'))).toBe(approved);
  });

  it('reads everything that was exported', async () => {
    const gaps = await snapshot.all<{ detail: string }>(
      `SELECT DISTINCT detail FROM coverage
       WHERE status IN ('failed', 'denied') OR (system IS NULL AND feed IS DISTINCT FROM 'owners')`,
    );
    expect(gaps).toEqual([]);
  });

  it('sees the accounts, clusters, subscriptions and projects of all four systems', async () => {
    const scopes = await snapshot.all<{ uid: string }>(
      `SELECT uid FROM scopes
       WHERE kind IN ('account', 'cluster', 'tenant', 'subscription', 'organization', 'project') AND uid <> 'aws:aws'`,
    );
    expect(scopes.map(({ uid }) => uid).toSorted()).toEqual(
      [
        'aws:111122223333',
        'aws:444455556666',
        `entra:${TENANT}`,
        ...SUBSCRIPTIONS.map(({ id }) => `/subscriptions/${id}`),
        `gcp:${ORGANIZATION}`,
        ...PROJECTS.map(({ id }) => `gcp:projects/${id}`),
        'k8s:onprem',
        'k8s:prod-eks',
      ].toSorted(),
    );
  });

  it('joins ServiceAccounts and a repository to the clouds that let them in', async () => {
    const steps = await snapshot.all<{ step: string }>(
      `SELECT DISTINCT concat(f.from_uid, ' → ', i.system) AS step
       FROM edges f JOIN edges g ON g.from_uid = f.to_uid
       LEFT JOIN edges h ON h.from_uid = g.to_uid AND g.to_uid LIKE 'gcp:principal%'
       JOIN identities i ON i.uid = coalesce(h.to_uid, g.to_uid)
       WHERE starts_with(f.to_uid, 'oidc:') AND i.system IN ('azure', 'gcp') ORDER BY ALL`,
    );
    expect(steps.map(({ step }) => step)).toEqual([
      'k8s:prod-eks:serviceaccount:data/airflow-worker → gcp',
      'k8s:prod-eks:serviceaccount:data/stores-sync → azure',
      'k8s:prod-eks:serviceaccount:shop/wishlist → azure',
    ]);
    const repository = await snapshot.all<{ system: string }>(
      `SELECT DISTINCT system FROM trusts
       WHERE contains(trusted || coalesce(condition::VARCHAR, ''), 'acme-example/data-pipelines') ORDER BY ALL`,
    );
    expect(repository.map(({ system }) => system)).toEqual(['aws', 'azure', 'gcp']);
  });

  it('has at least 150 identities that are not human', async () => {
    const [count] = await snapshot.all<{ n: number }>(
      `SELECT count(*) AS n FROM identities WHERE class = 'non-human'`,
    );
    expect(count?.n).toBeGreaterThanOrEqual(150);
  });
});
