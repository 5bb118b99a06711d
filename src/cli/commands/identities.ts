import { SYSTEMS, type System } from '#model/system.ts';
import type { IdentityClass } from '#model/identity.ts';
import { list, listOf, withRows, type RowOptions } from '../options.ts';
import type { Define } from '../program.ts';

export interface IdentitiesOptions extends RowOptions {
  readonly system?: readonly System[];
  readonly class?: readonly IdentityClass[];
  readonly kind?: readonly string[];
  readonly scope?: readonly string[];
  readonly name?: string;
  readonly provider?: true;
}

/** `nhi identities` */
export const defineIdentities: Define = (program, io, perform) => {
  withRows(program.command('identities'))
    .summary('list the inventory')
    .description(
      'Lists the identities of a snapshot. Those that the provider manages are left out unless asked for.',
    )
    .option('--system <list>', SYSTEMS.join(', '), listOf(SYSTEMS))
    .option('--class <list>', 'non-human, human, unknown', listOf(['non-human', 'human', 'unknown']))
    .option('--kind <list>', 'iam-user, iam-role, service-account, …', list)
    .option('--scope <list>', 'uids of accounts, clusters, projects, …', list)
    .option('--name <text>', 'names or uids that contain the text')
    .option('--provider', 'also those that the provider manages')
    .action(async (options: IdentitiesOptions) => {
      const { identitiesAction } = await import('../actions/identities.ts');
      await perform(identitiesAction(options, io));
    });
};
