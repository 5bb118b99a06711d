import type { RuleHeader } from '#contract/rule.ts';
import type { Finding, RuleResult } from '#model/finding.ts';
import type { Instant, System, Uid } from '#model/system.ts';
import type { Params, Reader, Staging } from '#store/reader.ts';
import type { CheckedRule } from './checked-rules.ts';
import type { FeedStates } from './feed-states.ts';
import type { ParameterValue } from './parameter-value.ts';
import { ANSWERS, FINDING_COLUMNS, ruleSql } from './rule-sql.ts';
import { otherScopes, scopeReadings, type ScopeReading } from './scope-readings.ts';
import { scopeFindings } from './scope-findings.ts';

/** What every rule of a run shares. */
export interface RuleContext {
  readonly asOf: Instant;
  readonly states: FeedStates;
  /** The snapshot before this one, for when a finding was first seen; null: there is none. */
  readonly previous: Reader | null;
}

/** How a rule went, all scopes together. */
export interface RuleCounts {
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
}

/** A rule that gives more than this lacks a join's condition. */
const MAX_FINDINGS = 10_000_000;

interface ScopeCount extends RuleCounts {
  readonly system: System | null;
  readonly scope_uid: Uid | null;
  readonly malformed: number;
  readonly malformed_status: string | null;
  readonly repeated: number;
}

/** Runs one rule and writes its findings and results. Throws, having written nothing, where its rows are not sound. */
export async function runRule(
  staging: Staging,
  { rule: { header, sql }, columns }: CheckedRule,
  values: Readonly<Record<string, ParameterValue>>,
  context: RuleContext,
  signal: AbortSignal,
): Promise<RuleCounts> {
  const statements = ruleSql(header, sql, columns);
  const title = titleOf(header, values);
  const readings = scopeReadings(header, context.states);
  const seen = await seenBefore(context.previous, header.id);
  const params = { ...values, ...engineParams(header, title, readings, seen), as_of: context.asOf };
  const answers = { name: ANSWERS, select: statements.answers, params };
  const counts = await staging.keeping(
    answers,
    async () => {
      const counted = await staging.all<ScopeCount>(statements.count, params, signal);
      const problem = problemOf(header, counted);
      if (problem !== null) throw new Error(problem);
      if (counted.some(({ failed, unknown }) => failed + unknown > 0)) {
        await staging.insertSelect('findings', FINDING_COLUMNS, statements.findings, params, signal);
      }
      return counted;
    },
    signal,
  );
  const judged = new Set(counts.map(({ scope_uid }) => scope_uid));
  const unseen = scopeFindings(header, title, readings, { judged, asOf: context.asOf, seen });
  await staging.write('findings', unseen);
  const results = resultsOf(header, counts, unseen);
  await staging.write('ruleResults', results);
  return {
    passed: total(results, 'passed'),
    failed: total(results, 'failed'),
    unknown: total(results, 'unknown'),
  };
}

/** One row a system and scope: what the rule's rows say, and one unknown more where there may be others. */
function resultsOf(
  { id }: RuleHeader,
  counts: readonly ScopeCount[],
  unseen: readonly Finding[],
): RuleResult[] {
  const results = counts.map(({ system, scope_uid: scopeUid, passed, failed, unknown }): RuleResult => {
    const more = unseen.filter(
      (finding) => finding.system === system && finding.scopeUid === scopeUid,
    ).length;
    return { ruleId: id, system, scopeUid, passed, failed, unknown: unknown + more };
  });
  const others = unseen.filter(
    ({ system, scopeUid }) => !results.some((row) => row.system === system && row.scopeUid === scopeUid),
  );
  const none = { passed: 0, failed: 0, unknown: 1 };
  return [...results, ...others.map(({ system, scopeUid }) => ({ ruleId: id, system, scopeUid, ...none }))];
}

function engineParams(
  header: RuleHeader,
  title: string,
  readings: readonly ScopeReading[],
  seen: ReadonlyMap<string, Instant>,
): Params {
  const other = otherScopes(header);
  return {
    nhi_rule_id: header.id,
    nhi_title: title,
    nhi_scopes: readings.map(({ scopeUid }) => scopeUid),
    nhi_states: readings.map(({ state }) => state),
    nhi_partial: readings.map(({ partial }) => partial.join(',')),
    nhi_gaps: readings.map(({ gaps }) => gapsJson(gaps)),
    nhi_other_state: other.state,
    nhi_other_gaps: gapsJson(other.gaps),
    nhi_seen_ids: [...seen.keys()],
    nhi_seen_at: [...seen.values()],
  };
}

function gapsJson(gaps: ScopeReading['gaps']): string {
  return gaps.length === 0 ? 'null' : JSON.stringify(gaps);
}

/** The title with every `{{name}}` filled in. */
function titleOf({ title }: RuleHeader, values: Readonly<Record<string, ParameterValue>>): string {
  return title.replace(/\{\{(.*?)\}\}/gu, (_, name: string) => {
    const value = values[name];
    return Array.isArray(value) ? value.join(', ') : String(value);
  });
}

async function seenBefore(previous: Reader | null, ruleId: string): Promise<ReadonlyMap<string, Instant>> {
  const rows = await previous?.all<{ id: string; first_seen_at: Instant }>(
    'SELECT id, first_seen_at FROM findings WHERE rule_id = $rule_id',
    { rule_id: ruleId },
  );
  return new Map(rows?.map(({ id, first_seen_at }) => [id, first_seen_at]));
}

function problemOf({ identifyBy }: RuleHeader, counts: readonly ScopeCount[]): string | null {
  const malformed = total(counts, 'malformed');
  const example = counts.find(({ malformed_status }) => malformed_status !== null)?.malformed_status;
  if (malformed > 0) {
    return `${malformed} rows have a status that is none of fail, pass and unknown, such as ${JSON.stringify(example)}`;
  }
  const repeated = total(counts, 'repeated');
  if (repeated > 0) return `${repeated} rows repeat the ${identifyBy.join(' and ')} of another row`;
  const findings = total(counts, 'failed') + total(counts, 'unknown');
  return findings > MAX_FINDINGS ? `it gives ${findings} findings, and ${MAX_FINDINGS} is the limit` : null;
}

function total<Key extends string>(counts: readonly Readonly<Record<Key, number>>[], key: Key): number {
  return counts.reduce((sum, count) => sum + count[key], 0);
}
