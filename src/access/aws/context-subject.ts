import type { Estate } from './estate.ts';
import type { Principal } from './principal.ts';

/** What a request is about, as far as condition keys go. */
export interface ContextSubject {
  readonly estate: Estate;
  readonly principal: Principal;
  /** In lower case. */
  readonly action: string;
  /** An ARN; null: none in particular. */
  readonly resource: string | null;
  /** The account that the resource is in; null: not known. */
  readonly resourceAccount: string | null;
  /** What the asker says of the request: these keys win. A key with no value is one that the request does not have. */
  readonly given: Readonly<Record<string, readonly string[]>> | null;
}
