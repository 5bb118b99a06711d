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
  | Unread;

/** Something that could not be read. */
export interface Unread {
  readonly kind: 'unread';
  readonly place: string;
  readonly reason: string;
  /** The kind of object that it is; null: that cannot be told. */
  readonly about: string | null;
}

/** What a list says of itself. The elements of a `RoleList` need not say that they are Roles. */
export interface ListHead {
  readonly apiVersion: string | null;
  readonly kind: string | null;
}

/** Deeper than any Kubernetes object; what is deeper is refused. */
export const MAX_DEPTH = 200;

/** Why a list with a continue token is not the whole. */
export const GOES_ON = 'the list goes on: it was exported with a limit, and is not the whole';

/** The kind of a typed list's items: `RoleList` → `Role`. */
export function itemKind(list: ListHead | null): string | null {
  const kind = list?.kind?.endsWith('List') === true ? list.kind.slice(0, -'List'.length) : '';
  return kind === '' ? null : kind;
}
