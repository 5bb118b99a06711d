import type { RecognisedFile } from '#contract/collector.ts';
import { CollectError } from '#model/errors.ts';
import type { Instant } from '#model/system.ts';
import { type Problem, problemsOf } from '../objects/problems.ts';
import { type AuditUse, auditTally } from './audit-use.ts';
import { type Entry, entriesIn } from './entries.ts';
import { logValues } from './log-values.ts';

/** What the audit logs among a cluster's files say; null: there are none. */
export async function readAuditLogs(
  files: readonly RecognisedFile[],
  asOf: Instant,
  signal: AbortSignal,
): Promise<{ readonly use: AuditUse; readonly problems: readonly Problem[] } | null> {
  if (files.length === 0) return null;
  const tally = auditTally(asOf);
  const problems: Problem[] = [];
  for (const file of files) {
    const { note } = problemsOf(file.label, problems);
    const take = (entry: Entry, place: string): void => {
      const why =
        entry.kind === 'event'
          ? tally.add(entry.event, entry.origin)
          : entry.kind === 'unclear'
            ? entry.reason
            : null;
      if (why !== null) note(['usages'], `${place}: ${why}`);
    };
    try {
      for await (const values of logValues(file, signal)) {
        signal.throwIfAborted();
        for (const each of values) {
          if ('reason' in each) note(['usages'], `${each.place}: ${each.reason}`);
          else for (const entry of entriesIn(each.value)) take(entry, each.place);
        }
      }
    } catch (error) {
      if (!(error instanceof CollectError)) throw error;
      note(['usages'], error.message);
    }
  }
  return { use: tally.use(), problems };
}
