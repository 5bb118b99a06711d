import { SEVERITIES } from '#model/finding.ts';
import { isKnown, type Baseline } from './baseline.ts';
import { judgeKpi } from './kpi-conditions.ts';
import type { Kpi } from '#model/kpi.ts';
import type { GatePolicy, UnknownsMode } from './policy.ts';
import type { Cause, GateVerdict, JudgedFinding, Outcome, ScopeCoverage } from './verdict.ts';
import { applyWaivers, type WithWaiver } from './waivers/apply-waivers.ts';
import { hasExpired } from './waivers/match.ts';
import type { Day, WaivableFinding, Waiver } from './waivers/waiver.ts';

/** Everything that the verdict rests on. */
export interface GateInput {
  readonly policy: GatePolicy;
  readonly findings: readonly WaivableFinding[];
  /** How many results of rules the snapshot has: none means that nothing was judged. */
  readonly ruleResults: number;
  readonly scopes: readonly ScopeCoverage[];
  readonly waivers: readonly Waiver[];
  /** The metrics of the snapshot; where the policy asks for none, they may be left out. */
  readonly kpis?: readonly Kpi[];
  /** null: every finding counts, not only new ones. */
  readonly baseline: Baseline | null;
  /** The day that waivers are judged on. */
  readonly on: Day;
}

/** The verdict: fails for every demand of the policy that is not met, and where there is nothing to judge by. */
export function decide(input: GateInput): GateVerdict {
  const { policy, baseline, on, scopes } = input;
  const findings = applyWaivers(input.findings, input.waivers, on, policy.maxDays).map(
    (finding): JudgedFinding => ({ ...finding, outcome: outcomeOf(finding, policy, baseline) }),
  );
  const expiredWaivers = input.waivers.filter((waiver) => hasExpired(waiver, on)).map(({ id }) => id);
  const minimum = policy.minCoverage ?? 0;
  const thinScopes = scopes.filter((scope) => isThin(scope, minimum));
  const kpis = policy.kpis.map((condition) => judgeKpi(condition, input.kpis ?? [], policy.unknownKpis));
  const fails = (status: WaivableFinding['status']) =>
    findings.some((finding) => finding.outcome === 'fails' && finding.status === status);
  const demands: Readonly<Record<Cause, boolean>> = {
    'no-rule-results': input.ruleResults === 0,
    findings: fails('fail'),
    unknowns: fails('unknown'),
    coverage: minimum > 0 && (scopes.length === 0 || thinScopes.length > 0),
    kpis: kpis.some(({ outcome }) => outcome === 'fails'),
    'expired-waivers': policy.expiredWaivers === 'fail' && expiredWaivers.length > 0,
  };
  const causes = CAUSES.filter((cause) => demands[cause]);
  return { passed: causes.length === 0, causes, findings, scopes, thinScopes, kpis, expiredWaivers };
}

const CAUSES: readonly Cause[] = [
  'no-rule-results',
  'findings',
  'unknowns',
  'coverage',
  'kpis',
  'expired-waivers',
];

const OF_UNKNOWN: Readonly<Record<UnknownsMode, Outcome>> = {
  fail: 'fails',
  warn: 'warns',
  ignore: 'tolerated',
};

function outcomeOf(
  finding: WithWaiver<WaivableFinding>,
  policy: GatePolicy,
  baseline: Baseline | null,
): Outcome {
  if (finding.waivedBy !== null) return 'waived';
  const outcome = demanded(finding, policy);
  return outcome === 'fails' && baseline !== null && isKnown(finding, baseline) ? 'known' : outcome;
}

function demanded({ status, severity, category }: WaivableFinding, policy: GatePolicy): Outcome {
  if (status === 'unknown') return OF_UNKNOWN[policy.unknowns[severity]];
  const threshold = policy.failOn[category];
  if (threshold === 'none') return 'tolerated';
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold) ? 'fails' : 'tolerated';
}

function isThin({ complete, total }: ScopeCoverage, minimum: number): boolean {
  return minimum > 0 && (total === 0 || complete * 100 < minimum * total);
}
