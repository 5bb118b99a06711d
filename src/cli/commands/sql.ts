import { withRows, type RowOptions } from '../options.ts';
import type { Define } from '../program.ts';

/** `nhi sql` */
export const defineSql: Define = (program, io, perform) => {
  withRows(program.command('sql'))
    .summary('read-only SQL on a snapshot')
    .description(
      'Runs one read-only SQL statement on a snapshot; docs/schema.md describes the tables and views.',
    )
    .argument('<query>', 'the statement, or - to read it from standard input')
    .addHelpText(
      'after',
      `
Example:
  nhi sql "SELECT system, class, count(*) AS n FROM identities GROUP BY ALL ORDER BY ALL"`,
    )
    .action(async (query: string, options: RowOptions) => {
      const { sqlAction } = await import('../actions/sql.ts');
      await perform(sqlAction(query, options, io));
    });
};
