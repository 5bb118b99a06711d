import type { ListScreen, Row, ScreenData, Tone } from '../screen.ts';
import { line, paragraph, PREVIEW, toned } from './lines.ts';
import { marksFor } from './marks.ts';
import { readRuleLines, type RuleLine } from './rule-results.ts';

/** Every rule with how it went: what failed first, then what could not be decided. */
export const rules: ListScreen = {
  kind: 'list',
  id: 'rules',
  title: 'Rules',
  columns: [
    { key: 'result', title: 'Result', min: 9, priority: 1, sortKey: 'rank', tone: resultTone },
    { key: 'rule', title: 'Rule', min: 24, grow: 2, priority: 1 },
    { key: 'failed', title: 'Failed', min: 6, priority: 2, align: 'right' },
    { key: 'unknown', title: 'Unknown', min: 7, priority: 2, align: 'right' },
    { key: 'passed', title: 'Passed', min: 6, priority: 3, align: 'right' },
    { key: 'severity', title: 'Severity', min: 10, priority: 4, sortKey: 'severity_rank' },
    { key: 'category', title: 'Category', min: 15, priority: 6 },
    { key: 'what', title: 'What', min: 30, grow: 3, priority: 5 },
  ],
  rows: (data) => ({ kind: 'held', read: () => rowsOf(data) }),
  sort: { column: 'result', descending: false },
  open: ({ rule }) => ({ screen: 'findings', filter: `rule:${String(rule)}` }),
  preview: previewOf,
  empty: [
    line(['No rules: the snapshot was judged by none, and none is loaded.']),
    line([toned('muted', 'nhi rules list shows those that are loaded; nhi scan runs them.')]),
  ],
};

const ORDER = ['broken', 'fail', 'unknown', 'pass', 'nothing'] as const;

async function rowsOf(data: ScreenData): Promise<readonly Row[]> {
  const { coverage, severity: marks } = marksFor(data.ascii);
  const words = {
    broken: `${coverage.failed} broken`,
    fail: `${coverage.failed} failed`,
    unknown: '? unknown',
    pass: `${coverage.complete} passed`,
    nothing: `${coverage.skipped} nothing`,
  };
  return (await readRuleLines(data)).map((rule): Row => {
    const { id, title, category, severity, severityRank, passed, failed, unknown, result } = rule;
    return {
      key: id,
      rule: id,
      result: words[result],
      answer: result,
      // What failed worst comes first.
      rank: ORDER.indexOf(result) * 10 + severityRank,
      failed,
      unknown,
      passed,
      severity: severity === null ? 'not known' : `${marks[severity]} ${severity}`,
      severity_rank: severityRank,
      category,
      what: title,
    };
  });
}

async function previewOf(row: Row, data: ScreenData) {
  const notes = (await data.rules()).get(row.key);
  const found = (await readRuleLines(data)).find(({ id }) => id === row.key);
  return [
    ...paragraph([toned('strong', row.key)], PREVIEW),
    ...(found === undefined ? [] : paragraph([resultWords(found)], PREVIEW)),
    line([]),
    ...paragraph([notes?.about ?? 'The rule is not among those that are loaded.'], PREVIEW),
  ];
}

/** What a rule's counts mean. */
function resultWords({ result, passed, failed, unknown }: RuleLine): string {
  switch (result) {
    case 'broken':
      return 'It did not run to its end: its counts are not whole.';
    case 'nothing':
      return 'It found nothing to judge, which is no pass.';
    case 'fail':
    case 'unknown':
    case 'pass':
      return `${failed} failed, ${unknown} unknown for lack of data, ${passed} passed.`;
  }
}

function resultTone({ answer }: Row): Tone {
  if (answer === 'fail' || answer === 'broken') return 'bad';
  return answer === 'pass' ? 'good' : 'warning';
}
