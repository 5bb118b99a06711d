import type { DriftFact, FindingFact } from './facts.ts';

/** Something that was not told before. `key` is its content: what has the same key is the same news. */
export type NewsItem =
  | ({ readonly kind: 'finding'; readonly key: string } & Omit<FindingFact, 'outcome'>)
  | ({ readonly kind: 'drift'; readonly key: string; readonly what: string } & Pick<
      DriftFact,
      'direction' | 'identityUid' | 'after' | 'baseline'
    > & { readonly subject: string })
  | {
      readonly kind: 'gate';
      readonly key: string;
      readonly passed: boolean;
      readonly causes: readonly string[];
    }
  | { readonly kind: 'coverage'; readonly key: string; readonly scopeUid: string; readonly feed: string }
  | {
      readonly kind: 'revocation';
      readonly key: string;
      readonly revocation: string;
      readonly verdict: string | null;
      readonly detail: string | null;
    }
  | {
      readonly kind: 'run';
      readonly key: string;
      readonly state: 'failed' | 'recovered';
      readonly detail: string | null;
    };
