import type { Line, ScreenData } from '../screen.ts';
import { coverageSql, stateTone } from './coverage-select.ts';
import { counted, heading, labelled, paragraph, toned, type Block } from './lines.ts';

const SHOWN = 6;

interface Gap {
  readonly state: string;
  readonly status: string;
  readonly feed: string;
  readonly scopes: number;
  readonly scope: string;
  readonly missing: string;
}

/** What was not read, the worst first, and how much was. */
export async function coverageSection(data: ScreenData, block: Block): Promise<Line[]> {
  const select = coverageSql(data.ascii);
  const [whole] = await data.reader.all<{ complete: number; feeds: number }>(
    `SELECT count(*) FILTER (complete) AS complete, count(*) AS feeds FROM (
       SELECT bool_and(status = 'complete') AS complete FROM coverage
       WHERE scope_uid IS NOT NULL AND feed IS NOT NULL GROUP BY scope_uid, feed)`,
  );
  const gaps = await data.reader.all<Gap>(
    `SELECT any_value(state) AS state, status, feed, count(DISTINCT scope) AS scopes, min(scope) AS scope,
       max(missing) AS missing
     FROM (${select}) WHERE status <> 'complete' GROUP BY status, feed ORDER BY min(rank), scopes DESC, feed`,
  );
  const left = gaps.length - SHOWN;
  const feeds = whole?.feeds ?? 0;
  const open = { ...block, link: { screen: 'coverage' } };
  return [
    ...heading(
      'Coverage',
      feeds === 0
        ? 'nothing says what was read'
        : `${whole?.complete ?? 0} of ${counted(feeds, 'feed')} complete`,
    ),
    ...gaps.slice(0, SHOWN).flatMap((gap) => gapLine(gap, block)),
    ...(left > 0 ? paragraph([toned('muted', `and ${counted(left, 'more gap')}`)], open) : []),
    ...(gaps.length === 0 && feeds > 0 ? paragraph([toned('good', 'No gaps.')], open) : []),
  ];
}

function gapLine({ state, status, feed, scopes, scope, missing }: Gap, block: Block): Line[] {
  const where = scopes === 1 ? scope : `${scopes} scopes, ${scope} first`;
  return labelled(
    toned(stateTone(status), state),
    [`${feed} of ${where}`, missing === '' ? '' : toned('warning', `, needs ${missing}`)],
    12,
    { ...block, link: { screen: 'coverage', filter: `feed:${feed}` } },
  );
}
