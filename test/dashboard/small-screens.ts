import type { Given } from '#dashboard/given.ts';
import type { DashboardHost } from '#dashboard/host.ts';
import type { Line, ListScreen, PageScreen, ScreenSet } from '#dashboard/screen.ts';
import { csvLines } from '#reports/csv/table.ts';
import { visible } from '#reports/inert-text.ts';

/** Identities by name: what every kind of column can do. */
const identities: ListScreen = {
  kind: 'list',
  id: 'identities',
  title: 'Identities',
  columns: [
    { key: 'name', title: 'Name', min: 12, grow: 2, priority: 1 },
    { key: 'kind', title: 'Kind', min: 10, priority: 3, tone: () => 'muted' },
    { key: 'owner', title: 'Owner', min: 8, grow: 1, priority: 2 },
    { key: 'grants', title: 'Grants', min: 7, align: 'right', priority: 4 },
  ],
  rows: () => ({
    kind: 'select',
    sql: `SELECT i.uid AS key, i.name, i.kind, o.owner, coalesce(g.grants, 0) AS grants
          FROM identities i
          LEFT JOIN (SELECT identity_uid, min(owner) AS owner FROM owners GROUP BY identity_uid) o ON o.identity_uid = i.uid
          LEFT JOIN (SELECT principal_uid, count(*) AS grants FROM grants GROUP BY principal_uid) g ON g.principal_uid = i.uid`,
  }),
  sort: { column: 'name', descending: false },
  open: ({ key }) => ({ screen: 'identity', subject: key }),
  identity: ({ key }) => key,
  preview: ({ key, name }) =>
    Promise.resolve([line(`Preview of ${String(name)}`), line(key), line('It may do nothing.')]),
  empty: [line('No identities in this snapshot. Next: nhi scan')],
};

const colours: ListScreen = {
  kind: 'list',
  id: 'colours',
  title: 'Colours',
  columns: [
    { key: 'name', title: 'Name', min: 10, grow: 1, priority: 1 },
    { key: 'level', title: 'Level', min: 8, priority: 2, sortKey: 'rank' },
  ],
  rows: () => ({
    kind: 'held',
    read: () =>
      Promise.resolve([
        { key: 'r', name: 'red', level: 'high', rank: 3 },
        { key: 'g', name: 'green', level: 'low', rank: 1 },
        { key: 'b', name: 'blue', level: null, rank: null },
        { key: 'y', name: 'yellow', level: 'medium', rank: 2 },
      ]),
  }),
  sort: { column: 'level', descending: true },
  empty: [line('No colours.')],
};

const overview: PageScreen = {
  kind: 'page',
  id: 'overview',
  title: 'Overview',
  async lines(_subject, columns, { reader }) {
    const [row] = await reader.all<{ n: number }>('SELECT count(*) AS n FROM identities');
    return [
      line(`${row?.n ?? 0} identities on ${columns} columns`),
      { spans: [{ text: 'See all of them', tone: 'link' }], link: { screen: 'identities' } },
      {
        spans: [{ text: 'See those of team-1', tone: 'link' }],
        link: { screen: 'identities', filter: 'team-1' },
      },
    ];
  },
};

const identity: PageScreen = {
  kind: 'page',
  id: 'identity',
  title: 'Identity',
  lines: (subject = '') =>
    Promise.resolve([line(subject), ...Array.from({ length: 60 }, (_, index) => line(`Line ${index + 2}`))]),
  identity: (subject) => subject,
};

/** A few screens of every kind. */
export const SMALL_SCREENS: ScreenSet = {
  tabs: [overview, identities, colours],
  inner: [identity, { ...identity, id: 'plan', title: 'Plan' }],
  aliases: { identities: ['ids'] },
};

/** A dashboard of those screens over a data folder; what is saved is written into `saved`. */
export function smallHost(dataDir: string, changes: Partial<DashboardHost> = {}): DashboardHost {
  return {
    screens: SMALL_SCREENS,
    dataDir,
    dataName: dataDir,
    snapshot: undefined,
    ascii: false,
    theme: 'none',
    screenReader: false,
    sanitise: (text) => visible(text.replaceAll(/[\t\r\n]+/gu, ' ')),
    csvLine: (cells) => [...csvLines([], [cells])].at(-1) ?? '',
    // No screen here asks for any of it.
    given: () => ({}) as Given,
    save: () => Promise.reject(new Error('nothing is saved in this test')),
    edit: () => Promise.reject(new Error('nothing is edited in this test')),
    ...changes,
  };
}

function line(text: string): Line {
  return { spans: [{ text }] };
}
