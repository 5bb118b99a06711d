import type { Reader } from '#store/reader.ts';
import { openToBrowse } from '#store/read/open-to-browse.ts';
import { openSnapshot } from '#store/read/open-snapshot.ts';
import { snapshotIds } from '#store/read/list-snapshots.ts';
import type { DashboardHost } from './host.ts';
import type { PaneData } from './panes/pane.ts';
import type { SnapshotLine } from './screen.ts';

/** An open snapshot with what the header says of it. */
export interface OpenData {
  readonly data: PaneData;
  /** The time that the data are of, RFC 3339. */
  readonly asOf: string;
  /** Which share of the feeds of all scopes was read completely, in percent; null where nothing is said of any. */
  readonly coverage: number | null;
  readonly close: () => void;
}

/** Opens a snapshot for the screens. Throws StoreError where there is none or it cannot be read. */
export async function openData(host: DashboardHost): Promise<OpenData> {
  const snapshot = await openToBrowse(host.dataDir, host.snapshot);
  const { id, asOf, startedAt } = snapshot.info;
  return {
    asOf,
    coverage: await coverageOf(snapshot),
    close: () => void snapshot.close(),
    data: {
      ...host.given(snapshot),
      reader: snapshot,
      keep: snapshot.keep,
      snapshot: { id, takenAt: startedAt },
      snapshots: (await snapshotIds(host.dataDir)).flatMap((each) => lineOf(each) ?? []),
      async open(which) {
        const other = await openSnapshot(host.dataDir, which);
        return { reader: other, close: () => void other.close() };
      },
      ascii: host.ascii,
    },
  };
}

async function coverageOf(reader: Reader): Promise<number | null> {
  const [feeds] = await reader.all<{ complete: number; total: number }>(
    `SELECT count(*) FILTER (whole) AS complete, count(*) AS total
     FROM (SELECT bool_and(status = 'complete') AS whole FROM coverage
           WHERE feed IS NOT NULL AND scope_uid IS NOT NULL GROUP BY system, scope_uid, feed)`,
  );
  // Rounded down: 100 % is said of what is whole.
  return feeds === undefined || feeds.total === 0 ? null : Math.floor((100 * feeds.complete) / feeds.total);
}

/** A snapshot by its id, which begins with the time of its start; null for a file of another name. */
export function lineOf(id: string): SnapshotLine | null {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-[0-9a-f]{6}$/u.exec(id);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second] = match;
  return { id, takenAt: `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z` };
}
