import { capabilityOf, type AdminPath, type JudgedChange, type PlanVerdict } from '#gate/plan/judge-plan.ts';
import { CAPABILITIES } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';

/** A verdict on code that is to be deployed, with what it was made from. */
export interface PlanStory {
  readonly verdict: PlanVerdict;
  /** The files and folders that were judged, as they were named. */
  readonly files: readonly string[];
  readonly snapshot: { readonly id: string; readonly asOf: string };
  /** null: the defaults. */
  readonly policyFile: string | null;
  readonly sourcesOf: (identityUid: Uid) => readonly string[];
  readonly toolVersion: string;
}

/** A gain, a loss or another change, in words without the identity: `gains secret-read on aws:111122223333`. */
export function changeText(change: JudgedChange): string {
  const { kind, key, before, after } = change;
  switch (kind) {
    case 'entitlement':
      return before === null || after === null
        ? `${key}${sure(after ?? before)}`
        : `${key}: ${before} → ${after}`;
    case 'edge':
      return `${key}${sure(after ?? before)}`;
    case 'guardrail':
      return `${key} ${before === null ? 'is new' : after === null ? 'goes' : 'has another text'}`;
    case 'open-grant':
      return `${key} for everyone or somebody outside`;
    case 'trust':
      return key;
    case 'identity':
    case 'credential':
      return before === null
        ? `${kind} ${key} is new`
        : after === null
          ? `${kind} ${key} goes`
          : `${kind} ${key}: ${before} → ${after}`;
  }
}

function sure(certainty: string | null): string {
  return certainty === 'certain' || certainty === null ? '' : ` (${certainty})`;
}

/** A path as one line: who, by what, to whom. */
export function pathText({ hops, certainty }: AdminPath): string {
  if (hops.length === 0) return `is an administrator${sure(certainty)}`;
  const steps = hops.map(({ via, to, permissions }) => {
    return `${via} → ${to}${permissions.length === 0 ? '' : ` [${permissions.join(', ')}]`}`;
  });
  return `${steps.join(', then ')}${sure(certainty)}`;
}

/** Gains that are worth a line: what can be done, and what is open to everyone; the worst capabilities first. */
export function gains({ changes }: PlanVerdict): JudgedChange[] {
  return changes
    .filter(({ kind, direction }) => ACCESS.has(kind) && direction !== 'lost')
    .filter(({ kind, direction }) => kind !== 'guardrail' || direction !== 'gained')
    .toSorted((a, b) => OUTCOME_RANK[a.outcome] - OUTCOME_RANK[b.outcome] || rank(a) - rank(b));
}

/** Losses that are worth a line, the most powerful first; a guardrail that goes is none. */
export function losses({ changes }: PlanVerdict): JudgedChange[] {
  return changes
    .filter(({ kind, direction }) => ACCESS.has(kind) && kind !== 'guardrail' && direction === 'lost')
    .toSorted((a, b) => rank(a) - rank(b));
}

const OUTCOME_RANK = { fails: 0, warns: 1, tolerated: 2 } as const;

/** Capabilities stand from the most powerful down. */
function rank(change: JudgedChange): number {
  const capability = capabilityOf(change);
  return capability === null ? CAPABILITIES.length : CAPABILITIES.indexOf(capability);
}

/** Guardrails that go or change. */
export function weakened({ changes }: PlanVerdict): JudgedChange[] {
  return changes.filter(({ kind, direction }) => kind === 'guardrail' && direction !== 'gained');
}

const ACCESS = new Set<JudgedChange['kind']>(['entitlement', 'guardrail', 'open-grant']);

/** The rule that a result is of, for machine formats. */
export function ruleOf(change: JudgedChange): string {
  return change.kind === 'entitlement'
    ? `plan-gains-${capabilityOf(change) ?? 'access'}`
    : `plan-${change.kind}`;
}
