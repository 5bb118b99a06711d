import { SEVERITIES, type Severity } from '#model/finding.ts';
import type { Coverage } from '#model/scope.ts';
import type { Instant } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';

/** What a scan found, in numbers, for people and scripts. */
export interface ScanSummary {
  readonly snapshot: string;
  readonly asOf: Instant;
  readonly scopes: readonly {
    readonly system: string;
    readonly uid: string;
    readonly name: string;
    readonly kind: string;
  }[];
  readonly identities: readonly { readonly system: string; readonly class: string; readonly n: number }[];
  readonly findings: Readonly<Record<Severity, number>>;
  readonly unknown: number;
  /** Feeds of scopes; one is complete where every call that it takes is. */
  readonly feeds: { readonly complete: number; readonly total: number };
  /** Coverage that is not `complete`: what was not looked at and why. */
  readonly gaps: readonly Coverage[];
}

/** Counts a staged snapshot. */
export async function summarise(reader: Reader, snapshot: string, asOf: Instant): Promise<ScanSummary> {
  const scopes = await reader.all<ScanSummary['scopes'][number]>(
    `SELECT DISTINCT s.system, s.uid, s.name, s.kind FROM scopes s JOIN identities i ON i.scope_uid = s.uid ORDER BY ALL`,
  );
  const identities = await reader.all<ScanSummary['identities'][number]>(
    'SELECT system, class, count(*) AS n FROM identities GROUP BY ALL ORDER BY ALL',
  );
  const bySeverity = await reader.all<{ severity: Severity; n: number }>(
    `SELECT severity, count(*) AS n FROM findings WHERE status = 'fail' GROUP BY severity`,
  );
  const [unknown] = await reader.all<{ n: number }>(
    `SELECT count(*) AS n FROM findings WHERE status = 'unknown'`,
  );
  const gaps = await reader.all<Coverage>(
    `SELECT system, scope_uid AS "scopeUid", feed, call, status, missing_permission AS "missingPermission", detail
     FROM coverage WHERE status <> 'complete' ORDER BY ALL`,
  );
  const [feeds = { complete: 0, total: 0 }] = await reader.all<ScanSummary['feeds']>(
    `SELECT count(*) FILTER (whole) AS complete, count(*) AS total
     FROM (SELECT bool_and(status = 'complete') AS whole FROM coverage WHERE feed IS NOT NULL AND scope_uid IS NOT NULL GROUP BY system, scope_uid, feed)`,
  );
  const count = (severity: Severity) => bySeverity.find((row) => row.severity === severity)?.n ?? 0;
  return {
    snapshot,
    asOf,
    scopes,
    identities,
    findings: Object.fromEntries(SEVERITIES.map((each) => [each, count(each)])) as Record<Severity, number>,
    unknown: unknown?.n ?? 0,
    feeds,
    gaps,
  };
}
