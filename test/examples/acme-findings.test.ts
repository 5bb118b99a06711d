import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadRules } from '#audit/load-rules.ts';
import { resolveParameters } from '#audit/parameters.ts';
import { collectors } from '#collectors/index.ts';
import { ruleFiles } from '#rules/index.ts';
import { scan } from '#scan/index.ts';
import { openSnapshot, type Snapshot } from '#store/read/open-snapshot.ts';
import { AS_OF } from '#tooling/acme/clock.ts';

const ROOT = join(process.cwd(), 'examples/acme');
const asOf = new Date(AS_OF).toISOString();

/** The first table of PLANTED.md: rule, severity, identity and subject of each row. */
const planted = readFileSync(join(ROOT, 'PLANTED.md'), 'utf8')
  .split('## For rules to come')[0]
  ?.split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replaceAll('`', '')))
  .map(([, rule, identity, subject, severity]) => [rule, severity, identity, subject].join(' '))
  .toSorted();

/** Rules that its exports hold nothing for, and why. */
const NOT_PLANTED: Readonly<Record<string, string>> = {
  'api-key-without-restrictions': 'the estate has no Google organisation',
  'application-owner-is-unprivileged-person': 'the estate has no Entra tenant',
  'came-back-after-revocation': 'nothing was revoked before',
  'credential-expires-too-late': 'its credentials have no end at all',
  'credential-expiring-soon-in-use': 'its credentials have no end at all',
  'expired-credential-present': 'its credentials have no end at all',
  'external-account-outside-known-list': 'its configuration lists no known accounts',
  'federation-provider-without-attribute-condition': 'the estate has no Google organisation',
  'gained-capability': 'its configuration names no approved access',
  'google-domain-wide-delegation': 'the estate has no Google organisation',
  'guardrail-weakened': 'its configuration names no approved access',
  'identity-absent-from-registry': 'its configuration names no registry',
  'identity-in-production-and-elsewhere': 'its exports do not say what runs as AWS roles',
  'new-path-to-administrator': 'its configuration names no approved access',
  'owner-conflicting': 'each of its identities names one owner',
  'owner-gone': 'its configuration names no source of people',
  'resource-open-to-anyone': 'its exports hold no policies of resources',
  'review-overdue': 'its identities bear no review dates',
  'trusted-service-account-does-not-claim': 'every ServiceAccount that a role trusts claims it',
  'unapproved-credential': 'its configuration names no approved access',
  'unapproved-identity': 'its configuration names no approved access',
  'unapproved-trust': 'its configuration names no approved access',
  'waiver-expired': 'waivers stand beside an estate, not in it',
  'waiver-self-approved': 'waivers stand beside an estate, not in it',
  'waiver-too-long': 'waivers stand beside an estate, not in it',
  'waiver-unused': 'waivers stand beside an estate, not in it',
};

describe('a scan of the demonstration estate', () => {
  let snapshot: Snapshot;
  let failures: { line: string; rule: string; severity: string }[];

  beforeAll(async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'nhi-acme-'));
    const rules = await loadRules(
      ruleFiles.map((file) => join(process.cwd(), 'rules', file)),
      true,
    );
    await scan({
      dataDir,
      collectors,
      rules,
      parameters: resolveParameters(rules, null, {}),
      imports: [ROOT],
      asOf,
      clock: () => asOf,
      progress: () => undefined,
      signal: new AbortController().signal,
      toolVersion: '0',
    });
    snapshot = await openSnapshot(dataDir);
    failures = await snapshot.all(
      `SELECT rule_id AS rule, severity,
         concat_ws(' ', rule_id, severity, coalesce(identity_uid, '–'), coalesce(subject_uid, '–')) AS line
       FROM findings WHERE status = 'fail' ORDER BY line`,
    );
    return async () => {
      await snapshot.close();
      await rm(dataDir, { recursive: true, force: true });
    };
  });

  it('finds every planted problem, with the severity that PLANTED.md states', () => {
    expect(planted?.length).toBeGreaterThan(40);
    const found = new Set(failures.map(({ line }) => line));
    expect(planted?.filter((line) => !found.has(line))).toEqual([]);
  });

  it('finds nothing else of high or critical severity', () => {
    const severe = failures.filter(({ severity }) => severity === 'high' || severity === 'critical');
    expect(severe.map(({ line }) => line).filter((line) => !planted?.includes(line))).toEqual([]);
  });

  it('finds a planted problem for each of the built-in rules that its exports can hold one for', () => {
    const ids = ruleFiles.map((file) => file.replace(/^.*\/|\.sql$/g, ''));
    const found = new Set(failures.map(({ rule }) => rule));
    expect(ids.filter((id) => !found.has(id)).toSorted()).toEqual(Object.keys(NOT_PLANTED).toSorted());
  });

  it('reads everything that was exported', async () => {
    const gaps = await snapshot.all<{ detail: string }>(
      `SELECT DISTINCT detail FROM coverage
       WHERE status IN ('failed', 'denied') OR (system IS NULL AND NOT regexp_matches(detail, '([.]md|nhi[.]yaml): not a file '))`,
    );
    expect(gaps).toEqual([]);
  });

  it('sees two accounts and two clusters', async () => {
    const scopes = await snapshot.all<{ uid: string }>(
      `SELECT uid FROM scopes WHERE kind IN ('account', 'cluster') AND uid <> 'aws:aws' ORDER BY uid`,
    );
    expect(scopes.map(({ uid }) => uid)).toEqual([
      'aws:111122223333',
      'aws:444455556666',
      'k8s:onprem',
      'k8s:prod-eks',
    ]);
  });

  it('has at least 150 identities that are not human', async () => {
    const [count] = await snapshot.all<{ n: number }>(
      `SELECT count(*) AS n FROM identities WHERE class = 'non-human'`,
    );
    expect(count?.n).toBeGreaterThanOrEqual(150);
  });
});
