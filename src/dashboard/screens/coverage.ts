import type { ListScreen, Row } from '../screen.ts';
import { coverageSql, stateTone, type GapRow } from './coverage-select.ts';
import { gapLines } from './gap.ts';
import { line, PREVIEW, toned } from './lines.ts';

/** What was read and what was not, the gaps first. */
export const coverage: ListScreen = {
  kind: 'list',
  id: 'coverage',
  title: 'Coverage',
  columns: [
    {
      key: 'state',
      title: 'State',
      min: 10,
      priority: 1,
      sortKey: 'rank',
      tone: ({ status }) => stateTone(String(status)),
    },
    { key: 'feed', title: 'Feed', min: 17, priority: 1 },
    { key: 'scope', title: 'Scope', min: 18, grow: 2, priority: 2 },
    { key: 'missing', title: 'Permission missing', min: 22, grow: 1, priority: 3 },
    { key: 'call', title: 'Call', min: 22, grow: 1, priority: 4 },
    { key: 'detail', title: 'What is missing', min: 30, grow: 4, priority: 5 },
    { key: 'system', title: 'System', min: 10, priority: 6 },
  ],
  rows: ({ ascii }) => ({ kind: 'select', sql: coverageSql(ascii) }),
  sort: { column: 'state', descending: false },
  open: ({ key }) => ({ screen: 'gap', subject: key }),
  // The select gives every column of a gap as text.
  preview: (row) => Promise.resolve(gapLines(row as Row & GapRow, PREVIEW)),
  empty: [
    line(['The snapshot does not say what was read: nothing in it can be called complete.']),
    line([toned('muted', 'nhi doctor says what can be reached; nhi scan reads it.')]),
  ],
};
