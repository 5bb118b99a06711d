import type { Becoming } from './estate.ts';

/** A world in which somebody can escalate in one way. */
export interface Scenario {
  readonly from: string;
  readonly to: string;
  readonly permissions: readonly string[];
  /** The world in which `from` has these permissions. */
  readonly world: (permissions: readonly string[]) => Becoming;
  /** The same, but for something other than a permission that the way needs. */
  readonly lacking: Becoming;
  readonly isConditional: boolean;
}
