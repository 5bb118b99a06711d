/** How an attempt to deliver went. */
export type Outcome =
  | { readonly kind: 'delivered' }
  /** The receiver does not want this one; others may go through. */
  | { readonly kind: 'refused'; readonly problem: string }
  /** Nothing goes through now. `retryAfter`: milliseconds that the receiver asks to wait; null: it does not say. */
  | { readonly kind: 'unavailable'; readonly problem: string; readonly retryAfter: number | null };
