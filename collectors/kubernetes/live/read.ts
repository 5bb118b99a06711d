import { CallError } from '#collectors/shared/live/call-error.ts';
import { gapOf } from '#collectors/shared/live/gap.ts';
import type { LiveContext } from '#contract/live.ts';
import { CollectError } from '#model/errors.ts';
import { observe, type Observation } from '#model/record.ts';
import type { Coverage } from '#model/scope.ts';
import type { KubernetesTarget } from '#model/target/kubernetes.ts';
import { clusterUid, namespaceUid } from '#model/uid.ts';
import { type ClusterFacts, NO_FACTS } from '../facts.ts';
import { buildInventory, type Inventory, type InventoryBuilder } from '../objects/inventory.ts';
import { type Kind, KINDS } from '../objects/kinds.ts';
import { unpack } from '../objects/unpack.ts';
import { coverageOf, estateOf } from '../rows/estate.ts';
import { clusterRows } from '../rows/index.ts';
import {
  CONFIG_MAPS,
  ISSUER_PATH,
  LIST_CALLS,
  type ListCall,
  pathOf,
  permissionOf,
  VERSION_PATH,
} from './calls.ts';
import { listAll } from './list.ts';
import { openSession, type Session } from './session.ts';

interface Reading extends Session {
  readonly target: KubernetesTarget;
  readonly builder: InventoryBuilder;
  readonly gaps: Coverage[];
  /** Kinds of which something could not be read. */
  readonly partial: Set<Kind>;
}

/** Reads a cluster: every kind of object first, then the rows that they make together, as an import does. */
export async function* read(
  target: KubernetesTarget,
  context: LiveContext,
): AsyncGenerator<readonly Observation[]> {
  const session = await openSession(target, context);
  const reading: Reading = { ...session, target, builder: buildInventory(), gaps: [], partial: new Set() };
  const facts = await readFacts(reading);
  const readOne = async (call: ListCall): Promise<void> => {
    context.progress(`${session.cluster}: ${call.resource}`);
    await readKind(reading, call);
  };
  // Which namespaces there are has to be known first. How many calls run at once the caller sees to.
  const [first, rest] = [
    LIST_CALLS.filter(isOfNamespaces),
    LIST_CALLS.filter((call) => !isOfNamespaces(call)),
  ];
  await Promise.all(first.map(readOne));
  await Promise.all([...rest.map(readOne), ...CONFIG_MAPS.map((name) => readConfigMap(reading, name))]);
  const inventory = withPartial(reading);
  const uid = clusterUid(session.cluster);
  const malformed = inventory.problems.map(({ feed, detail }) =>
    coverageOf({ uid }, feed, 'list', 'partial', detail),
  );
  const gaps = reading.gaps.toSorted((one, other) => (one.call < other.call ? -1 : 1));
  yield [...gaps, ...malformed].map((row) => observe('coverage', row));
  const gapFeeds = new Set(reading.gaps.map(({ feed }) => feed));
  let batch: Observation[] = [];
  for (const row of clusterRows(estateOf(session.cluster, facts, inventory, context.asOf))) {
    // What no call gave has its row already, with the reason.
    if (row.table === 'coverage' && row.row.status === 'skipped' && gapFeeds.has(row.row.feed)) continue;
    batch.push(row);
    if (batch.length < BATCH) continue;
    context.signal.throwIfAborted();
    yield batch;
    batch = [];
  }
  yield batch;
}

const BATCH = 2000;

function isOfNamespaces({ kind }: ListCall): boolean {
  return kind === 'Namespace';
}

/** What was read, without the claim that a kind with a gap is all there is. */
function withPartial({ builder, partial }: Reading): Inventory {
  const { seen, ...rest } = builder.inventory;
  return { ...rest, seen: new Map([...seen].map(([kind, as]) => [kind, partial.has(kind) ? 'part' : as])) };
}

