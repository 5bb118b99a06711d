import { list, withCommon, type CommonOptions } from '../options.ts';
import type { Define } from '../program.ts';

export interface AgentCommandOptions extends CommonOptions {
  readonly once?: true;
  readonly due?: true;
  readonly schedule?: readonly string[];
}

/** `nhi agent` */
export const defineAgent: Define = (program, io, perform) => {
  withCommon(program.command('agent'))
    .summary('scan on a schedule, judge, report and notify, until stopped')
    .description(
      'Runs the schedules of the configuration until it is stopped: scans, judges each snapshot, writes reports, tells ' +
        'what is new, looks at revocations again, removes old snapshots, and serves health and metrics. What it was doing ' +
        'when it was stopped, it takes up again.',
    )
    .option(
      '--once',
      'run every schedule once, deliver what waits, and exit with the verdict: for cron and pipelines',
    )
    .option('--due', 'with --once: only the schedules that are due')
    .option('--schedule <list>', 'only these schedules', list)
    .addHelpText(
      'after',
      `
Exit codes with --once: those of nhi gate, the worst of all schedules; 2 where a scan failed. Without: 0 when stopped.

Examples:
  nhi agent                             until SIGTERM or Ctrl-C; the log is JSON unless stderr is a terminal
  nhi agent --once                      from cron or a pipeline
  nhi agent --once --schedule clouds`,
    )
    .action(async (options: AgentCommandOptions) => {
      const { agentAction } = await import('../actions/agent.ts');
      await perform(agentAction(options, io));
    });
};
