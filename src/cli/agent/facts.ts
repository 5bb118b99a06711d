import { join } from 'node:path';
import { diskFiles } from '#agent/files.ts';
import type { DriftFact, FeedFact, RunFacts } from '#agent/facts.ts';
import type { ScheduleConfig } from '#config/agent/schedule.ts';
import { baselineText } from '#gate/baseline.ts';
import { readKpis } from '#gate/read-kpis.ts';
import type { GateVerdict } from '#gate/verdict.ts';
import type { ScanSummary } from '#scan/summary.ts';
import { snapshotIds } from '#store/read/list-snapshots.ts';
import { openSnapshot, type Snapshot } from '#store/read/open-snapshot.ts';
import { judge } from '../actions/gate.ts';
import type { Io } from '../io.ts';
import type { Settings } from '../settings.ts';

/** What a run found, with the gate's verdict in full. */
export interface JudgedRun {
  readonly facts: RunFacts;
  readonly verdict: GateVerdict;
}

/** Reads from a snapshot what the agent tells, and judges it as `nhi gate` does. `folder`: where the agent keeps its files. */
export async function readFacts(
  summary: ScanSummary,
  schedule: ScheduleConfig,
  settings: Settings,
  folder: string,
  io: Io,
): Promise<JudgedRun> {
  const { dataDir, config } = settings;
  const snapshot = await openSnapshot(dataDir, summary.snapshot);
  try {
    // Before the first snapshot nothing was: all of it is new.
    const first = (await snapshotIds(dataDir)).length === 1;
    const { policy, baseline = first ? await emptyBaseline(folder) : undefined, newOnly } = schedule.gate;
    const options = {
      color: false,
      ...(policy === undefined ? {} : { policy }),
      ...(baseline === undefined ? {} : { baseline }),
      ...(newOnly ? { newOnly: true as const } : {}),
    };
    // Names of files in the configuration are relative to it.
    const { verdict } = await judge(options, { ...io, cwd: config.folder }, snapshot, settings);
    const drift = await readDrift(snapshot);
    const kpis = (await readKpis(snapshot)).filter(({ system }) => system === null);
    return {
      verdict,
      facts: {
        snapshot: summary.snapshot,
        asOf: summary.asOf,
        numbers: {
          findings: summary.findings,
          unknown: summary.unknown,
          feeds: summary.feeds,
          kpis: kpis.map(({ name, value }) => ({ name, value })),
          drift: drift.length,
          gatePassed: verdict.passed,
        },
        gate: { passed: verdict.passed, causes: verdict.causes },
        findings: verdict.findings.map(
          ({ id, ruleId, severity, status, title, system, scopeUid, identityUid, outcome }) => ({
            id,
            ruleId,
            severity,
            status,
            title,
            system,
            scopeUid,
            identityUid,
            outcome,
          }),
        ),
        drift,
        feeds: await readFeeds(snapshot),
      },
    };
  } finally {
    await snapshot.close();
  }
}

/** A baseline that accepts nothing. */
async function emptyBaseline(folder: string): Promise<string> {
  const file = join(folder, 'empty-baseline.json');
  await diskFiles.write(file, baselineText([]));
  return file;
}

function readDrift(snapshot: Snapshot): Promise<DriftFact[]> {
  return snapshot.all<DriftFact & object>(
    `SELECT kind, direction, scope_uid AS "scopeUid", identity_uid AS "identityUid", key, "after", baseline
     FROM drift ORDER BY ALL`,
  );
}

function readFeeds(snapshot: Snapshot): Promise<FeedFact[]> {
  return snapshot.all<FeedFact & object>(
    `SELECT scope_uid AS "scopeUid", feed, bool_and(status = 'complete') AS complete
     FROM coverage WHERE feed IS NOT NULL AND scope_uid IS NOT NULL GROUP BY ALL ORDER BY ALL`,
  );
}