async function readFacts(reading: Reading): Promise<ClusterFacts> {
  const version = await textAt(reading, VERSION_PATH, 'gitVersion');
  const issuer = await textAt(reading, ISSUER_PATH, 'issuer');
  return { ...NO_FACTS, name: reading.cluster, version, issuer };
}

/** A server that cannot be reached, or knows nobody of that name, ends the reading: nothing else would work. */
async function textAt(reading: Reading, path: string, key: string): Promise<string | null> {
  try {
    const { body } = await reading.http.get(path);
    const value = typeof body === 'object' && body !== null ? Reflect.get(body, key) : undefined;
    return typeof value === 'string' ? value : null;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    const { kind, detail } = error.failure;
    if (kind === 'unreachable' || kind === 'timed-out' || kind === 'unauthenticated') {
      throw new CollectError(`${reading.cluster}: ${detail}`, { cause: error });
    }
    gap(reading, error, { feed: 'trusts', call: `GET ${path}`, permission: `get ${path}`, namespace: null });
    return null;
  }
}

/** Of the whole cluster where that is allowed and wanted, else namespace by namespace. */
async function readKind(reading: Reading, call: ListCall): Promise<void> {
  const { target } = reading;
  if (!call.isNamespaced) {
    await readList(reading, call, null);
  } else if (target.namespaces !== null) {
    reading.partial.add(call.kind);
    for (const feed of KINDS[call.kind].feeds) {
      const detail = `only of the namespaces ${target.namespaces.join(', ')}, as configured`;
      reading.gaps.push(
        coverageOf({ uid: clusterUid(reading.cluster) }, feed, `list ${call.resource}`, 'partial', detail),
      );
    }
    for (const namespace of target.namespaces) await readList(reading, call, namespace);
  } else if (!(await readList(reading, call, null))) {
    for (const namespace of visibleNamespaces(reading)) await readList(reading, call, namespace);
  }
}

/** Those that the server lists, or else the one that the context stands in. */
function visibleNamespaces({ builder, namespace }: Reading): readonly string[] {
  const listed = [...builder.inventory.objects.Namespace.keys()];
  return listed.length > 0 || namespace === null ? listed : [namespace];
}

/** False: refused. Any other failure is a gap too, and asking for less would not mend it. */
async function readList(reading: Reading, call: ListCall, namespace: string | null): Promise<boolean> {
  const path = pathOf(call, namespace);
  try {
    const found = await listAll(reading.http, call, namespace);
    const intake = reading.builder.file(path, call.kind);
    for (const each of found) intake.add(each);
    intake.end();
    return true;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    reading.partial.add(call.kind);
    for (const feed of KINDS[call.kind].feeds) {
      gap(reading, error, { feed, call: `GET ${path}`, permission: permissionOf(call), namespace });
    }
    return error.failure.kind !== 'denied';
  }
}

/** One ConfigMap by name; that it is not there is an answer. */
async function readConfigMap(reading: Reading, name: string): Promise<void> {
  const path = `/api/v1/namespaces/kube-system/configmaps/${name}`;
  const intake = reading.builder.file(path, 'ConfigMap');
  try {
    const { body } = await reading.http.get(path);
    for (const each of unpack({ kind: 'value', value: body, place: path, list: null })) intake.add(each);
    intake.end();
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    if (error.failure.kind === 'missing') return;
    for (const feed of KINDS.ConfigMap.feeds) {
      const permission = `get configmaps kube-system/${name}`;
      gap(reading, error, { feed, call: `GET ${path}`, permission, namespace: 'kube-system' });
    }
  }
}

function gap(
  { gaps, cluster }: Reading,
  { failure }: CallError,
  row: Pick<Coverage, 'feed' | 'call'> & { readonly permission: string; readonly namespace: string | null },
): void {
  const { namespace, ...rest } = row;
  const scopeUid = namespace === null ? clusterUid(cluster) : namespaceUid(cluster, namespace);
  gaps.push(gapOf(failure, { system: 'kubernetes', scopeUid, ...rest }));
}
