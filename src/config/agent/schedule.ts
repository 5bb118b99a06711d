import { Cron } from 'croner';
import { z } from 'zod';
import { SEVERITIES } from '#model/finding.ts';
import { baselineSchema } from '../baseline.ts';
import { durationSchema, milliseconds } from './duration.ts';

/** A severity, as the configuration names it. */
export const severitySchema = z.enum(SEVERITIES);

const path = z.string().min(1);

/** Names stand in file names, labels of metrics and headers. */
export const nameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/u, 'expected a name in lower case, with digits and hyphens');

/** An entry of `agent.schedules`. */
export const scheduleSchema = z
  .strictObject({
    name: nameSchema.describe('How to name it in messages, metrics and logs.'),
    cron: z
      .string()
      .optional()
      .describe('When, as a cron expression of five fields, or six with seconds first.'),
    timeZone: z.string().default('UTC').describe('The time zone of the cron expression, as Europe/Berlin.'),
    every: durationSchema
      .refine((text) => milliseconds(text) >= 1000, 'expected a second at least')
      .optional()
      .describe('When, as an interval; left out together with `cron`: 6h.'),
    jitter: durationSchema
      .default('0s')
      .describe(
        'Up to how much later it begins: the same for the same name and time, so that runs can be foretold.',
      ),
    targets: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('Names of `targets` to read; left out: as `nhi scan`.'),
    import: z.array(path).min(1).optional().describe('Exports to read; left out: as `nhi scan`.'),
    data: path.optional().describe('The folder for its snapshots; left out: `data`.'),
    baseline: baselineSchema.describe('Approved access to measure drift against; left out: `baseline`.'),
    gate: z
      .strictObject({
        policy: path.optional().describe('The policy; left out: gate.yaml, where there is one.'),
        baseline: z.string().min(1).optional().describe('As nhi gate --baseline.'),
        newOnly: z.boolean().default(false).describe('As nhi gate --new-only.'),
      })
      .prefault({})
      .describe('The verdict after each scan.'),
    reports: z
      .array(
        z
          .strictObject({
            format: z.string().min(1).describe('A format of nhi report.'),
            file: path.optional().describe('The file to write.'),
            to: nameSchema.optional().describe('The webhook of `notify` to send it to.'),
            framework: z.string().min(1).optional().describe('As nhi report --framework.'),
            trend: z.int().min(1).optional().describe('As nhi report --trend.'),
          })
          .refine(
            ({ file, to }) => (file === undefined) !== (to === undefined),
            'expected either `file` or `to`',
          ),
      )
      .default([])
      .describe('Reports of each scan.'),
    notify: z.array(nameSchema).optional().describe('Names of `notify`; left out: all of them.'),
  })
  .superRefine(({ cron, every, timeZone }, context) => {
    if (cron !== undefined && every !== undefined) {
      context.addIssue({ code: 'custom', path: ['every'], message: 'expected either `cron` or `every`' });
    }
    const problem = cron === undefined ? null : problemWith(cron, timeZone);
    if (problem !== null) context.addIssue({ code: 'custom', path: ['cron'], message: problem });
  });

/** What is scanned when. */
export type ScheduleConfig = z.output<typeof scheduleSchema>;

function problemWith(cron: string, timeZone: string): string | null {
  try {
    const next = new Cron(cron, { paused: true, timezone: timeZone }).nextRun(new Date(0));
    return next === null ? `${cron} never comes` : null;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return /time ?zone/iu.test(why) ? `${timeZone} is no time zone` : why.replace(/^CronPattern: /u, '');
  }
}
