/** What to take out of a stream of JSON, and how much of it at most. */
export interface SplitOptions {
  /** The lists whose elements are wanted, by path: keys joined by dots; `''`: the document itself is the list. */
  readonly lists: readonly string[];
  /** Other members wanted as they are, by path. */
  readonly members?: readonly string[];
  /** The largest element or member in bytes; larger ones are refused. Default 8 MiB. */
  readonly maxBytes?: number;
  /** How deep an element may nest; deeper ones are refused. Default 64. */
  readonly maxDepth?: number;
  /** Parses the elements, which is faster than doing so afterwards. How deep they nest is then not checked. */
  readonly parse?: boolean;
}

/**
 * A piece of the stream. `bytes` are the text of one JSON value, unchecked, and hold until the next chunk is pushed.
 * `position` counts bytes from the start of the stream, `index` elements from the start of the list.
 * `broken` is the last part: nothing after it can be told apart.
 */
export type JsonPart =
  | { readonly kind: 'list'; readonly path: string; readonly position: number }
  | {
      readonly kind: 'element';
      readonly path: string;
      readonly index: number;
      readonly position: number;
      readonly bytes: Buffer;
      /** undefined: not asked for. */
      readonly value: unknown;
    }
  | { readonly kind: 'member'; readonly path: string; readonly position: number; readonly bytes: Buffer }
  | {
      readonly kind: 'refused';
      readonly path: string;
      readonly index: number | null;
      readonly position: number;
      readonly reason: string;
    }
  | { readonly kind: 'broken'; readonly position: number; readonly reason: string };
