import type { RuleHeader } from '#contract/rule.ts';
import type { System, Uid } from '#model/system.ts';
import type { FeedState, FeedStates, Gap } from './feed-states.ts';

/** How far what a rule needs was read in one scope. */
export interface ScopeReading {
  readonly scopeUid: Uid;
  readonly system: System | null;
  readonly state: FeedState;
  readonly gaps: readonly Gap[];
  /** Whether coverage speaks of this very scope. */
  readonly own: boolean;
}

/** Evidence that grows without end helps nobody. */
const MAX_GAPS = 10;

/** Sums up, for every scope, the feeds that a rule needs: the worst of them decides. */
export function scopeReadings({ needs, passProvedBy = [] }: RuleHeader, states: FeedStates): ScopeReading[] {
  if (needs.length === 0) return [];
  return states.scopes.map(({ uid, system }) => {
    const readings = needs.map((feed) => {
      const reading = states.of(uid, feed);
      const proved = reading.state === 'partial' && passProvedBy.includes(feed);
      return proved ? { ...reading, state: 'complete' as const, gaps: [] } : reading;
    });
    return {
      scopeUid: uid,
      system,
      state: worst(readings.map(({ state }) => state)),
      gaps: readings.flatMap(({ gaps }) => gaps).slice(0, MAX_GAPS),
      own: readings.some(({ own }) => own),
    };
  });
}

/** What holds for a scope that neither the scopes nor coverage know: what is needed was not read there. */
export function otherScopes({ needs }: RuleHeader): Pick<ScopeReading, 'state' | 'gaps'> {
  return {
    state: needs.length === 0 ? 'complete' : 'missing',
    gaps: needs.map((feed) => ({
      feed,
      call: null,
      status: 'not-attempted',
      missing_permission: null,
      detail: null,
    })),
  };
}

function worst(states: readonly FeedState[]): FeedState {
  if (states.includes('missing')) return 'missing';
  return states.includes('partial') ? 'partial' : 'complete';
}
