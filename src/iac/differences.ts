import { pathsTo, type BecomePath } from '#access/reach/index.ts';
import { directionOf } from '#drift/change.ts';
import { factsSql } from '#drift/fact.ts';
import { sameDocuments } from '#drift/same-documents.ts';
import { FACT_KINDS, type Change, type FactKind } from '#model/drift.ts';
import type { Uid } from '#model/system.ts';
import { readAdminTargets, readBecomeGraph } from '#scan/become-graph.ts';
import type { Reader } from '#store/reader.ts';

/** Everything that is so in one state and not, or not so, in the other. */
export interface Differences {
  readonly changes: readonly Change[];
  /** Identities that can become administrators, or do so more surely, than before. */
  readonly newPaths: readonly BecomePath[];
  /** Identities that cannot any more. */
  readonly lostPaths: readonly BecomePath[];
}

/**
 * What applying changes. Both states rest on the same reading, so whatever differs comes of the code: a gap in the
 * reading makes no difference unknown, as it would between two scans.
 */
export async function differences(before: Reader, after: Reader): Promise<Differences> {
  return { changes: await factChanges(before, after), ...(await pathChanges(before, after)) };
}

/** Every fact that is so in one state and not, or not so, in the other; a gap in the reading counts for nothing. */
export async function factChanges(before: Reader, after: Reader): Promise<Change[]> {
  const changes: Change[] = [];
  for (const kind of FACT_KINDS)
    for (const change of await changesOf(kind, before, after)) changes.push(change);
  return changes;
}

interface Row {
  readonly identity_uid: Uid;
  readonly key: string;
  readonly value: string | null;
}

async function changesOf(kind: FactKind, before: Reader, after: Reader): Promise<Change[]> {
  const was = new Map<string, Row>();
  for await (const rows of before.stream<Row>(factsSql(kind, '')))
    for (const row of rows) was.set(idOf(row), row);
  const changes: Change[] = [];
  const change = ({ identity_uid: identityUid, key }: Row, from: string | null, to: string | null): void => {
    if (kind === 'guardrail' && sameDocuments(from, to)) return;
    const direction = directionOf(kind, from, to);
    changes.push({ kind, direction, identityUid, key, before: from, after: to });
  };
  for await (const rows of after.stream<Row>(factsSql(kind, ''))) {
    for (const row of rows) {
      const old = was.get(idOf(row));
      was.delete(idOf(row));
      const value = row.value ?? NOT_KNOWN;
      if (old === undefined) change(row, null, value);
      else if ((old.value ?? NOT_KNOWN) !== value) change(row, old.value ?? NOT_KNOWN, value);
    }
  }
  for (const row of was.values()) change(row, row.value ?? NOT_KNOWN, null);
  return changes.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

/** A document that was not collected: there is something, and nobody knows what it says. */
const NOT_KNOWN = 'not known';

function idOf({ identity_uid, key }: Row): string {
  return `${identity_uid}\n${key}`;
}

function sortKey({ identityUid, key }: Change): string {
  return `${identityUid}\n${key}`;
}

async function pathChanges(
  before: Reader,
  after: Reader,
): Promise<Pick<Differences, 'newPaths' | 'lostPaths'>> {
  const was = pathsTo(await readBecomeGraph(before), await readAdminTargets(before));
  const will = pathsTo(await readBecomeGraph(after), await readAdminTargets(after));
  const uids = new Set([...(await identities(before)), ...(await identities(after))]);
  const newPaths: BecomePath[] = [];
  const lostPaths: BecomePath[] = [];
  for (const uid of [...uids].toSorted()) {
    const [old, now] = [was.certaintyOf(uid), will.certaintyOf(uid)];
    if (old === now) continue;
    const isNew = old === null || (old === 'conditional' && now === 'certain');
    const path = isNew ? will.pathOf(uid) : now === null ? was.pathOf(uid) : null;
    if (path !== null) (isNew ? newPaths : lostPaths).push(path);
  }
  return { newPaths, lostPaths };
}

async function identities(reader: Reader): Promise<Uid[]> {
  return (await reader.all<{ uid: Uid }>('SELECT uid FROM identities')).map(({ uid }) => uid);
}
