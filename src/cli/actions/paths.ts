import { pathsFrom, pathsTo, type BecomePath } from '#access/reach/index.ts';
import { readAdminTargets, readBecomeGraph } from '#scan/become-graph.ts';
import type { Snapshot } from '#store/read/open-snapshot.ts';
import type { PathsOptions } from '../commands/paths.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { findIdentity } from '../find-identity.ts';
import { note, print, type Io } from '../io.ts';
import { onSnapshot } from '../settings.ts';
import { paintFor, type Paint } from '../terminal/colour.ts';
import { sanitise } from '../terminal/sanitise.ts';
import { untoldNames } from '../untold-names.ts';

/** `nhi paths`: shortest paths, certain ones first, then by identity. */
export function pathsAction(options: PathsOptions, io: Io): Promise<ExitCode> {
  return onSnapshot(options, io, async (snapshot) => {
    const all = await findPaths(snapshot, options);
    const paths = all.slice(0, options.limit);
    const uids = paths.flatMap(({ identity, hops }) => [identity, ...hops.map(({ to }) => to)]);
    const names = options.format === 'text' ? await untoldNames(snapshot, uids) : new Map<string, string>();
    await print(io, textOf(paths, options, names, paintFor(io, 'stdout', options.color)));
    if (options.quiet !== true && options.format === 'text') {
      await note(io, `\n${paths.length} of ${all.length} identities shown, snapshot ${snapshot.info.id}.`);
    }
    return EXIT.fine;
  });
}

async function findPaths(snapshot: Snapshot, options: PathsOptions): Promise<BecomePath[]> {
  const graph = await readBecomeGraph(snapshot);
  const from = options.from === undefined ? null : (await findIdentity(snapshot, options.from)).uid;
  if (from !== null && options.to === undefined) {
    const reached = pathsFrom(graph, from);
    return inOrder([...reached.reached()].flatMap((uid) => reached.pathOf(uid) ?? []).filter(hasHops));
  }
  const target = options.to ?? 'admin';
  const toAdmin = target === 'admin';
  const paths = pathsTo(
    graph,
    toAdmin ? await readAdminTargets(snapshot) : [(await findIdentity(snapshot, target)).uid],
  );
  const identities = await snapshot.all<{ uid: string }>(
    `SELECT uid FROM identities WHERE ${hidesProvider(options, from) ? `managed_by = 'customer'` : 'true'}`,
  );
  const found = identities
    .filter(({ uid }) => from === null || uid === from)
    .flatMap(({ uid }) => paths.pathOf(uid) ?? []);
  return inOrder(toAdmin ? found : found.filter(hasHops));
}

/** People are not shown what the provider manages; programs get every identity. */
function hidesProvider(options: PathsOptions, from: string | null): boolean {
  return options.format === 'text' && options.provider !== true && from === null;
}

function hasHops({ hops }: BecomePath): boolean {
  return hops.length > 0;
}

function inOrder(paths: readonly BecomePath[]): BecomePath[] {
  const key = ({ identity, hops }: BecomePath) => `${identity}\n${hops.at(-1)?.to ?? ''}`;
  return paths.toSorted((a, b) => rank(a) - rank(b) || (key(a) < key(b) ? -1 : 1));
}

function rank({ certainty, hops }: BecomePath): number {
  return (certainty === 'certain' ? 0 : 1000) + hops.length;
}

function textOf(
  paths: readonly BecomePath[],
  { format }: PathsOptions,
  names: ReadonlyMap<string, string>,
  paint: Paint,
): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(paths, null, 2)}\n`;
    case 'ndjson':
      return paths.map((path) => `${JSON.stringify(path)}\n`).join('');
    case 'text':
      return paths.length === 0
        ? 'No paths.\n'
        : paths.map((path) => pathText(path, names, paint)).join('\n');
  }
}

function pathText(
  { identity, certainty, hops }: BecomePath,
  names: ReadonlyMap<string, string>,
  paint: Paint,
): string {
  const called = (uid: string): string => {
    const name = names.get(uid);
    return sanitise(name === undefined ? uid : `${uid} (${name})`);
  };
  const sure = certainty === 'certain' ? '' : paint.yellow('  (conditional)');
  if (hops.length === 0) return `${paint.bold(called(identity))}  is an administrator${sure}\n`;
  const lines = hops.map(({ to, via, permissions }) => {
    const by = permissions.length === 0 ? '' : paint.dim(`  [${sanitise(permissions.join(', '))}]`);
    return `  └─ ${sanitise(via)} → ${called(to)}${by}\n`;
  });
  return `${paint.bold(called(identity))}${sure}\n${lines.join('')}`;
}
