import { Argument, Option } from 'commander';
import { withCommon, type CommonOptions } from '../options.ts';
import type { Define } from '../program.ts';

export interface PermissionsOptions extends CommonOptions {
  readonly for: 'scan' | 'revoke';
  readonly playbook?: string;
  readonly output?: string;
  readonly format: 'text' | 'json';
}

/** `nhi permissions` */
export const definePermissions: Define = (program, io, perform) => {
  withCommon(program.command('permissions'))
    .summary('print the least-privilege policy or role that a live scan needs')
    .description(
      'Prints exactly what the scanner needs for the targets in the configuration, ready for the provider’s own tool: ' +
        'an IAM policy, a custom role, a ClusterRole. Calls nothing.',
    )
    .addArgument(new Argument('<system>', 'the system').choices(['aws', 'azure', 'gcp', 'kubernetes']))
    .addOption(
      new Option('--for <what>', 'what reads, or what revokes').choices(['scan', 'revoke']).default('scan'),
    )
    .option('--playbook <id>', 'with --for revoke: only for the steps of this playbook')
    .option('--output <dir>', 'write each document as a file of its own into a folder')
    .addOption(new Option('--format <format>', 'text or json').choices(['text', 'json']).default('text'))
    .action(async (system: 'aws' | 'azure' | 'gcp' | 'kubernetes', options: PermissionsOptions) => {
      const { permissionsAction } = await import('../actions/permissions.ts');
      await perform(permissionsAction(system, options, io));
    });
};
