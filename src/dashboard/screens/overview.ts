import type { Line, PageScreen } from '../screen.ts';
import { line, paragraph, toned } from './lines.ts';
import { changesSection } from './overview-changes.ts';
import { coverageSection } from './overview-coverage.ts';
import { kpiSection } from './overview-kpis.ts';
import { severitySection } from './overview-severity.ts';
import { dayOf, readAsOf } from './time.ts';

/** The estate on one page: what is wrong where, what changed, what was not read, and the metrics with their trend. */
export const overview: PageScreen = {
  kind: 'page',
  id: 'overview',
  title: 'Overview',
  lines: async (_subject, columns, data) => {
    const block = { columns };
    const [population] = await data.reader.all<Population>(POPULATION);
    if (population === undefined || population.identities === 0) return nothing(columns);
    const { identities, nonHuman, human, scopes } = population;
    const unclear = identities - nonHuman - human;
    const asOf = dayOf(await readAsOf(data.reader));
    return [
      ...paragraph(
        [
          toned('strong', `${identities} identities`),
          ` in ${scopes} scopes on ${asOf}: ${nonHuman} non-human, ${human} human, ${unclear} unknown`,
        ],
        { columns, indent: 0, link: { screen: 'identities' } },
      ),
      ...(await severitySection(data, block)),
      ...(await changesSection(data, block)),
      ...(await coverageSection(data, block)),
      ...(await kpiSection(data, block)),
    ];
  },
};

interface Population {
  readonly identities: number;
  readonly nonHuman: number;
  readonly human: number;
  readonly scopes: number;
}

const POPULATION = `
  SELECT count(*) AS identities, count(*) FILTER (class = 'non-human') AS "nonHuman",
    count(*) FILTER (class = 'human') AS human, count(DISTINCT scope_uid) AS scopes
  FROM identities`;

function nothing(columns: number): Line[] {
  return [
    line([toned('strong', 'This snapshot holds no identities.')]),
    ...paragraph(['That is no good news: nothing was read, or what was read holds none.'], {
      columns,
      indent: 0,
    }),
    line([toned('link', 'Coverage says what was read and what was not')], { screen: 'coverage' }),
    ...paragraph(
      [
        toned(
          'muted',
          'To read systems: nhi doctor, then nhi scan. To read exports: nhi scan --import PATH.',
        ),
      ],
      { columns, indent: 0 },
    ),
  ];
}
