import type { Line, PageScreen } from '../screen.ts';
import { coverageSql, type GapRow } from './coverage-select.ts';
import { heading, labelled, line, paragraph, toned, type Block } from './lines.ts';

const LABEL = 12;

/** How one feed was read, what is missing, and which rules lack it. */
export const gap: PageScreen = {
  kind: 'page',
  id: 'gap',
  title: 'Feed',
  lines: async (subject, columns, data) => {
    const [row] = await data.reader.all<GapRow>(
      `SELECT * FROM (${coverageSql(data.ascii)}) WHERE key = $key LIMIT 1`,
      { key: subject ?? '' },
    );
    if (row === undefined) return [line(['This snapshot says nothing of it.'])];
    const rules = [...(await data.rules()).values()].filter(({ needs }) => needs.includes(row.feed));
    const block = { columns };
    return [
      ...gapLines(row, { columns, indent: 0 }),
      ...heading('Rules that need it', String(rules.length)),
      ...rules.flatMap(({ id, title }) =>
        labelled(id, [title], 40, { ...block, link: { screen: 'rule', subject: id } }),
      ),
    ];
  },
};

/** What a row of coverage says, whole. */
export function gapLines(row: GapRow, block: Block): Line[] {
  const { state, status, feed, scope, system, call, missing, detail } = row;
  return [
    ...paragraph([toned('strong', `${state}: ${feed} of ${scope}`)], block),
    ...labelled('system', [system], LABEL, block),
    ...labelled('read by', [call], LABEL, block),
    ...(missing === '' ? [] : labelled('needs', [toned('warning', missing)], LABEL, block)),
    ...(detail === '' ? [] : labelled('missing', [detail], LABEL, block)),
    ...(status === 'complete'
      ? []
      : paragraph(
          [toned('muted', 'What is missing is unknown, not absent: rules that need it answer unknown.')],
          block,
        )),
  ];
}
