import { SYSTEMS, type System } from '#model/system.ts';
import { listOf, wholeNumber, withRows, type RowOptions } from '../options.ts';
import type { Define } from '../program.ts';

export interface KpiOptions extends RowOptions {
  readonly system?: readonly System[];
  readonly trend?: number;
}

/** `nhi kpi` */
export const defineKpi: Define = (program, io, perform) => {
  withRows(program.command('kpi'))
    .summary('show the metrics, and how they went')
    .description(
      'Shows the metrics of a snapshot, of all systems together and of each. What was not measured has no number and the ' +
        'reason. docs/kpi.md has the formulas.',
    )
    .option('--system <list>', `only these: ${SYSTEMS.join(', ')}`, listOf(SYSTEMS))
    .option('--trend <n>', 'over the last n snapshots, up to the chosen one', wholeNumber)
    .action(async (options: KpiOptions) => {
      const { kpiAction } = await import('../actions/kpi.ts');
      await perform(kpiAction(options, io));
    });
};
