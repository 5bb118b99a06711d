import type { Severity } from '#model/finding.ts';
import { coverage, worstSeverity } from './covered.ts';
import {
  conditionsHold,
  daysOf,
  hasExpired,
  isSelfApproved,
  isTooLong,
  isTooWide,
  namesOne,
} from './match.ts';
import type { Day, MaxDays, WaivableFinding, Waiver } from './waiver.ts';

/** What is wrong with a waiver. An `error` makes it cover nothing, or was never meant; a `warning` wants a look. */
export interface WaiverProblem {
  readonly kind:
    'expired' | 'expiring' | 'ended' | 'unused' | 'too-long' | 'self-approved' | 'too-wide' | 'unknown-rule';
  readonly level: 'error' | 'warning';
  readonly waiver: string;
  readonly file: string;
  readonly text: string;
}

/** What waivers are held against. */
export interface WaiverCheck {
  readonly on: Day;
  readonly maxDays: MaxDays;
  /** The severity of every rule, by id. */
  readonly rules: ReadonlyMap<string, Severity>;
  /** The findings of the latest snapshot; null where there is none. */
  readonly findings: readonly WaivableFinding[] | null;
}

const EXPIRING_DAYS = 14;

/** Everything that is wrong with the waivers, in their order. */
export function checkWaivers(waivers: readonly Waiver[], check: WaiverCheck): WaiverProblem[] {
  const coverOf = coverage(check.findings ?? []);
  return waivers.flatMap((waiver) => {
    const { candidates, covered } = coverOf(waiver);
    const problems = [
      expiry(waiver, check.on),
      lasting(waiver, covered, check),
      isSelfApproved(waiver)
        ? problem('self-approved', 'error', `owner and approver are both ${waiver.owner}`)
        : null,
      width(waiver, covered, candidates),
      !waiver.rule.includes('*') && !check.rules.has(waiver.rule)
        ? problem('unknown-rule', 'error', `there is no rule ${waiver.rule}`)
        : null,
      usefulness(waiver, covered, check.findings !== null),
    ];
    return problems
      .filter((each) => each !== null)
      .map((each) => ({ ...each, waiver: waiver.id, file: waiver.file }));
  });
}

type Problem = Pick<WaiverProblem, 'kind' | 'level' | 'text'>;

function problem(kind: Problem['kind'], level: Problem['level'], text: string): Problem {
  return { kind, level, text };
}

function expiry(waiver: Waiver, on: Day): Problem | null {
  if (hasExpired(waiver, on)) return problem('expired', 'error', `expired on ${waiver.expires}`);
  const left = daysOf({ ...waiver, created: on });
  if (left > EXPIRING_DAYS) return null;
  const when = left === 0 ? 'today' : left === 1 ? 'tomorrow' : `in ${left} days, on ${waiver.expires}`;
  return problem('expiring', 'warning', `expires ${when}`);
}

/** Held against the worst that it covers, else against what the rule says by itself. */
function lasting(
  waiver: Waiver,
  covered: readonly WaivableFinding[],
  { maxDays, rules }: WaiverCheck,
): Problem | null {
  const worst = worstSeverity(waiver, covered, rules);
  if (worst === undefined || !isTooLong(waiver, worst, maxDays)) return null;
  return problem(
    'too-long',
    'error',
    `lasts ${daysOf(waiver)} days, and what is ${worst} may be waived for ${maxDays[worst]}`,
  );
}

function width(
  waiver: Waiver,
  covered: readonly WaivableFinding[],
  candidates: readonly WaivableFinding[],
): Problem | null {
  if (waiver.rule.includes('*')) return problem('too-wide', 'error', `covers any rule (${waiver.rule})`);
  if (isTooWide(waiver)) {
    return problem('too-wide', 'error', 'its selector names no identity, scope, environment or subject');
  }
  if (namesOne(waiver) || covered.length < 2 || covered.length < candidates.length) return null;
  return problem('too-wide', 'warning', `covers all ${covered.length} findings of ${waiver.rule}`);
}

function usefulness(waiver: Waiver, covered: readonly WaivableFinding[], known: boolean): Problem | null {
  if (!known) return null;
  if (covered.length === 0)
    return problem('unused', 'warning', 'covers no finding of the latest snapshot: remove it');
  if (covered.some((finding) => conditionsHold(waiver, finding))) return null;
  return problem(
    'ended',
    'warning',
    `its condition (${waiver.conditions.join(', ')}) has ended or cannot be told for all that it covers`,
  );
}
