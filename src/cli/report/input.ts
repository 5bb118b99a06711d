import { readKpis } from '#gate/read-kpis.ts';
import type { ReportIdentity, ReportInput } from '#contract/report.ts';
import type { RuleHeader } from '#contract/rule.ts';
import { SEVERITIES } from '#model/finding.ts';
import type { RuleResult } from '#model/finding.ts';
import type { Snapshot } from '#store/read/open-snapshot.ts';
import { readCredentialAges } from './charts.ts';

/** Reads from a snapshot what every report may say, sorted. */
export async function readReportInput(
  snapshot: Snapshot,
  rules: readonly RuleHeader[],
): Promise<ReportInput> {
  const { id, asOf, toolVersion } = snapshot.info;
  const rank = new Map(SEVERITIES.map((severity, at) => [severity, at]));
  const findings = await gather(snapshot.rows('findings'));
  return {
    snapshot: { id, asOf, toolVersion },
    scopes: sortBy(await gather(snapshot.rows('scopes')), (row) => row.uid),
    identities: await readIdentities(snapshot),
    findings: sortBy(findings, (row) => `${rank.get(row.severity) ?? 9} ${row.ruleId} ${row.id}`),
    ruleResults: sortBy(await gather(snapshot.rows('ruleResults')), keyOfResult),
    rules: sortBy([...rules], (rule) => rule.id),
    coverage: sortBy(await gather(snapshot.rows('coverage')), (row) => JSON.stringify(row)),
    kpis: await readKpis(snapshot),
    credentialAges: await readCredentialAges(snapshot),
  };
}

function readIdentities(snapshot: Snapshot): Promise<ReportIdentity[]> {
  return snapshot.all<ReportIdentity & object>(
    `SELECT i.uid, i.system, i.scope_uid AS "scopeUid", i.kind, i.name, i.class, i.class_reason AS "classReason",
       i.managed_by AS "managedBy", i.enabled, i.created_at AS "createdAt", i.environment,
       coalesce(c.n, 0) AS credentials, coalesce(g.n, 0) AS grants, o.owner, u.last_used_at AS "lastUsedAt",
       coalesce(e.capabilities, []) AS capabilities
     FROM identities i
     LEFT JOIN (SELECT identity_uid, count(*) AS n FROM credentials GROUP BY ALL) c ON c.identity_uid = i.uid
     LEFT JOIN (SELECT principal_uid, count(*) AS n FROM grants GROUP BY ALL) g ON g.principal_uid = i.uid
     LEFT JOIN (SELECT identity_uid, string_agg(DISTINCT owner, ', ' ORDER BY owner) AS owner
                FROM owners GROUP BY ALL) o ON o.identity_uid = i.uid
     LEFT JOIN identity_usage u ON u.identity_uid = i.uid
     LEFT JOIN (SELECT identity_uid, list_sort(list(DISTINCT capability)) AS capabilities
                FROM entitlements GROUP BY ALL) e ON e.identity_uid = i.uid
     ORDER BY i.system, i.scope_uid, i.uid`,
  );
}

function keyOfResult(row: RuleResult): string {
  return `${row.ruleId} ${row.system ?? ''} ${row.scopeUid ?? ''}`;
}

async function gather<Row>(batches: AsyncIterable<Row[]>): Promise<Row[]> {
  const all: Row[] = [];
  for await (const batch of batches) for (const row of batch) all.push(row);
  return all;
}

function sortBy<Row>(rows: Row[], key: (row: Row) => string): Row[] {
  return rows
    .map((row) => ({ row, key: key(row) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ row }) => row);
}
