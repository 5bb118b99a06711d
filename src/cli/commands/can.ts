import { Option } from 'commander';
import { SYSTEMS, type System } from '#model/system.ts';
import { repeated, withSnapshot, type SnapshotOptions } from '../options.ts';
import type { Define } from '../program.ts';

/** How a question about access is put on the command line. */
export interface AskOptions extends SnapshotOptions {
  readonly system?: System;
  readonly scope?: string;
  readonly namespace?: string;
  readonly subresource?: string;
  readonly asGroup?: readonly string[];
  readonly context?: readonly string[];
  readonly format: 'text' | 'json';
}

export interface CanOptions extends AskOptions {
  readonly batch?: string;
}

/** `nhi can` */
export const defineCan: Define = (program, io, perform) => {
  withSnapshot(program.command('can'))
    .summary('may this identity do that, and why')
    .description(
      'Answers whether an identity may do something: allowed, conditional, denied or unknown, with the reasons. ' +
        'A principal is a uid, a name that only one identity has, or the system’s own name (an ARN, ' +
        'system:serviceaccount:NAMESPACE:NAME).',
    )
    .argument('[principal]', 'who')
    .argument('[action]', 's3:GetObject; for Kubernetes a verb')
    .argument('[resource]', 'an ARN, a resource id; for Kubernetes TYPE[.GROUP][/NAME] or a path')
    .addOption(
      new Option('--system <system>', 'where the principal’s name does not tell it').choices(SYSTEMS),
    )
    .option('--scope <uid>', 'which cluster or account, where several are in the snapshot')
    .option('-n, --namespace <name>', 'Kubernetes: the namespace')
    .option('--subresource <name>', 'Kubernetes: log, exec, status, …')
    .option(
      '--as-group <name>',
      'Kubernetes: a group of the principal, instead of the implied ones; repeatable',
      repeated,
    )
    .option('--context <key=value>', 'a condition key’s value in the request; repeatable', repeated)
    .option('--batch <file>', 'answer a file of questions, one JSON object a line; - reads standard input')
    .addOption(new Option('--format <format>', 'text or json').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      `
Examples:
  nhi can arn:aws:iam::111122223333:role/deploy iam:PassRole arn:aws:iam::111122223333:role/admin
  nhi can system:serviceaccount:shop:web get secrets -n shop
  nhi can --batch questions.ndjson > answers.ndjson`,
    )
    .action(
      async (
        principal: string | undefined,
        action: string | undefined,
        resource: string | undefined,
        options: CanOptions,
      ) => {
        const { canAction } = await import('../actions/can.ts');
        await perform(canAction({ principal, action, resource }, options, io));
      },
    );
};
