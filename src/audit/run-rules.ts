import type { Rule } from '#contract/rule.ts';
import { StoreError } from '#model/errors.ts';
import type { Coverage, Scope } from '#model/scope.ts';
import type { Instant } from '#model/system.ts';
import type { WaiverRecord } from '#model/waiver.ts';
import type { Reader, Staging } from '#store/reader.ts';
import { checkedRules, type CheckedRule } from './checked-rules.ts';
import { feedStates } from './feed-states.ts';
import type { RuleParameters } from './parameters.ts';
import { ruleCall } from './rule-call.ts';
import { rulesError } from './rule-problem.ts';
import { REACH } from './rule-sql.ts';
import { runRule, type RuleContext, type RuleCounts } from './run-rule.ts';

export type { RuleParameters } from './parameters.ts';

export interface RunOptions {
  /** The scan's time: all ages are measured at it. */
  readonly asOf: Instant;
  /** Every parameter of every rule, as `resolveParameters` gives them. */
  readonly parameters: RuleParameters;
  /** The snapshot before, for when findings were first seen; null: none. */
  readonly previous: Reader | null;
  readonly signal?: AbortSignal;
  /** The waivers on file, held against the findings so far: asked once all rules but those about waivers have run. */
  readonly waivers?: (reader: Reader) => Promise<readonly WaiverRecord[]>;
  /** How long a rule of the user's own may take, in milliseconds. */
  readonly budget?: number;
  readonly onRule?: (run: RuleRun, done: number, of: number) => void;
}

/** How one rule went. */
export interface RuleRun extends RuleCounts {
  readonly ruleId: string;
  readonly milliseconds: number;
  /** Why it has no result; null: it has one. */
  readonly error: string | null;
}

const DEFAULT_BUDGET = 60_000;

/**
 * Runs rules over a collected snapshot and writes `findings` and `rule_results` into it. Every query is checked before
 * the first one runs: throws ConfigError with all problems. A rule that fails later is a `failed` coverage row, and the
 * others still run; throws only when `signal` is aborted. Rules about waivers run last, over what `waivers` gives.
 */
export async function runRules(
  staging: Staging,
  rules: readonly Rule[],
  options: RunOptions,
): Promise<RuleRun[]> {
  const { checked, problems } = await checkedRules(staging, rules);
  if (problems.length > 0) throw rulesError(problems);
  const context = { asOf: options.asOf, previous: options.previous, states: await readFeedStates(staging) };
  const runs: RuleRun[] = [];
  const runAll = async (some: readonly CheckedRule[]): Promise<void> => {
    for (const each of some) {
      options.signal?.throwIfAborted();
      const run = await timedRun(staging, each, context, options);
      if (run.error !== null) await staging.write('coverage', [failure(run.ruleId, run.error)]);
      runs.push(run);
      options.onRule?.(run, runs.length, checked.length);
    }
  };
  const runBoth = async (): Promise<RuleRun[]> => {
    await runAll(checked.filter(({ rule }) => rule.header.judges === undefined));
    if (options.waivers !== undefined) await staging.write('waivers', await options.waivers(staging));
    await runAll(checked.filter(({ rule }) => rule.header.judges === 'waivers'));
    return runs;
  };
  return staging.keeping(REACH, runBoth);
}

async function readFeedStates(reader: Reader): Promise<RuleContext['states']> {
  const places = await reader.all<Pick<Scope, 'uid' | 'system' | 'parentUid'>>(
    'SELECT uid, system, parent_uid AS "parentUid" FROM scopes ORDER BY uid',
  );
  const coverage = await reader.all<Coverage>(
    `SELECT system, scope_uid AS "scopeUid", feed, call, status, missing_permission AS "missingPermission", detail
     FROM coverage ORDER BY ALL`,
  );
  return feedStates(places, coverage);
}

async function timedRun(
  staging: Staging,
  checked: CheckedRule,
  context: RuleContext,
  { parameters, signal, budget = DEFAULT_BUDGET }: RunOptions,
): Promise<RuleRun> {
  const { header, builtIn } = checked.rule;
  const limit = builtIn ? null : AbortSignal.timeout(budget);
  const stop = AbortSignal.any([signal, limit].filter((each) => each instanceof AbortSignal));
  const started = performance.now(); // a stopwatch: it decides nothing
  const run = (counts: RuleCounts, error: string | null): RuleRun => ({
    ruleId: header.id,
    milliseconds: Math.round(performance.now() - started),
    error,
    ...counts,
  });
  try {
    return run(await runRule(staging, checked, parameters[header.id] ?? {}, context, stop), null);
  } catch (error) {
    signal?.throwIfAborted();
    const why = limit?.aborted
      ? `stopped after ${budget} ms, the limit for rules of your own`
      : messageOf(error);
    return run({ passed: 0, failed: 0, unknown: 0 }, why);
  }
}

function failure(ruleId: string, detail: string): Coverage {
  return {
    system: null,
    scopeUid: null,
    feed: null,
    call: ruleCall(ruleId),
    status: 'failed',
    missingPermission: null,
    detail,
  };
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (error instanceof StoreError ? 'the query failed: ' : '') + message.replaceAll(/\s*\n\s*/gu, ' ');
}
