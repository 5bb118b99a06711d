/** A piece of a file: an object or a list of objects as the file has it, or what could not be read and why. */
export type Piece =
  | {
      readonly kind: 'value';
      readonly value: unknown;
      /** Where in the file, for people: `document 3, line 120`, `items[4] at byte 5120`. */
      readonly place: string;
      /** The list that it was taken from, where its reader took the list apart. */
      readonly list: ListHead | null;
    }
  /** A list that its reader took apart, empty perhaps. */
  | { readonly kind: 'list'; readonly head: ListHead }
  | { readonly kind: 'problem'; readonly place: string; readonly reason: string };

/** What a list says of itself. The elements of a `RoleList` need not say that they are Roles. */
export interface ListHead {
  readonly apiVersion: string | null;
  readonly kind: string | null;
}

/** Deeper than any Kubernetes object; what is deeper is refused. */
export const MAX_DEPTH = 200;
