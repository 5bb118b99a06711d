import type { RuleHeader } from '#contract/rule.ts';
import type { System, Uid } from '#model/system.ts';
import type { Feed } from '#model/scope.ts';
import type { FeedState, FeedStates, Gap } from './feed-states.ts';

/** How far what a rule needs was read in one scope. */
export interface ScopeReading {
  readonly scopeUid: Uid;
  readonly system: System | null;
  /** What it means for the rule's rows: nothing, that no pass stands, or that nothing does. */
  readonly state: FeedState;
  /** Whether there may be subjects that were not seen. */
  readonly hidesSubjects: boolean;
  /** The feeds that were read with gaps. */
  readonly partial: readonly Feed[];
  readonly gaps: readonly Gap[];
  /** Whether coverage speaks of this very scope. */
  readonly own: boolean;
}

/** Evidence that grows without end helps nobody. */
const MAX_GAPS = 10;

/** Sums up, for every scope, the feeds that a rule needs. */
export function scopeReadings(
  { needs, subjects = [], passProvedBy = [] }: RuleHeader,
  states: FeedStates,
): ScopeReading[] {
  if (needs.length === 0) return [];
  return states.scopes.map(({ uid, system }) => {
    const readings = needs.map((feed) => ({ feed, ...states.of(uid, feed) }));
    const partial = readings.filter(({ state }) => state === 'partial').map(({ feed }) => feed);
    const takesPassesBack = partial.some((feed) => !subjects.includes(feed) && !passProvedBy.includes(feed));
    const isMissing = readings.some(({ state }) => state === 'missing');
    return {
      scopeUid: uid,
      system,
      state: isMissing ? 'missing' : takesPassesBack ? 'partial' : 'complete',
      hidesSubjects: partial.some((feed) => subjects.includes(feed)),
      partial,
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
