import { defineReport } from '#contract/report.ts';
import type { ReportIdentity, ReportInput } from '#contract/report.ts';
import { SEVERITIES } from '#model/finding.ts';
import { coverageView } from '../coverage.ts';
import type { CoverageView } from '../coverage.ts';
import { csvLines } from '../csv/table.ts';
import type { Cell } from '../csv/table.ts';
import { lookup } from '../lookup.ts';
import type { Lookup } from '../lookup.ts';
import { ordered } from '../order.ts';
import { tally } from '../summary.ts';

/** The whole population as CSV, one line an identity, with how its use and its rights were measured. */
export const csvIdentitiesReport = defineReport({
  format: 'csv-identities',
  title: 'Identities as a table',
  extension: 'csv',
  render: renderIdentities,
});

const HEADER = [
  'identity',
  'name',
  'system',
  'scope',
  'scope_name',
  'kind',
  'class',
  'class_reason',
  'managed_by',
  'enabled',
  'environment',
  'owner',
  'created_at',
  'last_used_at',
  'usage_coverage',
  'credentials',
  'grants',
  'capabilities',
  'grant_coverage',
  ...SEVERITIES,
  'unknown',
  'snapshot',
  'as_of',
];

function renderIdentities(input: ReportInput): Iterable<string> {
  const sorted = ordered(input);
  const by = lookup(sorted);
  const coverage = coverageView(sorted);
  const { id, asOf } = sorted.snapshot;
  return csvLines(
    HEADER,
    sorted.identities.map((identity) => [...identityCells(identity, by, coverage), id, asOf]),
  );
}

function identityCells(identity: ReportIdentity, by: Lookup, coverage: CoverageView): Cell[] {
  const { failed, unknown } = tally(by.findingsOf(identity.uid));
  return [
    identity.uid,
    identity.name,
    identity.system,
    identity.scopeUid,
    by.scope(identity.scopeUid)?.name ?? null,
    identity.kind,
    identity.class,
    identity.classReason,
    identity.managedBy,
    identity.enabled ?? 'unknown',
    identity.environment,
    identity.owner,
    identity.createdAt,
    identity.lastUsedAt,
    coverage.statusOf(identity.scopeUid, 'usages') ?? 'unrecorded',
    identity.credentials,
    identity.grants,
    identity.capabilities.join(' '),
    coverage.statusOf(identity.scopeUid, 'grants') ?? 'unrecorded',
    ...SEVERITIES.map((severity) => failed[severity]),
    unknown,
  ];
}
