import { onTestFinished } from 'vitest';
import { completeRows, EXAMPLE_TABLES, type PartialRows } from '#audit/example-rows.ts';
import { SCREENS } from '#dashboard/screens/index.ts';
import { GAP, placeColumns } from '#dashboard/panes/column-widths.ts';
import { fit } from '#dashboard/text/cells.ts';
import type { Line, ListScreen, PageScreen, Row, Screen, ScreenData } from '#dashboard/screen.ts';
import type { Finding, RuleResult } from '#model/finding.ts';
import type { Instant } from '#model/system.ts';
import { snapshotIds } from '#store/read/list-snapshots.ts';
import { openSnapshot } from '#store/read/open-snapshot.ts';
import { createSnapshot } from '#store/write/create-snapshot.ts';
import { dashboardData } from '../../../src/cli/dashboard/data.ts';
import { loadSettings } from '../../../src/cli/settings.ts';
import { ioAt } from '../../cli/run-cli.ts';
import { NOW, world } from '../../estates/estate.ts';
import { tempDir } from '../../temp-dir.ts';

/** What a scan derives beside what the parts of a small world hold. */
export interface Derived {
  readonly findings?: readonly Finding[];
  readonly ruleResults?: readonly RuleResult[];
}

/** A new folder for snapshots. */
export function dataDir(): Promise<string> {
  return tempDir();
}

/** Publishes a small world as a snapshot of that time; its id. */
export async function publishWorld(
  folder: string,
  parts: readonly PartialRows[],
  { findings = [], ruleResults = [] }: Derived = {},
  at: Instant = NOW,
): Promise<string> {
  const staged = await createSnapshot(folder, { asOf: at, startedAt: at, toolVersion: '0.0.0-test' });
  const rows = completeRows(world(...parts));
  for (const table of EXAMPLE_TABLES) await staged.write(table, rows[table]);
  await staged.write('findings', findings);
  await staged.write('ruleResults', ruleResults);
  await staged.publish(at);
  return staged.id;
}

/** What screens are given over the newest snapshot of a folder, with everything that the command line gives in. */
export async function screensOver(folder: string, { ascii = false } = {}): Promise<ScreenData> {
  const io = ioAt(folder);
  const settings = await loadSettings({ data: folder, color: false }, io);
  const snapshot = await openSnapshot(folder);
  onTestFinished(() => snapshot.close());
  return {
    ...dashboardData(snapshot, settings, io),
    reader: snapshot,
    snapshot: { id: snapshot.info.id, takenAt: snapshot.info.startedAt },
    snapshots: (await snapshotIds(folder)).map((id) => ({ id, takenAt: NOW })),
    async open(which) {
      const other = await openSnapshot(folder, which);
      return { reader: other, close: () => void other.close() };
    },
    ascii,
  };
}

/** The same over one small world. */
export async function screensOverWorld(
  parts: readonly PartialRows[],
  derived: Derived = {},
  options: { readonly ascii?: boolean } = {},
): Promise<ScreenData> {
  const folder = await dataDir();
  await publishWorld(folder, parts, derived);
  return screensOver(folder, options);
}

/** A screen of text by its id. */
export function pageScreen(id: string): PageScreen {
  const found = screen(id);
  if (found.kind !== 'page') throw new Error(`${id} is no page`);
  return found;
}

/** A screen of rows by its id. */
export function listScreen(id: string): ListScreen {
  const found = screen(id);
  if (found.kind !== 'list') throw new Error(`${id} is no list`);
  return found;
}

function screen(id: string): Screen {
  const found = [...SCREENS.tabs, ...SCREENS.inner].find((each) => each.id === id);
  if (found === undefined) throw new Error(`no screen ${id}`);
  return found;
}

/** The lines of a page as text, without the spaces at their ends. */
export async function pageText(
  id: string,
  subject: string | undefined,
  columns: number,
  data: ScreenData,
): Promise<string[]> {
  return textsOf(await pageScreen(id).lines(subject, columns, data));
}

/** What the pane beside a list says of a row, without the spaces at the ends of its lines. */
export async function previewText(id: string, row: Row | undefined, data: ScreenData): Promise<string[]> {
  const { preview } = listScreen(id);
  return row === undefined || preview === undefined ? [] : textsOf(await preview(row, data));
}

/** Lines as text, without the spaces at their ends. */
export function textsOf(lines: readonly Line[]): string[] {
  return lines.map(({ spans }) =>
    spans
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  );
}

/** The rows of a list in its own order. */
export async function listRows(id: string, data: ScreenData): Promise<readonly Row[]> {
  const { rows, sort, columns } = listScreen(id);
  const by = columns.find(({ key }) => key === sort.column)?.sortKey ?? sort.column;
  const made = rows(data);
  if (made.kind === 'select') {
    return data.reader.all<Row>(
      `SELECT * FROM (${made.sql}) ORDER BY "${by}" ${sort.descending ? 'DESC' : 'ASC'} NULLS LAST, key`,
    );
  }
  const held = await made.read();
  const sign = sort.descending ? -1 : 1;
  return held.toSorted((a, b) => compare(a[by], b[by]) * sign || compare(a.key, b.key));
}

function compare(a: Row[string] | undefined, b: Row[string] | undefined): number {
  return a === b ? 0 : (a ?? '') < (b ?? '') ? -1 : 1;
}

/** A list as it is laid out in so many columns: its titles, then its rows. */
export async function listText(id: string, columns: number, data: ScreenData): Promise<string[]> {
  const placed = placeColumns(listScreen(id).columns, columns);
  const rows = await listRows(id, data);
  const cells = [
    placed.map(({ column }) => column.title),
    ...rows.map((row) => placed.map(({ column }) => String(row[column.key] ?? ''))),
  ];
  return cells.map((texts) =>
    texts
      .map((text, at) => fit(text, placed[at]?.cells ?? 0, '…', placed[at]?.column.align))
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}
