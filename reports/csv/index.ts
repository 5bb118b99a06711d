import { defineReport } from '#contract/report.ts';
import type { ReportFinding, ReportInput } from '#contract/report.ts';
import { lookup } from '../lookup.ts';
import type { Lookup } from '../lookup.ts';
import { canonicalJson, ordered } from '../order.ts';
import { csvLines } from './table.ts';
import type { Cell } from './table.ts';

/** The findings as CSV, worst first, one line each; unknown answers are lines too. */
export const csvReport = defineReport({
  format: 'csv',
  title: 'Findings as a table',
  extension: 'csv',
  render: renderFindings,
});

const HEADER = [
  'severity',
  'status',
  'rule',
  'category',
  'title',
  'system',
  'scope',
  'scope_name',
  'identity',
  'identity_name',
  'identity_kind',
  'owner',
  'subject',
  'evidence',
  'remedy',
  'playbook',
  'first_seen_at',
  'finding_id',
  'snapshot',
  'as_of',
  'baseline_state',
  'waiver',
  'waiver_expires',
  'waiver_reason',
];

function renderFindings(input: ReportInput): Iterable<string> {
  const sorted = ordered(input);
  const by = lookup(sorted);
  const { id, asOf } = sorted.snapshot;
  return csvLines(
    HEADER,
    sorted.findings.map((finding) => [...findingCells(finding, by), id, asOf, ...comparedCells(finding)]),
  );
}

function findingCells(finding: ReportFinding, by: Lookup): Cell[] {
  const identity = by.identity(finding.identityUid);
  return [
    finding.severity,
    finding.status,
    finding.ruleId,
    finding.category,
    finding.title,
    finding.system,
    finding.scopeUid,
    by.scope(finding.scopeUid)?.name ?? null,
    finding.identityUid,
    identity?.name ?? null,
    identity?.kind ?? null,
    identity?.owner ?? null,
    finding.subjectUid,
    canonicalJson(finding.evidence),
    by.rule(finding.ruleId)?.remedy.trim().replace(/\s+/gu, ' ') ?? null,
    finding.playbook,
    finding.firstSeenAt,
    finding.id,
  ];
}

function comparedCells({ baselineState, waiver }: ReportFinding): Cell[] {
  return [baselineState ?? null, waiver?.id ?? null, waiver?.expires ?? null, waiver?.reason ?? null];
}
