import { GOES_ON, itemKind, type ListHead, type Piece, type Unread } from '../files/piece.ts';
import { withoutSecretValues } from './secret-values.ts';

/** An object of Kubernetes as a file has it, before anything of it but its kind was looked at. */
export interface RawObject {
  /** The API group, without the version; '' for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly place: string;
}

/** What was found in a piece: objects, lists with the kind that they say they are of, and what is neither. */
export type Unpacked =
  | { readonly kind: 'object'; readonly object: RawObject }
  | { readonly kind: 'list'; readonly head: ListHead; readonly isEmpty: boolean }
  | Unread;

/** Takes lists and arrays apart. What is no object of Kubernetes counts as not read. */
export function* unpack(piece: Piece): Generator<Unpacked> {
  switch (piece.kind) {
    case 'unread':
      yield piece;
      break;
    case 'list':
      yield { kind: 'list', head: piece.head, isEmpty: false };
      break;
    case 'value':
      yield* unpackValue(piece.value, piece.place, piece.list, 0);
      break;
  }
}

const MAX_LISTS_IN_LISTS = 4;

function* unpackValue(
  value: unknown,
  place: string,
  list: ListHead | null,
  depth: number,
): Generator<Unpacked> {
  if (Array.isArray(value) && depth < MAX_LISTS_IN_LISTS) {
    for (const [index, item] of value.entries()) {
      yield* unpackValue(item, `item ${index + 1} of ${place}`, list, depth + 1);
    }
    return;
  }
  if (!isRecord(value)) {
    yield { kind: 'unread', place, reason: 'not an object of Kubernetes: no mapping', about: itemKind(list) };
    return;
  }
  const said = headOf(value);
  if (said.kind?.endsWith('List') === true && (Array.isArray(value['items']) || value['items'] === null)) {
    const items: unknown[] = value['items'] ?? [];
    yield { kind: 'list', head: said, isEmpty: items.length === 0 };
    if (goesOn(value['metadata'])) yield { kind: 'unread', place, reason: GOES_ON, about: itemKind(said) };
    yield* unpackValue(items, place, said, depth);
    return;
  }
  const kind = said.kind ?? itemKind(list);
  const apiVersion = said.apiVersion ?? (said.kind === null ? (list?.apiVersion ?? null) : null);
  if (kind === null || apiVersion === null) {
    yield {
      kind: 'unread',
      place,
      reason: 'not an object of Kubernetes: no apiVersion and kind',
      about: kind,
    };
    return;
  }
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  yield { kind: 'object', object: { group, kind, value: withoutSecretValues(kind, value), place } };
}

/** https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks */
function goesOn(metadata: unknown): boolean {
  return isRecord(metadata) && typeof metadata['continue'] === 'string' && metadata['continue'] !== '';
}

function headOf(value: Readonly<Record<string, unknown>>): ListHead {
  const { apiVersion, kind } = value;
  return {
    apiVersion: typeof apiVersion === 'string' ? apiVersion : null,
    kind: typeof kind === 'string' ? kind : null,
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
