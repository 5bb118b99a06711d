import type { ListHead, Piece } from '../files/piece.ts';
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
  | { readonly kind: 'problem'; readonly place: string; readonly reason: string };

/** Takes lists and arrays apart. Everything that is no object of Kubernetes is a problem. */
export function* unpack(piece: Piece): Generator<Unpacked> {
  switch (piece.kind) {
    case 'problem':
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
    yield { kind: 'problem', place, reason: 'not an object of Kubernetes: no mapping' };
    return;
  }
  const said = headOf(value);
  if (said.kind?.endsWith('List') === true && (Array.isArray(value['items']) || value['items'] === null)) {
    const items: unknown[] = value['items'] ?? [];
    yield { kind: 'list', head: said, isEmpty: items.length === 0 };
    yield* unpackValue(items, place, said, depth);
    return;
  }
  const kind = said.kind ?? itemKind(list);
  const apiVersion = said.apiVersion ?? (said.kind === null ? (list?.apiVersion ?? null) : null);
  if (kind === null || apiVersion === null) {
    yield { kind: 'problem', place, reason: 'not an object of Kubernetes: no apiVersion and kind' };
    return;
  }
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  yield { kind: 'object', object: { group, kind, value: withoutSecretValues(kind, value), place } };
}

/** The kind of a typed list's items: `RoleList` → `Role`. */
export function itemKind(list: ListHead | null): string | null {
  const kind = list?.kind?.endsWith('List') === true ? list.kind.slice(0, -'List'.length) : '';
  return kind === '' ? null : kind;
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
