import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { causesOf, type Cause } from '#drift/causes.ts';
import type { Change } from '#drift/change.ts';
import { allChanges, compare } from '#drift/compare.ts';
import { factId } from '#drift/fact.ts';
import { compareWithIntent, intentText, readIntent, type Intent } from '#drift/intent.ts';
import { UsageError } from '#model/errors.ts';
import type { Uid } from '#model/system.ts';
import { listSnapshots } from '#store/read/list-snapshots.ts';
import { openPair } from '#store/read/open-pair.ts';
import { openSnapshot } from '#store/read/open-snapshot.ts';
import type { DriftOptions } from '../commands/drift.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { findIdentity } from '../find-identity.ts';
import { note, print, type Io } from '../io.ts';
import { loadSettings, type Settings } from '../settings.ts';
import { driftText } from './drift-text.ts';

/** A change with all that is known of it. */
export interface ExplainedChange extends Change {
  readonly causes: readonly Cause[];
  /** `approved`: the approved access has it so. `unknown`: there is none to ask. */
  readonly approval: 'approved' | 'unapproved' | 'unknown';
  readonly approvedBy: string | null;
  /** The first snapshot after the earlier one that has it; null: it was compared with approved access. */
  readonly firstSeen: string | null;
}

/** Drift, explained. */
export interface ExplainedDrift {
  /** What it was compared with: a snapshot's id or a file. */
  readonly from: string;
  readonly to: string;
  readonly changes: readonly ExplainedChange[];
}

/** `nhi drift` */
export async function driftAction(options: DriftOptions, io: Io): Promise<ExitCode> {
  const settings = await loadSettings(options, io);
  if (options.writeBaseline !== undefined) return writeBaseline(options.writeBaseline, options, settings, io);
  const drift = await explain(options, settings, io);
  await print(io, textOf(drift, options, io));
  return EXIT.fine;
}

async function writeBaseline(
  file: string,
  options: DriftOptions,
  { dataDir }: Settings,
  io: Io,
): Promise<ExitCode> {
  const snapshot = await openSnapshot(dataDir, options.to);
  try {
    await writeFile(resolve(io.cwd, file), await intentText(snapshot, snapshot.info.asOf));
  } finally {
    await snapshot.close();
  }
  if (options.quiet !== true) await note(io, `approved access: ${file}`);
  return EXIT.fine;
}

async function explain(options: DriftOptions, settings: Settings, io: Io): Promise<ExplainedDrift> {
  const { config } = settings;
  const given = options.baseline === undefined ? undefined : resolve(io.cwd, options.baseline);
  const file = given ?? config.baseline;
  const intent = file === undefined ? null : await readIntent(file);
  // Two snapshots that are named are compared with each other, and the approved access says what of it was approved.
  if (intent !== null && options.from === undefined) return againstIntent(intent, options, settings);
  return betweenSnapshots(intent, options, settings);
}

async function againstIntent(
  intent: Intent,
  options: DriftOptions,
  { dataDir }: Settings,
): Promise<ExplainedDrift> {
  const snapshot = await openSnapshot(dataDir, options.to);
  try {
    const only = options.identity === undefined ? null : (await findIdentity(snapshot, options.identity)).uid;
    const changes = about(await compareWithIntent(snapshot, intent), only);
    return {
      from: intent.name,
      to: snapshot.info.id,
      changes: changes.map((change) => ({
        ...change,
        causes: [],
        approval: 'unapproved',
        approvedBy: null,
        firstSeen: null,
      })),
    };
  } finally {
    await snapshot.close();
  }
}

async function betweenSnapshots(
  intent: Intent | null,
  options: DriftOptions,
  { dataDir }: Settings,
): Promise<ExplainedDrift> {
  const from = options.from ?? (await snapshotBefore(options.to, dataDir));
  const pair = await openPair(place(dataDir, from), place(dataDir, options.to));
  try {
    const only =
      options.identity === undefined ? null : (await identityIn(options.identity, dataDir, options.to)).uid;
    const changes = about(await allChanges(compare(pair)), only);
    const causes = await causesOf(pair, changes);
    const firstSeen = await firstSeenIn(changes, pair.before.id, pair.after.id, dataDir);
    return {
      from: pair.before.id,
      to: pair.after.id,
      changes: changes.map((change) => ({
        ...change,
        causes:
          change.kind === 'entitlement' || change.kind === 'edge'
            ? (causes.get(change.identityUid) ?? [])
            : [],
        ...approvalOf(change, intent),
        firstSeen: firstSeen.get(factId(change)) ?? pair.after.id,
      })),
    };
  } finally {
    await pair.close();
  }
}

function approvalOf(change: Change, intent: Intent | null): Pick<ExplainedChange, 'approval' | 'approvedBy'> {
  if (intent === null) return { approval: 'unknown', approvedBy: null };
  const approved = (intent.facts.get(factId(change))?.value ?? null) === change.after;
  return { approval: approved ? 'approved' : 'unapproved', approvedBy: approved ? intent.name : null };
}

function place(dataDir: string, which: string | undefined) {
  return which === undefined ? { dataDir } : { dataDir, which };
}

function about(changes: readonly Change[], identity: Uid | null): Change[] {
  return changes.filter(({ identityUid }) => identity === null || identityUid === identity);
}

async function identityIn(words: string, dataDir: string, which: string | undefined) {
  const snapshot = await openSnapshot(dataDir, which);
  try {
    return await findIdentity(snapshot, words);
  } finally {
    await snapshot.close();
  }
}

/** The snapshot before the later one. Throws UsageError where there is none. */
async function snapshotBefore(to: string | undefined, dataDir: string): Promise<string> {
  const later = await openSnapshot(dataDir, to);
  const { id } = later.info;
  await later.close();
  const earlier = (await readable(dataDir)).filter((each) => each < id).at(-1);
  if (earlier !== undefined) return earlier;
  throw new UsageError(`there is no snapshot before ${id}`, {
    hint: 'Take another one with nhi scan, or compare with approved access: nhi drift --baseline FILE.',
  });
}

/** The first of the snapshots in between that has what the later one has. */
async function firstSeenIn(
  changes: readonly Change[],
  from: string,
  to: string,
  dataDir: string,
): Promise<ReadonlyMap<string, string>> {
  const first = new Map<string, string>();
  if (changes.length === 0) return first;
  const wanted = new Map(changes.map((change) => [factId(change), change.after]));
  for (const id of (await readable(dataDir)).filter((each) => each > from && each < to)) {
    const pair = await openPair({ dataDir, which: from }, { dataDir, which: id });
    try {
      for await (const batch of compare(pair)) {
        for (const change of batch) {
          const fact = factId(change);
          if (!first.has(fact) && wanted.get(fact) === change.after) first.set(fact, id);
        }
      }
    } finally {
      await pair.close();
    }
  }
  return first;
}

async function readable(dataDir: string): Promise<string[]> {
  const all = await listSnapshots(dataDir);
  return all
    .filter(({ problem }) => problem === null)
    .map(({ id }) => id)
    .toReversed();
}

function textOf(drift: ExplainedDrift, options: DriftOptions, io: Io): string {
  switch (options.format) {
    case 'json':
      return `${JSON.stringify(drift, null, 2)}\n`;
    case 'ndjson':
      return drift.changes.map((change) => `${JSON.stringify(change)}\n`).join('');
    case 'markdown':
    case 'text':
      return driftText(drift, { ...options, markdown: options.format === 'markdown' }, io);
  }
}
