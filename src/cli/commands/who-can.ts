import { Option } from 'commander';
import { SYSTEMS, type System } from '#model/system.ts';
import { repeated, withRows, type RowOptions } from '../options.ts';
import type { Define } from '../program.ts';

export interface WhoCanOptions extends RowOptions {
  readonly system?: System;
  readonly scope?: string;
  readonly namespace?: string;
  readonly subresource?: string;
  readonly context?: readonly string[];
  readonly all?: true;
}

/** `nhi who-can` */
export const defineWhoCan: Define = (program, io, perform) => {
  withRows(program.command('who-can'))
    .summary('which identities may do that')
    .description(
      'Lists the identities that may do something, with the answer for each. The reverse of `nhi can`.',
    )
    .argument('<action>', 's3:GetObject; for Kubernetes a verb')
    .argument('[resource]', 'an ARN, a resource id; for Kubernetes TYPE[.GROUP][/NAME] or a path')
    .addOption(new Option('--system <system>', 'where the action does not tell it').choices(SYSTEMS))
    .option('--scope <uid>', 'which cluster or account')
    .option('-n, --namespace <name>', 'Kubernetes: the namespace')
    .option('--subresource <name>', 'Kubernetes: log, exec, status, …')
    .option('--context <key=value>', 'a condition key’s value in the request; repeatable', repeated)
    .option('--all', 'also those for whom the answer is unknown')
    .addHelpText(
      'after',
      `
Examples:
  nhi who-can iam:CreateAccessKey
  nhi who-can get secrets --system kubernetes -n payments`,
    )
    .action(async (action: string, resource: string | undefined, options: WhoCanOptions) => {
      const { whoCanAction } = await import('../actions/who-can.ts');
      await perform(whoCanAction(action, resource, options, io));
    });
};
