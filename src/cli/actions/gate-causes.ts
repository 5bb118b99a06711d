import type { JudgedKpi } from '#gate/kpi-conditions.ts';
import type { Cause, JudgedFinding } from '#gate/verdict.ts';
import { SEVERITIES } from '#model/finding.ts';
import type { GateStory } from './gate-story.ts';

const NAMED = 3;

/** One reason for failing, as a sentence with its numbers. */
export function causeText(cause: Cause, { verdict, policy, baseline }: GateStory): string {
  const failing = verdict.findings.filter(({ outcome }) => outcome === 'fails');
  switch (cause) {
    case 'no-rule-results':
      return 'no rule judged anything in this snapshot: nothing was found because nothing was checked';
    case 'findings': {
      const found = failing.filter(({ status }) => status === 'fail');
      const what = found.length === 1 ? 'finding' : 'findings';
      return `${found.length} ${baseline === null ? '' : 'new '}${what}: ${bySeverity(found)}`;
    }
    case 'unknowns': {
      const unknown = failing.filter(({ status }) => status === 'unknown');
      return `${unknown.length} ${baseline === null ? '' : 'new '}unknown for lack of data: ${bySeverity(unknown)}`;
    }
    case 'coverage': {
      const { thinScopes, scopes } = verdict;
      if (scopes.length === 0)
        return 'nothing is recorded of what was read, and the policy asks for coverage';
      const named = thinScopes.slice(0, NAMED).map(({ scopeUid, complete, total }) => {
        return total === 0 ? `${scopeUid} (nothing recorded)` : `${scopeUid} (${complete} of ${total} feeds)`;
      });
      const rest = thinScopes.length > NAMED ? ', …' : '';
      return `coverage below ${policy.minCoverage ?? 0}% in ${thinScopes.length} of ${scopes.length} scopes: ${named.join(', ')}${rest}`;
    }
    case 'kpis':
      return `metrics: ${verdict.kpis
        .filter(({ outcome }) => outcome === 'fails')
        .map(kpiText)
        .join('; ')}`;
    case 'expired-waivers':
      return `waivers have expired: ${verdict.expiredWaivers.join(', ')}`;
  }
}

/** What to do next, in order; nothing where it passed. */
export function nextSteps({ verdict, baseline }: GateStory): string[] {
  const { causes, findings } = verdict;
  const failing = findings.filter(({ outcome }) => outcome === 'fails');
  const rule = SEVERITIES.flatMap((severity) => failing.filter((each) => each.severity === severity))[0]
    ?.ruleId;
  const steps: Readonly<Record<Cause, string>> = {
    'no-rule-results': 'Scan what there is to judge: nhi scan, then nhi doctor.',
    findings: `Fix them (nhi rules show ${rule ?? 'RULE'} says how), or waive them in waivers.yaml.`,
    unknowns: 'Collect what is missing: nhi findings --status unknown shows what the rules need.',
    coverage: `See the gaps: nhi sql "FROM coverage WHERE status <> 'complete'"`,
    kpis: 'See the metrics and what is behind them: nhi kpi, and nhi sql "FROM kpi_identities"',
    'expired-waivers': 'Fix what they cover, or renew or remove them: nhi waivers check',
  };
  const accept =
    causes.includes('findings') && baseline === null
      ? ['To hold only new findings against it: nhi gate --write-baseline FILE, then --baseline FILE.']
      : [];
  return [...causes.map((cause) => steps[cause]), ...accept];
}

/** What a metric was asked to be and is. */
export function kpiText({ condition, measured, verdict }: JudgedKpi): string {
  const { written } = condition;
  if (measured === null || measured.value === null)
    return `${written} is not known: ${measured?.reason ?? 'not in the snapshot'}`;
  const is = `${measured.value}${measured.unit === 'percent' ? '%' : ' days'}`;
  const beside = [
    measured.unknown > 0 ? `${measured.unknown} not known` : '',
    measured.gaps > 0 ? `${measured.gaps} scopes not read` : '',
  ].filter((text) => text !== '');
  const more = beside.length === 0 ? '' : `, with ${beside.join(' and ')}`;
  return verdict === 'unknown'
    ? `${written} is not known: it is ${is}${more}`
    : `${written}, and it is ${is}${more}`;
}

function bySeverity(findings: readonly JudgedFinding[]): string {
  return SEVERITIES.map((severity) => ({
    severity,
    n: findings.filter((each) => each.severity === severity).length,
  }))
    .filter(({ n }) => n > 0)
    .map(({ severity, n }) => `${n} ${severity}`)
    .join(', ');
}
