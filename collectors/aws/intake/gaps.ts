import type { Coverage, Feed } from '#model/scope.ts';
import { awsAccountUid } from '#model/uid.ts';
import type { Rows } from './rows.ts';

/** Something that was not read, or not understood. */
export interface Gap {
  /** null: the account could not be told. */
  readonly accountId: string | null;
  readonly feeds: readonly Feed[];
  /** The API call whose reply the file holds. */
  readonly call: string;
  readonly status?: Coverage['status'];
  /** What and where, in one line. */
  readonly detail: string;
  /** The right that was missing; left out: none, or it is not known. */
  readonly missingPermission?: string | null;
}

/** Takes gaps down as coverage rows. */
export interface Gaps {
  readonly add: (gap: Gap) => void;
  readonly has: (accountId: string | null, feed: Feed, call: string) => boolean;
  /** Says how many were left out where there were too many alike. */
  readonly finish: () => void;
}

/** A file of a million malformed entities needs no million rows. */
const MOST_ALIKE = 100;

/** An empty book of gaps that writes to `rows`. */
export function createGaps(rows: Rows): Gaps {
  const counts = new Map<string, { row: Coverage; count: number }>();
  return {
    add: ({ accountId, feeds, call, status = 'partial', detail, missingPermission = null }) => {
      for (const feed of feeds) {
        const row = { ...coverageRow(accountId, feed, call, status, detail), missingPermission };
        const alike = counts.get(keyOf(accountId, feed, call)) ?? { row, count: 0 };
        alike.count++;
        counts.set(keyOf(accountId, feed, call), alike);
        if (alike.count <= MOST_ALIKE) rows.emit('coverage', row);
      }
    },
    has: (accountId, feed, call) => counts.has(keyOf(accountId, feed, call)),
    finish: () => {
      for (const { row, count } of counts.values()) {
        if (count <= MOST_ALIKE) continue;
        rows.emit('coverage', { ...row, detail: `and ${count - MOST_ALIKE} more like these` });
      }
    },
  };
}

/** A coverage row of this system. */
export function coverageRow(
  accountId: string | null,
  feed: Feed,
  call: string,
  status: Coverage['status'],
  detail: string | null,
): Coverage {
  const scopeUid = accountId === null ? null : awsAccountUid(accountId);
  return { system: 'aws', scopeUid, feed, call, status, missingPermission: null, detail };
}

function keyOf(accountId: string | null, feed: Feed, call: string): string {
  return `${accountId ?? ''} ${feed} ${call}`;
}
