import { join } from 'node:path';
import { z } from 'zod';
import { SEVERITIES } from '#model/finding.ts';
import type { AgentLog } from './events.ts';
import type { AgentFiles } from './files.ts';
import { readChecked } from './run-record.ts';

const scope = z.string().nullable();

const toldSchema = z.object({
  version: z.literal(1),
  /** Findings by id. */
  findings: z.record(
    z.string(),
    z.object({ severity: z.enum(SEVERITIES), status: z.enum(['fail', 'unknown']), scope }),
  ),
  /** Drift by content, with its scope. */
  drift: z.record(z.string(), scope),
  /** The last verdict of the gate. */
  passed: z.boolean().nullable(),
  /** Feeds that were complete when they were last read, as `scope feed`. */
  complete: z.array(z.string()),
  /** Feeds that were complete once and are not now, with their scopes. */
  lost: z.record(z.string(), z.string()),
  /** Verdicts on revocations that were looked at again, by their ids. */
  revocations: z.record(z.string(), z.string()),
  /** The last run failed. */
  failing: z.boolean(),
  /** Messages that were prepared with this. */
  batch: z.array(z.string()),
});

/** What was told of one schedule already: only what is beyond it is news. */
export type Told = Readonly<z.output<typeof toldSchema>>;

/** Before anything was told. */
export const NOTHING_TOLD: Told = {
  version: 1,
  findings: {},
  drift: {},
  passed: null,
  complete: [],
  lost: {},
  revocations: {},
  failing: false,
  batch: [],
};

/** How the names of files with what was told end. */
export const TOLD = '.told.json';

/** The file with what was told of a schedule. */
export function toldFile(folder: string, schedule: string): string {
  return join(folder, `${schedule}${TOLD}`);
}

/** Reads what was told. A file that cannot be understood is set aside and said: then everything is news again. */
export async function readTold(file: string, files: AgentFiles, log: AgentLog): Promise<Told> {
  return (await readChecked(file, toldSchema, files, log)) ?? NOTHING_TOLD;
}
