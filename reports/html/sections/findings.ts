import { SEVERITIES } from '#model/finding.ts';
import type { Headline } from '../../headline.ts';
import { clip } from '../../inert-text.ts';
import type { Lookup } from '../../lookup.ts';
import { counted, systemTitle } from '../../words.ts';
import type { PageData, PageFinding } from '../data.ts';
import { markup } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { pager, search, select } from './controls.ts';
import { left, severityMark, SHOWN_NAME, statusMark, table, where } from './parts.ts';
import type { Column } from './parts.ts';

const WITHOUT_SCRIPT = 200;

const COLUMNS: readonly Column[] = [
  { title: 'Severity', key: 'severity', first: 'descending' },
  { title: 'Status', key: 'status' },
  { title: 'Finding', key: 'title' },
  { title: 'Identity', key: 'identity' },
  { title: 'Where', key: 'where' },
  { title: 'First seen', key: 'firstSeen', first: 'descending' },
];

/** The table of findings with its filters; without script, the worst of them as plain rows. */
export function findingsSection(data: PageData, { unmeasured }: Headline, by: Lookup): Markup {
  const { findings, findingsLeft } = data;
  if (findings.length === 0) return emptyFindings(findingsLeft, unmeasured === null);
  return markup`<h2 tabindex="-1">Findings</h2>
${filters(findings)}
<noscript><p class="note">Scripts are off: ${shownWithoutScript(findings.length)}, without filters and details.</p></noscript>
${left(findingsLeft, 'finding', 'findings')}
<div class="rows">${table(
    'Findings, worst first',
    COLUMNS,
    findings.slice(0, WITHOUT_SCRIPT).map((finding) => findingRow(finding, by)),
  )}</div>
${pager('findings')}`;
}

function shownWithoutScript(count: number): string {
  if (count <= WITHOUT_SCRIPT) return `this is the list of all findings`;
  return `these are the worst ${WITHOUT_SCRIPT} of ${counted(count, 'finding')}`;
}

function emptyFindings(findingsLeft: number, measured: boolean): Markup {
  const text = measured
    ? markup`<strong>No findings.</strong> Everything that was asked for was read and every rule could decide`
    : markup`<strong>No findings in what was measured.</strong> That is not all clear`;
  return markup`<h2 tabindex="-1">Findings</h2>
${left(findingsLeft, 'finding', 'findings')}
<div class="empty"><p>${text}: see <a href="#/coverage">coverage</a> and <a href="#/rules">rules</a>.</p></div>`;
}

function filters(findings: readonly PageFinding[]): Markup {
  const rules = [...new Set(findings.map((finding) => finding.ruleId))].toSorted();
  const categories = [...new Set(findings.map((finding) => finding.category))].toSorted();
  const systems = [...new Set(findings.map((finding) => finding.system))];
  return markup`<form class="filters" aria-label="Filter the findings">
${search('Search findings')}
<fieldset class="pills"><legend class="unseen">Severity</legend>${SEVERITIES.map(
    (severity) =>
      markup`<label class="pill"><input type="checkbox" name="severity" value="${severity}">${severityMark(severity)}</label>`,
  )}</fieldset>
${select('status', 'Status', [
  ['fail', 'Fail'],
  ['unknown', 'Unknown'],
])}
${select(
  'system',
  'System',
  systems.map((system) => [system ?? 'none', systemTitle(system)]),
)}
${select(
  'category',
  'Category',
  categories.map((category) => [category, category]),
)}
${select(
  'rule',
  'Rule',
  rules.map((rule) => [rule, clip(rule, 60)]),
)}
${
  findings.some(({ waiver }) => waiver !== null)
    ? select('waiver', 'Waiver', [
        ['no', 'Not waived'],
        ['yes', 'Waived'],
      ])
    : null
}
${
  findings.some(({ baselineState }) => baselineState !== null)
    ? select('baseline', 'Baseline', [
        ['new', 'New'],
        ['unchanged', 'Unchanged'],
      ])
    : null
}
<a class="reset" href="#/findings">Reset</a>
</form>`;
}

function findingRow(finding: PageFinding, by: Lookup): Markup {
  const identity = by.identity(finding.identityUid)?.name ?? finding.identityUid ?? '–';
  return markup`<tr><td>${severityMark(finding.severity)}</td><td>${statusMark(finding)}</td><td>${clip(finding.title, SHOWN_NAME)} <code class="under">${clip(finding.ruleId, SHOWN_NAME)}</code></td><td><bdi>${clip(identity, SHOWN_NAME)}</bdi></td><td><bdi>${where(finding, by)}</bdi></td><td class="date">${finding.firstSeenAt.slice(0, 10)}</td></tr>
`;
}
