import { SEVERITIES } from '#model/finding.ts';
import type { Summary } from '../../summary.ts';
import { counted, grouped, systemTitle } from '../../words.ts';
import type { PageData } from '../data.ts';
import { markup } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { pager, search, select } from './controls.ts';
import { left, severityMark, table } from './parts.ts';
import type { Column } from './parts.ts';

const COLUMNS: readonly Column[] = [
  { title: 'Identity', key: 'name' },
  { title: 'Where', key: 'where' },
  { title: 'Kind', key: 'kind' },
  { title: 'Worst', key: 'worst', first: 'descending' },
  { title: 'Findings', key: 'failed', first: 'descending', className: 'n' },
  { title: 'Unknown', key: 'unknown', first: 'descending', className: 'n' },
  { title: 'Capabilities', key: 'capabilities', first: 'descending' },
  { title: 'Last used', key: 'lastUsed', first: 'descending' },
  { title: 'Owner', key: 'owner' },
];

/** The population, with its filters. The rows are the script's. */
export function identitiesSection(data: PageData, summary: Summary): Markup {
  if (data.identities.length === 0) {
    return markup`<h2 tabindex="-1">Identities</h2>${left(data.identitiesLeft, 'identity', 'identities')}<div class="empty"><p><strong>No identity was collected.</strong> See <a href="#/coverage">coverage</a> for what was tried.</p></div>`;
  }
  return markup`<h2 tabindex="-1">Identities</h2>
<noscript><p class="note">Scripts are off. The csv-identities report lists the population of ${counted(summary.identities, 'identity', 'identities')}.</p></noscript>
${left(data.identitiesLeft, 'identity', 'identities')}
${filters(data)}
<div class="rows scripted">${table('Identities, those with the worst findings first', COLUMNS, null)}</div>
${pager('identities')}`;
}

function filters({ identities }: PageData): Markup {
  const values = (of: (identity: PageData['identities'][number]) => string): (readonly [string, string])[] =>
    [...new Set(identities.map(of))].toSorted().map((value) => [value, value]);
  const systems = [...new Set(identities.map(({ system }) => system))];
  return markup`<form class="filters" aria-label="Filter the identities">
${search('Search identities')}
<fieldset class="pills"><legend class="unseen">Worst finding</legend>${SEVERITIES.map(
    (severity) =>
      markup`<label class="pill"><input type="checkbox" name="severity" value="${severity}">${severityMark(severity)}</label>`,
  )}</fieldset>
${select(
  'system',
  'System',
  systems.map((system) => [system, systemTitle(system)]),
)}
${select(
  'class',
  'Class',
  values((identity) => identity.class),
)}
${select(
  'managed',
  'Managed by',
  values((identity) => identity.managedBy),
)}
${select('capability', 'Capability', capabilities(identities))}
${select('owner', 'Owner', [
  ['yes', 'On record'],
  ['no', 'None on record'],
])}
<a class="reset" href="#/identities">Reset</a>
</form>`;
}

function capabilities(identities: PageData['identities']): (readonly [string, string])[] {
  const counts = new Map<string, number>();
  for (const capability of identities.flatMap((identity) => identity.capabilities)) {
    counts.set(capability, (counts.get(capability) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([capability, count]) => [capability, `${capability} (${grouped(count)})`]);
}
