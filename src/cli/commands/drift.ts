import { Option } from 'commander';
import { repeated, withSnapshot, type SnapshotOptions } from '../options.ts';
import type { Define } from '../program.ts';

export interface DriftOptions extends SnapshotOptions {
  readonly from?: string;
  readonly to?: string;
  readonly baseline?: readonly string[];
  readonly cluster?: string;
  readonly managedOnly?: true;
  readonly writeBaseline?: string;
  readonly identity?: string;
  readonly format: 'text' | 'json' | 'markdown' | 'ndjson';
}

/** `nhi drift` */
export const defineDrift: Define = (program, io, perform) => {
  withSnapshot(program.command('drift'))
    .summary('what identities gained and lost, between snapshots or against what was approved')
    .description(
      'Compares what identities can do and become, their credentials and trusts, and the guardrails, between two ' +
        'snapshots or between a snapshot and approved access. How policies are written does not count. What is missing ' +
        'where a scope was not read is unknown, not lost.',
    )
    .option(
      '--from <snapshot>',
      'the earlier snapshot: an id, or as of a date (default: the one before --to)',
    )
    .option('--to <snapshot>', 'the later snapshot: the same as --snapshot')
    .option(
      '--baseline <path>',
      'compare with approved access instead: entitlements.yaml, or Terraform states and Kubernetes manifests, ' +
        'which may be several (default: `baseline` in the configuration)',
      repeated,
    )
    .option(
      '--cluster <name>',
      'the cluster that the Kubernetes objects of --baseline are of (default: the only one)',
    )
    .option('--managed-only', 'leave out what no code of --baseline describes')
    .option('--write-baseline <file>', 'write what is so now as approved access, and compare nothing')
    .option('--identity <identity>', 'only this identity')
    .addOption(
      new Option('--format <format>', 'how to print')
        .choices(['text', 'json', 'markdown', 'ndjson'])
        .default('text'),
    )
    .addHelpText(
      'after',
      `
Examples:
  nhi drift                                   since the snapshot before
  nhi drift --from 2026-10-01 --to 2026-11-01
  nhi drift --write-baseline entitlements.yaml
  nhi drift --baseline entitlements.yaml
  nhi drift --baseline state.json --baseline deploy/    what the code has otherwise, and what it has not`,
    )
    .action(async (options: DriftOptions) => {
      const { driftAction } = await import('../actions/drift.ts');
      await perform(driftAction(options, io));
    });
};
