import { join } from 'node:path';
import { z } from 'zod';
import { SEVERITIES } from '#model/finding.ts';
import type { AgentLog } from './events.ts';
import type { AgentFiles } from './files.ts';

const count = z.number().min(0);
const time = z.number().nullable();

const recordSchema = z.object({
  version: z.literal(1),
  /** The slot that was planned last; the run that it led to need not have finished. */
  planned: time,
  /** How often the run of that slot was begun. */
  attempts: count,
  /** The run was begun and has not ended: by a kill or a power failure, where nobody runs. */
  running: z.boolean(),
  finished: time,
  succeeded: time,
  /** Seconds that the last successful run took. */
  seconds: z.number().nullable(),
  snapshot: z.string().nullable(),
  runs: count,
  failures: count,
  skipped: count,
  /** When revocations were looked at again, by their ids. */
  regrowth: z.record(z.string(), z.number()),
  numbers: z
    .object({
      findings: z.record(z.enum(SEVERITIES), count),
      unknown: count,
      feeds: z.object({ complete: count, total: count }),
      kpis: z.array(z.object({ name: z.string(), value: z.number().nullable() })).readonly(),
      drift: count,
      gatePassed: z.boolean(),
    })
    .nullable(),
});

/** What is remembered of the runs of one schedule. Times are in milliseconds since the epoch. */
export type RunRecord = Readonly<z.output<typeof recordSchema>>;

/** A schedule that never ran. */
export const NEVER_RAN: RunRecord = {
  version: 1,
  planned: null,
  attempts: 0,
  running: false,
  finished: null,
  succeeded: null,
  seconds: null,
  snapshot: null,
  runs: 0,
  failures: 0,
  skipped: 0,
  regrowth: {},
  numbers: null,
};

/** The file of a schedule's record. */
export function recordFile(folder: string, schedule: string): string {
  return join(folder, `${schedule}.runs.json`);
}

/** Reads a record. One that cannot be understood is set aside, said, and begun anew. */
export async function readRecord(file: string, files: AgentFiles, log: AgentLog): Promise<RunRecord> {
  return (await readChecked(file, recordSchema, files, log)) ?? NEVER_RAN;
}

/** Reads a file that the agent wrote; null: there is none, or it is broken and was set aside. */
export async function readChecked<S extends z.ZodType>(
  file: string,
  schema: S,
  files: AgentFiles,
  log: AgentLog,
): Promise<z.output<S> | null> {
  const text = await files.read(file);
  if (text === null) return null;
  const problem = (() => {
    try {
      const result = schema.safeParse(JSON.parse(text));
      return result.success ? result : (result.error.issues[0]?.message ?? 'not valid');
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  })();
  if (typeof problem !== 'string') return problem.data;
  await files.move(file, `${file}.broken`);
  log({ event: 'set-aside', file: `${file}.broken`, problem });
  return null;
}
