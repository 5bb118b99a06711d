import type { Reason } from '#model/decision.ts';
import type { Feed } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';
import type { Estate } from './estate.ts';

/** A reason for each of the scopes whose feed was not read whole. */
export function gapReasons(estate: Estate, feed: Feed, scopes: readonly Uid[], text: string): Reason[] {
  return scopes.flatMap((uid) => {
    const gap = estate.gap(feed, uid);
    return gap === null ? [] : [{ kind: 'missing', source: uid, text: `${text}: ${gap}` }];
  });
}
