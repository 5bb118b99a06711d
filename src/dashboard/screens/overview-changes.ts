import { DIRECTIONS } from '#model/drift.ts';
import { StoreError } from '#model/errors.ts';
import type { Changes } from '../given.ts';
import type { Line, ScreenData, Span } from '../screen.ts';
import { directionTone } from './drift.ts';
import { findingLine } from './identity-findings.ts';
import { heading, labelled, paragraph, toned, type Block } from './lines.ts';

const LABEL = 12;

/** What changed since the snapshot before: findings that came and went, and what identities gained and lost. */
export async function changesSection(data: ScreenData, block: Block): Promise<Line[]> {
  const changes = await data.changes().catch(messageOf);
  if (changes === null || typeof changes === 'string') {
    const why = changes ?? 'this is the first snapshot';
    return [
      ...heading('Since the scan before'),
      ...paragraph([toned('warning', `Not known: ${why}.`)], block),
    ];
  }
  const counts = DIRECTIONS.flatMap((direction): Span[] => {
    const n = changes.access.get(direction) ?? 0;
    return n === 0 ? [] : [toned(directionTone(direction), `${n} ${direction}  `)];
  });
  return [
    ...heading('Since the scan before', changes.from),
    ...findingLines(changes, block),
    ...labelled(
      'access',
      counts.length === 0 ? ['nothing that identities can do has changed'] : counts,
      LABEL,
      {
        ...block,
        link: { screen: 'drift' },
      },
    ),
    ...changes.worst.flatMap((each) => findingLine(each, { ...block, indent: 4 }, data.ascii)),
  ];
}

/** An earlier snapshot that cannot be read takes nothing else from the page. */
function messageOf(error: unknown): string {
  if (error instanceof StoreError) return error.message;
  throw error;
}

function findingLines({ findings }: Changes, block: Block): Line[] {
  const sum = (key: 'opened' | 'closed' | 'undecided') =>
    findings.reduce((total, row) => total + row[key], 0);
  const opened = findings.filter((row) => row.opened > 0).map((row) => `${row.opened} ${row.severity}`);
  const [news, closed, undecided] = [sum('opened'), sum('closed'), sum('undecided')];
  return labelled(
    'findings',
    [
      toned(news > 0 ? 'bad' : 'plain', `${news} new${news === 0 ? '' : ` (${opened.join(', ')})`}`),
      toned(closed > 0 ? 'good' : 'plain', `, ${closed} closed`),
      ...(undecided === 0 ? [] : [toned('warning', `, ${undecided} that nobody can tell any more`)]),
    ],
    LABEL,
    { ...block, link: { screen: 'findings' } },
  );
}
