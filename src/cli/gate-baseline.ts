import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { baselineOf, readBaseline, type Baseline } from '#gate/baseline.ts';
import { readFindings } from '#gate/read-findings.ts';
import { UsageError } from '#model/errors.ts';
import { snapshotIds } from '#store/read/list-snapshots.ts';
import { openSnapshot } from '#store/read/open-snapshot.ts';
import { isSnapshotId } from '#store/snapshot-id.ts';
import type { GateOptions } from './commands/gate.ts';
import type { LoadedPolicy } from './gate-policy.ts';
import type { Io } from './io.ts';

/** What findings are compared with, and what to call it. */
export interface ChosenBaseline {
  readonly name: string;
  readonly findings: Baseline;
}

interface Judged {
  /** The id of the snapshot that is judged. */
  readonly snapshot: string;
  readonly dataDir: string;
}

type Place = LoadedPolicy & Judged;

/**
 * The baseline that the command line or the policy asks for; null: none is asked for. Throws UsageError where there is
 * nothing to compare with, and where the snapshot would be compared with itself.
 */
export async function chooseBaseline(
  options: GateOptions,
  io: Io,
  place: Place,
): Promise<ChosenBaseline | null> {
  const { policy, file: policyFile } = place;
  if (options.baseline !== undefined) return namedBaseline(options.baseline, io.cwd, place);
  if (options.newOnly !== true && !(policy.newOnly ?? policy.baseline !== null)) return null;
  if (policy.baseline !== null) {
    return namedBaseline(policy.baseline, policyFile === null ? io.cwd : dirname(policyFile), place);
  }
  return ofSnapshot(await snapshotBefore(place), place);
}

/** The baseline of a file, relative to `folder`, or of a snapshot. Throws as `chooseBaseline` does. */
export function namedBaseline(which: string, folder: string, place: Judged): Promise<ChosenBaseline> {
  const file = resolve(folder, which);
  const isFile = existsSync(file) || /[/\\]|\.json$/u.test(which);
  return isFile
    ? readBaseline(file).then((findings) => ({ name: which, findings }))
    : ofSnapshot(which, place);
}

async function ofSnapshot(which: string, { dataDir, snapshot: judged }: Judged): Promise<ChosenBaseline> {
  const snapshot = await openSnapshot(dataDir, which);
  try {
    const { id } = snapshot.info;
    if (id === judged) {
      throw new UsageError(`the baseline ${which} is the snapshot that is judged`, {
        hint: 'Name an earlier one, or a file: nhi gate --write-baseline FILE writes it.',
      });
    }
    return { name: `snapshot ${id}`, findings: baselineOf(await readFindings(snapshot)) };
  } finally {
    await snapshot.close();
  }
}

async function snapshotBefore({ dataDir, snapshot }: Place): Promise<string> {
  const before = (await snapshotIds(dataDir)).find((id) => isSnapshotId(id) && id < snapshot);
  if (before === undefined) {
    throw new UsageError(`there is no snapshot before ${snapshot} to compare with`, {
      hint: 'Name a baseline with --baseline; nhi gate --write-baseline FILE writes one.',
    });
  }
  return before;
}
