import { Option } from 'commander';
import { list, withCommon, type CommonOptions } from '../options.ts';
import type { RowFormat } from '../terminal/print-rows.ts';
import type { Define } from '../program.ts';

export interface RulesOptions extends CommonOptions {
  readonly format: RowFormat;
  readonly rules?: readonly string[];
}

/** `nhi rules` */
export const defineRules: Define = (program, io, perform) => {
  const rules = program.command('rules').summary('list, explain and check the rules');
  withCommon(rules.command('list', { isDefault: true }))
    .description('Lists the rules with their thresholds as configured.')
    .option('--rules <dir>', 'folder with rules of your own; may be repeated', list)
    .addOption(
      new Option('--format <format>', 'how to print rows')
        .choices(['table', 'json', 'csv', 'ndjson'])
        .default('table'),
    )
    .action(async (options: RulesOptions) => {
      const { listRulesAction } = await import('../actions/rules.ts');
      await perform(listRulesAction(options, io));
    });
  withCommon(rules.command('show'))
    .description('Explains one rule: why it matters, what it cannot see, what to do, its SQL.')
    .argument('<rule>', 'rule id')
    .option('--rules <dir>', 'folder with rules of your own; may be repeated', list)
    .action(async (id: string, options: Omit<RulesOptions, 'format'>) => {
      const { showRuleAction } = await import('../actions/rules.ts');
      await perform(showRuleAction(id, options, io));
    });
  withCommon(rules.command('check'))
    .description(
      'Checks rule files: header, SQL, and the examples in the header. Exit code 2 where one is wrong.',
    )
    .argument(
      '[path...]',
      'rule files or folders (default: the built-in rules and those of the configuration)',
    )
    .action(async (paths: readonly string[], options: CommonOptions) => {
      const { checkRulesAction } = await import('../actions/rules.ts');
      await perform(checkRulesAction(paths, options, io));
    });
};
