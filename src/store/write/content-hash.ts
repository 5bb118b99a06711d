import { hash } from 'node:crypto';
import type { DuckDBValue } from '@duckdb/node-api';

/**
 * The first 64 bits of SHA-256 over a row's values as they are stored: rows with the same content have the same hash on
 * every machine, whatever the order of keys in their JSON, because that is stored sorted.
 */
export function contentHash(values: readonly DuckDBValue[]): bigint {
  let text = '';
  for (const value of values) text += marked(value);
  return BigInt(`0x${hash('sha256', text, 'hex').slice(0, 16)}`);
}

/** A value so that it cannot run into the next one. A column has one type, so types need no marks. */
function marked(value: DuckDBValue): string {
  if (value === null) return '~';
  if (typeof value === 'string') return `${value.length}:${value}`;
  if (typeof value !== 'object') return `${value};`;
  if ('micros' in value) return `${value.micros};`;
  if ('items' in value) return `[${value.items.map(marked).join('')}]`;
  throw new TypeError(`no column holds ${value.toString()}`);
}
