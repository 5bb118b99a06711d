import type {
  Answers,
  ControlResult,
  ControlStatus,
  Framework,
  FrameworkResult,
} from '#contract/framework.ts';
import type { RuleResult } from '#model/finding.ts';
import type { Coverage } from '#model/scope.ts';
import { ruleCall } from './rule-call.ts';

type Counts = Omit<Answers, 'status'>;

const NOTHING: Counts = { passed: 0, failed: 0, unknown: 0, waived: 0 };

/**
 * Answers each control of a framework by the answers of its rules. A control fails where a rule failed, is unknown where
 * a rule could not decide or did not run to its end, and passes only where something passed and nothing else was said.
 * `waived` says for a rule how many of its failures are waived: they are counted beside the failures and change no answer.
 */
export function frameworkResult(
  framework: Framework,
  ruleResults: readonly RuleResult[],
  coverage: readonly Coverage[],
  waived: ReadonlyMap<string, number> = new Map(),
): FrameworkResult {
  const byRule = new Map<string, Counts>();
  for (const result of ruleResults) {
    byRule.set(
      result.ruleId,
      added(byRule.get(result.ruleId) ?? { ...NOTHING, waived: waived.get(result.ruleId) ?? 0 }, {
        ...result,
        waived: 0,
      }),
    );
  }
  const broken = new Set(coverage.filter(({ status }) => status === 'failed').map(({ call }) => call));
  return {
    ...framework,
    controls: framework.controls.map((control): ControlResult => {
      const rules = control.rules.map((rule) => {
        const counts = byRule.get(rule.ruleId) ?? NOTHING;
        const status = broken.has(ruleCall(rule.ruleId))
          ? worse('unknown', statusOf(counts))
          : statusOf(counts);
        return { ...rule, ...counts, status };
      });
      return { ...control, rules, ...rules.reduce(added, NOTHING), status: together(rules) };
    }),
  };
}

function added(sum: Counts, { passed, failed, unknown, waived }: Counts): Counts {
  return {
    passed: sum.passed + passed,
    failed: sum.failed + failed,
    unknown: sum.unknown + unknown,
    waived: sum.waived + waived,
  };
}

function statusOf({ passed, failed, unknown }: Counts): ControlStatus {
  if (failed > 0) return 'fail';
  if (unknown > 0) return 'unknown';
  return passed > 0 ? 'pass' : 'not-measured';
}

function worse(least: 'unknown', status: ControlStatus): ControlStatus {
  return status === 'fail' ? status : least;
}

/** A rule that had nothing to judge takes no pass back: the control is about what there is. */
function together(rules: readonly Answers[]): ControlStatus {
  const said = new Set(rules.map(({ status }) => status));
  return (['fail', 'unknown', 'pass'] as const).find((status) => said.has(status)) ?? 'not-measured';
}
