import type { Collector } from '#contract/collector.ts';
import type { Rule } from '#contract/rule.ts';
import { runRules, type RuleParameters } from '#audit/run-rules.ts';
import type { OwnerSources } from '#model/ownership.ts';
import type { DriftRecord } from '#model/drift.ts';
import type { Instant } from '#model/system.ts';
import type { WaiverRecord } from '#model/waiver.ts';
import { openPrevious } from '#store/read/open-snapshot.ts';
import type { Reader } from '#store/reader.ts';
import { createSnapshot } from '#store/write/create-snapshot.ts';
import { assignFiles, collect } from './collect.ts';
import { collectLive, type LiveSources } from './collect-live.ts';
import { deriveAccess } from './derive-access.ts';
import { deriveEscalation } from './derive-escalation.ts';
import { deriveFederation } from './derive-federation.ts';
import { deriveOwners } from './derive-owners.ts';
import { findFiles } from './find-files.ts';
import type { Progress } from './progress.ts';
import { summarise, type ScanSummary } from './summary.ts';

export interface ScanOptions {
  readonly dataDir: string;
  readonly collectors: readonly Collector[];
  readonly rules: readonly Rule[];
  readonly parameters: RuleParameters;
  /** Files and folders to import, absolute. */
  readonly imports: readonly string[];
  /** Systems to read live, with what that takes; absent: none. */
  readonly live?: LiveSources;
  /** What files say about owners; left out: nothing. */
  readonly owners?: OwnerSources;
  /** What is not as it was approved, told once access is worked out; left out: there is no baseline. */
  readonly drift?: (reader: Reader) => Promise<readonly DriftRecord[]>;
  /** The waivers on file, held against the findings of a scan; left out: none. */
  readonly waivers?: (reader: Reader) => Promise<readonly WaiverRecord[]>;
  /** The time that ages are measured at; null: the clock's at the start. */
  readonly asOf: Instant | null;
  readonly clock: () => Instant;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly toolVersion: string;
}

/**
 * Takes one snapshot: find → collect → derive → audit → publish. Either a complete snapshot is published or none:
 * on an error or an abort the staging file is discarded and the error thrown.
 */
export async function scan(options: ScanOptions): Promise<ScanSummary> {
  const { dataDir, clock, progress, signal } = options;
  const startedAt = clock();
  const asOf = options.asOf ?? startedAt;

  progress({ kind: 'phase', phase: 'find' });
  const found = await findFiles(options.imports);
  const assigned = assignFiles(found.files, options.collectors);
  const recognised = found.files.length - assigned.unrecognised.length;
  progress({ kind: 'files', total: found.files.length, recognised });

  const previous = await openPrevious(dataDir);
  const staging = await createSnapshot(dataDir, { asOf, startedAt, toolVersion: options.toolVersion });
  try {
    progress({ kind: 'phase', phase: 'collect' });
    await collect({ staging, found, assigned, asOf, signal, progress });
    if (options.live !== undefined) {
      const { collectors } = options;
      await collectLive({ ...options.live, staging, collectors, asOf, signal, progress });
    }

    progress({ kind: 'phase', phase: 'derive' });
    await deriveOwners(staging, asOf, options.owners);
    await deriveAccess(staging, asOf, signal);
    await deriveFederation(staging);
    await deriveEscalation(staging);
    if (options.drift !== undefined) await staging.write('drift', await options.drift(staging));

    progress({ kind: 'phase', phase: 'audit' });
    await runRules(staging, options.rules, {
      asOf,
      parameters: options.parameters,
      previous,
      signal,
      ...(options.waivers === undefined ? {} : { waivers: options.waivers }),
      onRule: ({ ruleId }, done, of) => progress({ kind: 'rule', rule: ruleId, done, of }),
    });

    signal.throwIfAborted();
    progress({ kind: 'phase', phase: 'publish' });
    const summary = await summarise(staging, staging.id, asOf);
    await staging.publish(clock());
    return summary;
  } catch (error) {
    await staging.discard();
    throw error;
  } finally {
    await previous?.close();
  }
}
