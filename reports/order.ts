import type { ReportInput } from '#contract/report.ts';
import { CAPABILITIES } from '#model/entitlement.ts';
import { SEVERITIES } from '#model/finding.ts';
import { KPIS, type Kpi } from '#model/kpi.ts';
import type { Finding } from '#model/finding.ts';
import { FEEDS } from '#model/scope.ts';
import type { Coverage } from '#model/scope.ts';

type Key = string | number | null;

/** The input with every list in the one order that all reports use, whatever order it came in: worst findings first. */
export function ordered(input: ReportInput): ReportInput {
  return {
    ...input,
    scopes: by(input.scopes, (scope) => [scope.system, scope.uid]),
    identities: by(
      input.identities.map((identity) => ({
        ...identity,
        capabilities: strongestFirst(identity.capabilities),
      })),
      (identity) => [identity.system, identity.scopeUid, identity.uid],
    ),
    findings: by(input.findings, findingKey),
    ruleResults: by(input.ruleResults, (result) => [result.ruleId, result.system, result.scopeUid]),
    rules: by(input.rules, (rule) => [SEVERITIES.indexOf(rule.severity), rule.id]),
    coverage: by(input.coverage, coverageKey),
    ...(input.baseline === undefined
      ? {}
      : {
          baseline: {
            ...input.baseline,
            absent: by(input.baseline.absent, (row) => [
              SEVERITIES.indexOf(row.severity),
              row.ruleId,
              row.id,
            ]),
          },
        }),
    ...(input.kpis === undefined ? {} : { kpis: by(input.kpis, kpiKey) }),
  };
}

/** JSON with the keys of every object in order, so that equal values have equal texts. */
export function canonicalJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, withSortedKeys, indent);
}

function strongestFirst(capabilities: readonly string[]): string[] {
  const order: readonly string[] = CAPABILITIES;
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return capabilities.toSorted((a, b) => rank(a) - rank(b) || compare(a, b));
}

function findingKey(finding: Finding): readonly Key[] {
  const { severity, status, ruleId, system, scopeUid, identityUid, subjectUid, id } = finding;
  return [SEVERITIES.indexOf(severity), status, ruleId, system, scopeUid, identityUid, subjectUid, id];
}

const GAPS_FIRST = [
  'failed',
  'denied',
  'partial',
  'skipped',
  'complete',
] as const satisfies readonly Coverage['status'][];

function coverageKey(row: Coverage): readonly Key[] {
  const feed = row.feed === null ? -1 : FEEDS.indexOf(row.feed);
  return [GAPS_FIRST.indexOf(row.status), row.system, row.scopeUid, feed, row.call, row.detail];
}

function kpiKey({ name, system }: Kpi): readonly Key[] {
  return [KPIS.findIndex((each) => each.name === name), system === null ? 0 : 1, system];
}

function by<Row>(rows: readonly Row[], key: (row: Row) => readonly Key[]): Row[] {
  const keyed = rows.map((row) => ({ row, key: key(row) }));
  keyed.sort((a, b) => compareKeys(a.key, b.key) || compare(canonicalJson(a.row), canonicalJson(b.row)));
  return keyed.map(({ row }) => row);
}

function compareKeys(a: readonly Key[], b: readonly Key[]): number {
  for (let index = 0; index < a.length; index++) {
    const order = compare(a[index] ?? null, b[index] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

/** By code unit, not by locale: the same everywhere. What is null comes last. */
function compare(a: Key, b: Key): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}

function withSortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => compare(a, b)));
}
