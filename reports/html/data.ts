import type {
  FindingWaiver,
  IdentityDetails,
  ReportFinding,
  ReportIdentity,
  ReportInput,
} from '#contract/report.ts';
import type { Finding, Severity } from '#model/finding.ts';
import { SEVERITIES } from '#model/finding.ts';
import type { Coverage } from '#model/scope.ts';
import type { Json } from '#model/system.ts';
import { withAncestors } from '../coverage.ts';
import { fit } from '../fit.ts';
import { clip } from '../inert-text.ts';
import type { Lookup } from '../lookup.ts';
import { tally } from '../summary.ts';
import type { Summary } from '../summary.ts';
import { COVERAGE_MARKS, SEVERITY_MARKS, SYSTEM_TITLES, UNKNOWN_MARK } from '../words.ts';
import type { Mark } from '../words.ts';
import { CAPABILITY_WORDS } from './capability-words.ts';
import { packRows } from './packed-rows.ts';
import type { PackedRows } from './packed-rows.ts';

/** An identity as its page shows it. */
export interface PageIdentity extends ReportIdentity {
  readonly failed: number;
  readonly unknown: number;
  /** The severity of its worst failure; null: none failed. */
  readonly worst: Severity | null;
  /** How its use and its rights were measured where it lives; null: nobody says. */
  readonly usage: Coverage['status'] | null;
  readonly access: Coverage['status'] | null;
}

/** A finding as the page carries it. */
export interface PageFinding extends Finding {
  readonly waiver: FindingWaiver | null;
  /** null: nothing was compared. */
  readonly baselineState: 'new' | 'unchanged' | null;
}

/** What an identity has, row by row. */
export type PageDetails = Omit<IdentityDetails, 'uid'>;

/** A list by key, as entries: any text can be a key. */
type Entries<Value> = readonly (readonly [string, Value])[];

/** What the page's script works on. */
export interface PageData {
  readonly findings: readonly PageFinding[];
  readonly findingsLeft: number;
  readonly identities: readonly PageIdentity[];
  readonly identitiesLeft: number;
  /** By identity; only of those that had room. */
  readonly details: Entries<PageDetails>;
  readonly gaps: readonly Coverage[];
  readonly scopes: Entries<{
    readonly name: string;
    readonly kind: string;
    readonly parentUid: string | null;
  }>;
  readonly rules: Entries<{ readonly about: string; readonly remedy: string }>;
  readonly capabilities: Entries<string>;
  readonly systems: Entries<string>;
  readonly marks: {
    readonly severities: Readonly<Record<Severity, Mark>>;
    readonly unknown: Mark;
    readonly coverage: Readonly<Record<Coverage['status'], Mark>>;
  };
}

/** The same as the page carries it, as JSON. */
export interface PackedData extends Omit<PageData, 'findings' | 'identities'> {
  readonly findings: PackedRows<PageFinding>;
  readonly identities: PackedRows<PageIdentity>;
}

/** Bytes that each list may take, so that the page stays below 15 MB whatever comes in; the rest is counted. */
const BUDGET = {
  findings: 8_000_000,
  identities: 3_000_000,
  details: 2_000_000,
  gaps: 300_000,
  scopes: 500_000,
  rules: 500_000,
};
const EVIDENCE_LENGTH = 6_000;
const NAME_LENGTH = 500;

