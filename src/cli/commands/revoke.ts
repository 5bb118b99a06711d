import { Option } from 'commander';
import { list, withCommon, withSnapshot, type CommonOptions, type SnapshotOptions } from '../options.ts';
import type { Define } from '../program.ts';

export interface RevokePlanOptions extends SnapshotOptions {
  readonly identity?: string;
  readonly finding?: string;
  readonly subject?: string;
  readonly workload?: string;
  readonly playbook?: string;
  readonly twins: boolean;
  readonly delete?: true;
  readonly reason: string;
  readonly requester?: string;
  readonly drill?: true;
  readonly format: 'text' | 'json';
}

export interface RevokeApproveOptions extends CommonOptions {
  readonly as: string;
  readonly key: string;
  readonly overrule?: readonly string[];
}

export interface RevokeApplyOptions extends CommonOptions {
  readonly execute?: true;
}

export interface RevokeVerifyOptions extends CommonOptions {
  readonly import?: readonly string[];
  readonly snapshot?: string;
  readonly scan: boolean;
  readonly wait?: true;
  readonly again?: true;
}

/** `nhi revoke` */
export const defineRevoke: Define = (program, io, perform) => {
  const revoke = program
    .command('revoke')
    .summary('take access away, with a plan, an approval, an undo and a proof');
  const format = () =>
    new Option('--format <format>', 'text or json').choices(['text', 'json']).default('text');

  withSnapshot(revoke.command('plan'))
    .description(
      'Works out how to revoke an identity in every connected system: ways in and out, steps, what would remain, and ' +
        'what speaks against it. Changes nothing.',
    )
    .option('--identity <identity>', 'the identity: a uid, a name, or a part of either that no other has')
    .option('--finding <id>', 'what a finding is about, by its playbook')
    .option(
      '--subject <uid>',
      'which of the credentials, grants or trusts that the finding names (the end of its uid is enough)',
    )
    .option('--workload <name>', 'every identity of a workload')
    .option('--playbook <id>', 'the playbook (default: the finding’s, else quarantine-then-delete)')
    .option('--no-twins', 'leave the same workload’s identities in other systems alone')
    .option('--delete', 'also what cannot be undone')
    .option('--reason <text>', 'why, for the evidence', '')
    .option('--requester <name>', 'who asks for it (default: your user name)')
    .option('--drill', 'only tell how much could be proved; keep no plan')
    .addOption(format())
    .action(async (options: RevokePlanOptions) => {
      const { revokePlanAction } = await import('../actions/revoke-plan.ts');
      await perform(revokePlanAction(options, io));
    });

  withCommon(revoke.command('approve'))
    .description('Signs a plan’s digest. Whoever asked for the revocation cannot approve it.')
    .argument('<plan>', 'the plan’s id or file')
    .requiredOption('--as <name>', 'the approver’s name, as the configuration has it')
    .requiredOption('--key <file>', 'the approver’s private key')
    .option('--overrule <guards>', 'guards that hold the plan and are overruled', list)
    .action(async (plan: string, options: RevokeApproveOptions) => {
      const { revokeApproveAction } = await import('../actions/revoke-approve.ts');
      await perform(revokeApproveAction(plan, options, io));
    });

  withCommon(revoke.command('apply'))
    .description(
      'Carries an approved plan out, from where an earlier run stopped. Without --execute it only says what it would do.',
    )
    .argument('<plan>', 'the plan’s id or file')
    .option('--execute', 'act')
    .action(async (plan: string, options: RevokeApplyOptions) => {
      const { revokeApplyAction } = await import('../actions/revoke-apply.ts');
      await perform(revokeApplyAction(plan, options, io));
    });

  withCommon(revoke.command('verify'))
    .description(
      'Tells whether access is gone: reads every object again, takes a new snapshot and asks the engine, asks the ' +
        'system’s own evaluator, and looks for use in the logs. Exit code 5 where it is not proved.',
    )
    .argument('<plan>', 'the plan’s id or file')
    .option('--wait', 'wait until the changes have settled')
    .option('--again', 'look for what came back, after an earlier verification')
    .option('--import <path>', 'take the new snapshot from exports; may be repeated', list)
    .option('--snapshot <id>', 'a snapshot that was taken since, instead of a new one')
    .option('--no-scan', 'take no new snapshot')
    .action(async (plan: string, options: RevokeVerifyOptions) => {
      const { revokeVerifyAction } = await import('../actions/revoke-verify.ts');
      await perform(revokeVerifyAction(plan, options, io));
    });

  withCommon(revoke.command('rollback'))
    .description(
      'Undoes what a plan did, the last step first. Without --execute it only says what it would do.',
    )
    .argument('<plan>', 'the plan’s id or file')
    .option('--execute', 'act')
    .action(async (plan: string, options: RevokeApplyOptions) => {
      const { revokeRollbackAction } = await import('../actions/revoke-rollback.ts');
      await perform(revokeRollbackAction(plan, options, io));
    });

  withCommon(revoke.command('list'))
    .description('Lists revocations with how far they are and their verdicts.')
    .addOption(format())
    .action(async (options: CommonOptions & { readonly format: 'text' | 'json' }) => {
      const { revokeListAction } = await import('../actions/revoke-list.ts');
      await perform(revokeListAction(options, io));
    });
};
