import type { ListScreen, Row, ScreenData } from '../screen.ts';
import type { Path } from '../given.ts';
import { drawPath, shortName } from './draw-path.ts';
import { line, PREVIEW, toned } from './lines.ts';

/** How identities that are no administrators can become one. */
export const paths: ListScreen = {
  kind: 'list',
  id: 'paths',
  title: 'Paths',
  columns: [
    { key: 'identity', title: 'Identity', min: 22, grow: 3, priority: 1 },
    { key: 'hops', title: 'Hops', min: 4, priority: 2, align: 'right', sortKey: 'rank' },
    {
      key: 'sure',
      title: 'Sure',
      min: 8,
      priority: 2,
      tone: ({ sure }) => (sure === 'certain' ? 'bad' : 'warning'),
    },
    { key: 'first', title: 'First step', min: 16, grow: 1, priority: 3 },
    { key: 'becomes', title: 'Becomes', min: 20, grow: 3, priority: 4 },
    { key: 'steps', title: 'All steps', min: 24, grow: 2, priority: 5 },
    { key: 'uid', title: 'Uid', min: 40, grow: 2, priority: 6 },
  ],
  rows: (data) => ({ kind: 'held', read: async () => (await data.pathsToAdmin()).map(rowOf) }),
  sort: { column: 'hops', descending: false },
  open: ({ key }) => ({ screen: 'identity', subject: key }),
  preview: previewOf,
  identity: ({ key }) => key,
  empty: [
    line(['No way from an identity that is no administrator to being one, as far as the graph shows.']),
    line([
      toned(
        'muted',
        'It shows what was read: the screen Coverage says what was not. Administrators: Identities, /can:admin.',
      ),
    ]),
  ],
};

function rowOf({ identity, certainty, hops }: Path): Row {
  return {
    key: identity,
    uid: identity,
    identity: shortName(identity),
    hops: hops.length,
    // What is certain comes first, then what is near.
    rank: hops.length + (certainty === 'certain' ? 0 : 1000),
    sure: certainty === 'certain' ? 'certain' : 'possible',
    first: hops[0]?.via ?? '',
    becomes: shortName(hops.at(-1)?.to ?? ''),
    steps: hops.map(({ via }) => via).join(', '),
  };
}

async function previewOf(row: Row, data: ScreenData) {
  const path = await data.pathToAdmin(row.key);
  return path === null ? [] : drawPath(path, PREVIEW, data.ascii);
}
