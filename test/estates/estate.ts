import { completeRows, EXAMPLE_TABLES, type PartialRows } from '#audit/example-rows.ts';
import type { Coverage, Feed } from '#model/scope.ts';
import type { Instant, Uid } from '#model/system.ts';
import { createSnapshot, type StagedSnapshot } from '#store/write/create-snapshot.ts';
import { tempDir } from '#test/temp-dir.ts';

/** The time at which every small world is looked at. */
export const NOW: Instant = '2026-11-20T12:00:00.000Z';

/** Exactly so many periods of 24 hours before NOW; a fraction is part of a day. */
export function daysAgo(days: number): Instant {
  return new Date(Date.parse(NOW) - days * 86_400_000).toISOString();
}

/** Puts parts of a world together, table by table. */
export function world(...parts: readonly PartialRows[]): PartialRows {
  return Object.fromEntries(
    EXAMPLE_TABLES.map((table) => [table, parts.map((part) => part[table] ?? []).flat()]),
  );
}

/** Writes a small world into a real snapshot; what its rows leave out is harmless and completely covered. */
export async function openEstate(...parts: readonly PartialRows[]): Promise<StagedSnapshot> {
  const snapshot = await emptySnapshot();
  const rows = completeRows(world(...parts));
  for (const table of EXAMPLE_TABLES) await snapshot.write(table, rows[table]);
  return snapshot;
}

/** A snapshot with nothing in it, thrown away with the test. */
export async function emptySnapshot(): Promise<StagedSnapshot> {
  return createSnapshot(await tempDir(), { asOf: NOW, startedAt: NOW, toolVersion: '0.0.0-test' });
}

/** What a scope was not read for: every other feed of it is complete. */
export function notRead(feed: Feed, scopeUid: Uid, status: Coverage['status'] = 'denied'): PartialRows {
  const system = scopeUid.startsWith('k8s:') ? 'kubernetes' : scopeUid.startsWith('aws:') ? 'aws' : 'azure';
  const permission = status === 'denied' ? `read:${feed}` : null;
  return {
    coverage: [{ system, scopeUid, feed, call: `list ${feed}`, status, missingPermission: permission }],
  };
}
