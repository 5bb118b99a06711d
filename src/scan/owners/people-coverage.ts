import type { People } from '#model/ownership.ts';
import type { Coverage } from '#model/scope.ts';

/**
 * Says that owners were looked up: a row of the feed `owners` with the call `people` where an authoritative source of
 * people was given, and one with the call `teams` where it knows teams too. No rows where there was none.
 */
export function peopleCoverage(people: People | null): Coverage[] {
  if (people === null) return [];
  const { persons, teams } = people;
  return [
    lookedUp('people', `${persons.length} known`),
    ...(teams.length === 0 ? [] : [lookedUp('teams', `${teams.length} known`)]),
  ];
}

/** The source is about no system and no scope in particular. */
function lookedUp(call: 'people' | 'teams', detail: string): Coverage {
  return {
    system: null,
    scopeUid: null,
    feed: 'owners',
    call,
    status: 'complete',
    missingPermission: null,
    detail,
  };
}
