import { InvalidArgumentError, Option } from 'commander';
import { SEVERITIES } from '#model/finding.ts';
import type { Threshold } from '#gate/policy.ts';
import { repeated, withSnapshot, type SnapshotOptions } from '../options.ts';
import type { Define } from '../program.ts';

export interface GateOptions extends SnapshotOptions {
  readonly policy?: string;
  readonly failOn?: Threshold;
  readonly failOnDrift?: true;
  readonly newOnly?: true;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly minCoverage?: number;
  readonly out?: readonly string[];
  readonly plan?: string;
  readonly manifests?: string;
  readonly cluster?: string;
}

/** `nhi gate` */
export const defineGate: Define = (program, io, perform) => {
  withSnapshot(program.command('gate'))
    .summary('pass or fail a snapshot by a policy')
    .description(
      'Holds the findings and the coverage of a snapshot against a policy, and says PASS or FAIL with the reasons.',
    )
    .option('--policy <file>', 'policy file (default: gate.yaml where there is one)')
    .addOption(
      new Option(
        '--fail-on <severity>',
        'findings of this severity and worse fail; says more than the policy',
      ).choices([...SEVERITIES, 'none']),
    )
    .option('--fail-on-drift', 'whatever is not as it was approved fails, however severe')
    .option('--new-only', 'only what is new since the baseline fails (default baseline: the snapshot before)')
    .option(
      '--baseline <snapshot|file>',
      'only what is new since this snapshot (id or date) or baseline file fails',
    )
    .option('--write-baseline <file>', 'write what is found now as a baseline file, and judge nothing')
    .option(
      '--min-coverage <percent>',
      'percentage of the feeds of every scope that must be complete',
      percent,
    )
    .option('--plan <file>', 'judge what a Terraform plan (terraform show -json) would change instead')
    .option('--manifests <path>', 'judge what Kubernetes manifests would change instead, or too')
    .option('--cluster <name>', 'the cluster that Kubernetes objects go to (default: the only one)')
    .option(
      '--out <format=file>',
      'write the verdict to a file too: json=FILE; with --plan or --manifests also sarif, markdown',
      repeated,
    )
    .addHelpText(
      'after',
      `
Exit codes: 0 passed, 1 failed, 3 failed for coverage alone, 4 failed and a waiver has expired, 2 nothing to judge.

Examples:
  nhi gate                                    high and critical findings fail
  nhi gate --fail-on critical --min-coverage 90
  nhi gate --new-only                         only what the snapshot before did not have
  nhi gate --write-baseline baseline.json     accept what there is, then:
  nhi gate --baseline baseline.json
  nhi gate --plan tfplan.json                 before it is deployed: who would gain what
  nhi gate --manifests deploy/ --cluster prod --out sarif=gate.sarif`,
    )
    .action(async (options: GateOptions) => {
      if (options.plan !== undefined || options.manifests !== undefined) {
        const { gatePlanAction } = await import('../actions/gate-plan.ts');
        await perform(gatePlanAction(options, io));
        return;
      }
      const { gateAction } = await import('../actions/gate.ts');
      await perform(gateAction(options, io));
    });
};

function percent(value: string): number {
  const number = /^\d+(?:\.\d+)?%?$/u.test(value) ? Number(value.replace('%', '')) : NaN;
  if (!(number <= 100)) throw new InvalidArgumentError('Not a percentage from 0 to 100.');
  return number;
}
