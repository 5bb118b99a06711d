import { awsActionNumber, isWildcardOnly } from '#catalogue/aws/actions.ts';
import { fitsEverything } from './pattern.ts';
import { reachOf, type Home, type Reach } from './reach.ts';
import type { Statement } from './statement.ts';
import { LIST_BUCKETS, matchWithoutResource } from './without-resource.ts';

/** `most`: `NotResource` leaves some of the action's resources out and takes in all others. */
export type StatementReach = Reach | 'most';

const remembered = new WeakMap<Statement, Map<string, (action: number) => StatementReach>>();

/** Says of an action (by number) how much of its resources in `home` the statement is about. Remembered by statement. */
export function statementReach(statement: Statement, home: Home): (action: number) => StatementReach {
  const known = remembered.get(statement) ?? new Map<string, (action: number) => StatementReach>();
  const before = known.get(home.key);
  if (before !== undefined) return before;
  const reach = makeReach(statement, home);
  remembered.set(statement, known.set(home.key, reach));
  return reach;
}

function makeReach({ resources }: Statement, home: Home): (action: number) => StatementReach {
  if (resources === null) return () => 'all';
  const { patterns, negated } = resources;
  if (patterns.some(fitsEverything)) return () => (negated ? 'none' : 'all');
  const within = reachOf(patterns, home);
  const listing = awsActionNumber(LIST_BUCKETS);
  const listsBuckets = matchWithoutResource(resources, LIST_BUCKETS);
  return (action) => {
    if (isWildcardOnly(action)) return (action === listing ? listsBuckets : negated) ? 'all' : 'none';
    const reach = within(action);
    if (!negated) return reach;
    return reach === 'all' ? 'none' : reach === 'none' ? 'all' : 'most';
  };
}
