import type { Column } from '#store/columns.ts';
import { SCHEMA_VERSION, SNAPSHOT, sqlTable, TABLE_NAMES, TABLES } from '#store/tables.ts';
import { VIEWS } from '#store/views.ts';

/** docs/schema.md: every table, view and column of a snapshot, for people who write SQL and rules. */
export function schemaDocs(): string {
  const tables = TABLE_NAMES.map((table) => ({ ...sqlTable(table), feed: TABLES[table].feed }));
  const views = VIEWS.map(({ columns, ...view }) => ({
    ...view,
    columns: Object.entries(columns).map(([name, column]) => ({ name, ...column })),
  }));
  const sections = [...tables, ...views, SNAPSHOT];
  return [
    INTRODUCTION,
    sections.map(({ name, about }) => `- [\`${name}\`](#${name}): ${about}`).join('\n'),
    '## Tables',
    ...tables.map(({ feed, ...table }) => section({ ...table, feed })),
    '## Views',
    ...views.map(section),
    '## The snapshot itself',
    section(SNAPSHOT),
  ]
    .join('\n\n')
    .concat('\n');
}

const INTRODUCTION = `<!-- Generated from src/store by \`npm run generate\`: change it there. -->

# The schema of a snapshot

A snapshot is one DuckDB file in \`.nhi/snapshots/\`. \`nhi sql\` and rules read it with DuckDB's SQL; nothing can write to it. This is schema version ${SCHEMA_VERSION}: another version of nhi may refuse the file.

- A \`uid\` names the same thing in every snapshot, so two snapshots compare by it. Columns that end in \`_uid\` refer to one; what they refer to may be missing, and that is often the finding.
- Times are TIMESTAMP in UTC. In rules \`$as_of\` is the time that ages are measured at: \`created_at < $as_of - INTERVAL 90 DAY\`.
- JSON columns hold what a provider said, in its own words with keys sorted: \`tags->>'team'\`, \`raw->>'Path'\`.
- NULL means what the column's description says, most often that something is not known. What was not read at all has its row in [\`coverage\`](#coverage): missing rows are not good news without looking there.
- Where two rows of a table had the same uid, the first stays, and \`coverage\` says what was dropped.`;

interface Section {
  readonly name: string;
  readonly about: string;
  readonly columns: readonly (Column & { readonly name: string })[];
  readonly feed?: string | null;
}

function section({ name, about, columns, feed = null }: Section): string {
  const rows = columns.map(
    (column) =>
      `| \`${column.name}\` | ${column.type}${column.nullable ? '' : ', never NULL'} | ${escape(column.about)} |`,
  );
  const filled = feed === null ? '' : ` Filled by the feed \`${feed}\`.`;
  return [
    `### ${name}`,
    `${about}${filled}`,
    ['| column | type | says |', '| --- | --- | --- |', ...rows].join('\n'),
  ].join('\n\n');
}

/** A bar would end the cell. */
function escape(text: string): string {
  return text.replaceAll('|', String.raw`\|`);
}
