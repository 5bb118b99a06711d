import type { KeyLookup } from './condition/key-value.ts';
import type { Home } from './reach.ts';

/** A request as statements are matched against it. */
export interface Ask {
  /** In lower case. */
  readonly action: string;
  /** The action's number in the catalogue; -1: the catalogue does not know it. */
  readonly number: number;
  /** An ARN; null: none in particular, or the action knows none. */
  readonly resource: string | null;
  /** Where a resource that is not named would be. */
  readonly home: Home;
  readonly lookUp: KeyLookup;
}
