import type { JudgedFinding, ScopeCoverage } from '#gate/verdict.ts';
import { countOutcomes, type GateStory } from './gate-story.ts';

/** The verdict for programs: docs/gate.md lists the fields. */
export function gateJson(story: GateStory): string {
  const { verdict, policy, snapshot, on, baseline, gapsOfNoScope } = story;
  const thin = new Set(verdict.thinScopes);
  const told = verdict.findings.filter(({ outcome }) => outcome !== 'tolerated' && outcome !== 'known');
  const document = {
    version: 1,
    result: verdict.passed ? 'pass' : 'fail',
    causes: verdict.causes,
    snapshot: snapshot.id,
    as_of: snapshot.asOf,
    judged_on: on,
    policy: {
      fail_on: policy.failOn,
      min_coverage: policy.minCoverage,
      unknowns: policy.unknowns,
      expired_waivers: policy.expiredWaivers,
      waiver_max_days: policy.maxDays,
    },
    baseline: baseline?.name ?? null,
    counts: countOutcomes(verdict.findings),
    findings: told.map(findingJson),
    coverage: verdict.scopes.map((scope) => ({ ...coverageJson(scope), enough: !thin.has(scope) })),
    kpis: verdict.kpis.map(({ condition, measured, verdict: met, outcome }) => ({
      condition: condition.written,
      verdict: met,
      outcome,
      measured,
    })),
    gaps_of_no_scope: gapsOfNoScope,
    expired_waivers: verdict.expiredWaivers,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function findingJson(finding: JudgedFinding): object {
  return {
    id: finding.id,
    outcome: finding.outcome,
    severity: finding.severity,
    status: finding.status,
    category: finding.category,
    rule_id: finding.ruleId,
    title: finding.title,
    system: finding.system,
    scope_uid: finding.scopeUid,
    identity_uid: finding.identityUid,
    subject_uid: finding.subjectUid,
    first_seen_at: finding.firstSeenAt,
    waived_by: finding.waivedBy,
  };
}

function coverageJson({ scopeUid, complete, total }: ScopeCoverage): object {
  return {
    scope_uid: scopeUid,
    complete,
    total,
    percent: total === 0 ? null : (complete * 100) / total,
  };
}
