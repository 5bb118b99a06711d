/** What the engine says about one request. `unknown`: something that decides was not collected or does not parse. */
export type Verdict = 'allowed' | 'conditional' | 'denied' | 'unknown';

/** One reason of a decision: which statement, binding or assignment, and what it did. */
export interface Reason {
  /** `allow`, `deny`, `no-allow`, `boundary`, `scp`, `condition`, `missing`, … : what kind of thing it is. */
  readonly kind: string;
  /** The uid of the policy, binding, assignment or guardrail; null where it is about an absence. */
  readonly source: string | null;
  /** A sentence for people, with the statement or rule named. */
  readonly text: string;
}

/** An answer with its reasons, the deciding ones first. */
export interface Decision {
  readonly decision: Verdict;
  readonly reasons: readonly Reason[];
}
