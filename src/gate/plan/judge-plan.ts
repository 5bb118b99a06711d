import type { Change } from '#model/drift.ts';
import { CAPABILITIES, type BecomeEdge, type Capability } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import type { PlanMode, PlanPolicy } from './plan-policy.ts';

/** How somebody becomes an administrator; without hops: by being one. */
export interface AdminPath {
  readonly identity: Uid;
  readonly certainty: BecomeEdge['certainty'];
  readonly hops: readonly {
    readonly from: Uid;
    readonly to: Uid;
    readonly via: string;
    readonly permissions: readonly string[];
  }[];
}

/** Something that the code leaves open. */
export interface OpenQuestion {
  readonly address: string;
  readonly what: string;
}

/** What deploying would change. */
export interface PlanInput {
  readonly changes: readonly Change[];
  readonly newPaths: readonly AdminPath[];
  readonly lostPaths: readonly AdminPath[];
  readonly unknowns: readonly OpenQuestion[];
}

export type PlanOutcome = 'fails' | 'warns' | 'tolerated';

/** A change with what it does to the verdict. */
export interface JudgedChange extends Change {
  readonly outcome: PlanOutcome;
}

/** One reason for failing. */
export type PlanCause = 'new-paths' | 'capabilities' | 'guardrails' | 'open-grants' | 'unknowns';

/** What the gate says of code that is to be deployed. */
export interface PlanVerdict {
  readonly passed: boolean;
  /** Empty where it passed. */
  readonly causes: readonly PlanCause[];
  readonly changes: readonly JudgedChange[];
  readonly newPaths: readonly (AdminPath & { readonly outcome: PlanOutcome })[];
  readonly lostPaths: readonly AdminPath[];
  readonly unknowns: readonly (OpenQuestion & { readonly outcome: PlanOutcome })[];
}

const OUTCOMES: Readonly<Record<PlanMode, PlanOutcome>> = {
  fail: 'fails',
  warn: 'warns',
  ignore: 'tolerated',
};

/** The verdict: fails for every gain that the policy holds back. What is lost never fails. */
export function judgePlan(input: PlanInput, policy: PlanPolicy): PlanVerdict {
  const changes = input.changes.map((change) => ({ ...change, outcome: outcomeOf(change, policy) }));
  const newPaths = input.newPaths.map((path) => ({ ...path, outcome: OUTCOMES[policy.newPaths] }));
  const unknowns = input.unknowns.map((each) => ({ ...each, outcome: OUTCOMES[policy.unknowns] }));
  const fails = (kind: Change['kind'], sure = true): boolean =>
    changes.some(
      (change) => change.kind === kind && change.outcome === 'fails' && (change.after !== 'unknown') === sure,
    );
  const demands: Readonly<Record<PlanCause, boolean>> = {
    'new-paths': newPaths.some(({ outcome }) => outcome === 'fails'),
    capabilities: fails('entitlement'),
    guardrails: fails('guardrail'),
    'open-grants': fails('open-grant'),
    unknowns: unknowns.some(({ outcome }) => outcome === 'fails') || fails('entitlement', false),
  };
  const causes = CAUSES.filter((cause) => demands[cause]);
  return { passed: causes.length === 0, causes, changes, newPaths, lostPaths: input.lostPaths, unknowns };
}

const CAUSES: readonly PlanCause[] = ['new-paths', 'capabilities', 'guardrails', 'open-grants', 'unknowns'];

/** The capability that a change of entitlements is about; null: it is about something else. */
export function capabilityOf({ kind, key }: Change): Capability | null {
  if (kind !== 'entitlement') return null;
  return CAPABILITIES.find((capability) => key.startsWith(`${capability} on `)) ?? null;
}

function outcomeOf(change: Change, policy: PlanPolicy): PlanOutcome {
  const { kind, direction, after } = change;
  switch (kind) {
    case 'entitlement': {
      const capability = capabilityOf(change);
      const isHeldBack = capability !== null && policy.failOn.has(capability);
      if (direction !== 'gained' || !isHeldBack) return 'tolerated';
      return after === 'unknown' ? OUTCOMES[policy.unknowns] : 'fails';
    }
    case 'guardrail':
      if (direction === 'gained') return 'tolerated';
      // Whether another text limits less cannot be told from the text.
      return direction === 'changed' && policy.guardrails === 'fail' ? 'warns' : OUTCOMES[policy.guardrails];
    case 'open-grant':
      return direction === 'lost' ? 'tolerated' : OUTCOMES[policy.openGrants];
    case 'identity':
    case 'credential':
    case 'edge':
    case 'trust':
      return 'tolerated';
  }
}