/** Chooses what the page carries from an ordered input: findings worst first, identities with failures first. */
export function pageData(input: ReportInput, summary: Summary, by: Lookup): PageData {
  const findings = fit(input.findings.map(shortened), BUDGET.findings, packedText);
  const population = worstFirst(input.identities.map((identity) => pageIdentity(identity, summary, by)));
  const identities = fit(population, BUDGET.identities, packedText);
  const gaps = fit(summary.coverage.gaps, BUDGET.gaps, JSON.stringify).kept;
  return {
    findings: findings.kept,
    findingsLeft: findings.left,
    identities: identities.kept,
    identitiesLeft: identities.left,
    details: fit(
      chosenDetails(identities.kept, input),
      BUDGET.details,
      (entry) => `${JSON.stringify(entry)},`,
    ).kept,
    gaps,
    scopes: usedScopes([...findings.kept, ...identities.kept, ...gaps], input, by),
    rules: fit(
      input.rules.map(({ id, about, remedy }) => [id, { about, remedy }] as const),
      BUDGET.rules,
      JSON.stringify,
    ).kept,
    capabilities: Object.entries(CAPABILITY_WORDS),
    systems: Object.entries(SYSTEM_TITLES),
    marks: { severities: SEVERITY_MARKS, unknown: UNKNOWN_MARK, coverage: COVERAGE_MARKS },
  };
}

/** Packs the long lists. */
export function packData(data: PageData): PackedData {
  return { ...data, findings: packRows(data.findings), identities: packRows(data.identities) };
}

function packedText(row: PageFinding | PageIdentity): string {
  return `${JSON.stringify(Object.values(row))},`;
}

function shortened(finding: ReportFinding): PageFinding {
  const { waiver = null, baselineState = null } = finding;
  return {
    ...finding,
    title: clip(finding.title, NAME_LENGTH),
    evidence: shortEvidence(finding.evidence),
    waiver: waiver === null ? null : { ...waiver, reason: clip(waiver.reason, NAME_LENGTH) },
    baselineState,
  };
}

function shortEvidence(evidence: Json): Json {
  const text = JSON.stringify(evidence);
  if (text.length <= EVIDENCE_LENGTH) return evidence;
  const cut = text.length - EVIDENCE_LENGTH;
  return {
    cut: `${cut} characters are left out here; the json report has them`,
    beginning: text.slice(0, EVIDENCE_LENGTH),
  };
}

function pageIdentity(identity: ReportIdentity, { coverage }: Summary, by: Lookup): PageIdentity {
  const { failed, unknown } = tally(by.findingsOf(identity.uid));
  return {
    ...identity,
    name: clip(identity.name, NAME_LENGTH),
    failed: SEVERITIES.reduce((sum, severity) => sum + failed[severity], 0),
    unknown,
    worst: SEVERITIES.find((severity) => failed[severity] > 0) ?? null,
    usage: coverage.statusOf(identity.scopeUid, 'usages'),
    access: coverage.statusOf(identity.scopeUid, 'grants'),
  };
}

/** Of the identities on the page, in their order. */
function chosenDetails(
  identities: readonly PageIdentity[],
  { details = [] }: ReportInput,
): PageData['details'] {
  const byUid = new Map(details.map(({ uid, ...rest }) => [uid, rest]));
  return identities.flatMap(({ uid }) => {
    const found = byUid.get(uid);
    return found === undefined ? [] : [[uid, found] as const];
  });
}

function worstFirst(identities: readonly PageIdentity[]): PageIdentity[] {
  const rank = ({ worst, unknown }: PageIdentity): number =>
    worst === null ? SEVERITIES.length + (unknown > 0 ? 0 : 1) : SEVERITIES.indexOf(worst);
  return identities.toSorted((a, b) => rank(a) - rank(b));
}

function usedScopes(
  rows: readonly { readonly scopeUid: string | null }[],
  input: ReportInput,
  by: Lookup,
): PageData['scopes'] {
  const parents = new Map(input.scopes.map((scope) => [scope.uid, scope.parentUid]));
  const used = new Set<string>();
  for (const { scopeUid } of rows) {
    if (scopeUid === null || used.has(scopeUid)) continue;
    for (const uid of withAncestors(scopeUid, parents)) used.add(uid);
  }
  const scopes = [...used].flatMap((uid) => {
    const scope = by.scope(uid);
    if (scope === undefined) return [];
    return [
      [uid, { name: clip(scope.name, NAME_LENGTH), kind: scope.kind, parentUid: scope.parentUid }] as const,
    ];
  });
  return fit(scopes, BUDGET.scopes, JSON.stringify).kept;
}
