import { repeated, wholeNumber, withSnapshot, type SnapshotOptions } from '../options.ts';
import type { Define } from '../program.ts';

export interface ReportOptions extends SnapshotOptions {
  readonly format?: string;
  readonly output?: string;
  readonly out?: readonly string[];
  readonly framework?: string;
  readonly baseline?: string;
  readonly trend?: number;
  readonly drift?: true | string;
}

/** `nhi report` */
export const defineReport: Define = (program, io, perform) => {
  withSnapshot(program.command('report'))
    .summary('write a report of a snapshot')
    .description(
      'Writes a snapshot as a report: html, markdown, json, csv, csv-identities, sarif, junit, ocsf.',
    )
    .option('--format <format>', 'the format (default: told by the ending of --output, else markdown)')
    .option('--output <file>', 'where to write it (default: standard output)')
    .option('--out <format=file>', 'one more report, as html=report.html; may be repeated', repeated)
    .option('--framework <name>', 'show the answers by the controls of a framework, or of a file of your own')
    .option('--baseline <snapshot|file>', 'mark what is new since a snapshot or a baseline file of nhi gate')
    .option(
      '--drift [snapshot]',
      'show what changed since a snapshot (default: against approved access, else since the one before)',
    )
    .option('--trend <n>', 'show how the last n snapshots went, up to the chosen one', wholeNumber)
    .addHelpText(
      'after',
      `
Examples:
  nhi report --output report.html
  nhi report --out html=report.html --out csv=findings.csv --out json=report.json
  nhi report --framework owasp-nhi-2025`,
    )
    .action(async (options: ReportOptions) => {
      const { reportAction } = await import('../actions/report.ts');
      await perform(reportAction(options, io));
    });
};
