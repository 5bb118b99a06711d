import { CATEGORIES, SEVERITIES, type Category, type Severity } from '#model/finding.ts';
import { SYSTEMS, type System } from '#model/system.ts';
import { list, listOf, withRows, type RowOptions } from '../options.ts';
import type { Define } from '../program.ts';

export interface FindingsOptions extends RowOptions {
  readonly severity?: readonly Severity[];
  readonly category?: readonly Category[];
  readonly rule?: readonly string[];
  readonly system?: readonly System[];
  readonly owner?: readonly string[];
  readonly identity?: string;
  readonly status: readonly ('fail' | 'unknown')[];
}

/** `nhi findings` */
export const defineFindings: Define = (program, io, perform) => {
  withRows(program.command('findings'))
    .summary('list what the rules found, worst first')
    .description(
      'Lists what the rules found in a snapshot, worst first. Every filter takes a list with commas.',
    )
    .option('--severity <list>', SEVERITIES.join(', '), listOf(SEVERITIES))
    .option('--category <list>', CATEGORIES.join(', '), listOf(CATEGORIES))
    .option('--rule <list>', 'rule ids', list)
    .option('--system <list>', SYSTEMS.join(', '), listOf(SYSTEMS))
    .option('--owner <list>', 'owners on record; `none` for identities without one', list)
    .option('--identity <text>', 'identities whose name or uid contains the text')
    .option('--status <list>', 'fail, unknown', (value: string) => listOf(['fail', 'unknown'])(value), [
      'fail',
    ])
    .action(async (options: FindingsOptions) => {
      const { findingsAction } = await import('../actions/findings.ts');
      await perform(findingsAction(options, io));
    });
};
