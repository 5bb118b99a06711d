import { join } from 'node:path';
import type { Collector } from '#contract/collector.ts';
import { causesOf } from '#drift/causes.ts';
import { unreadIn } from '#drift/unread.ts';
import type { Cause, Change, Unmanaged } from '#model/drift.ts';
import type { Instant, Uid } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';
import { factChanges } from './differences.ts';
import { knownIn } from './known.ts';
import { merged, NOTHING, type Proposal, type Unknown } from './proposal.ts';
import { manifestProposal, terraformProposals, type CodeContext } from './proposals.ts';
import { propose } from './propose.ts';
import { sourcesIn, type SourcesOf } from './sources.ts';
import { readState } from './terraform/read-state.ts';
import { unmanagedIn } from './unmanaged.ts';

/** Where approved access is written as code. */
export interface ApprovedCode {
  readonly kind: 'terraform-state' | 'kubernetes-manifests';
  readonly path: string;
  /** How to name it. */
  readonly name: string;
  /** The cluster that Kubernetes' objects are of; null: the only one of the snapshot. */
  readonly cluster: string | null;
}

export interface ApprovedOptions {
  /** What is so: a snapshot, or one that is being written. */
  readonly base: Reader;
  readonly code: readonly ApprovedCode[];
  readonly collectors: readonly Collector[];
  /** A folder of this run alone, which the caller removes. */
  readonly folder: string;
  readonly toolVersion: string;
  readonly signal: AbortSignal;
}

/** What is not as the code has it. */
export interface CodeDrift {
  readonly changes: readonly Change[];
  readonly causes: ReadonlyMap<Uid, readonly Cause[]>;
  readonly unmanaged: readonly Unmanaged[];
  readonly unknowns: readonly Unknown[];
  readonly sourcesOf: SourcesOf;
}

/**
 * Compares what is so with approved code: a state in which everything that the code describes is as it says and all else
 * is as it was found. What is not in the code is thus no change but unmanaged.
 */
export async function driftFromCode(options: ApprovedOptions): Promise<CodeDrift> {
  const { base, folder, toolVersion, signal } = options;
  const { asOf, writtenBy } = await infoOf(base);
  const proposal = merged(await proposalsOf(options, asOf));
  const shared = { base, asOf, folder, toolVersion, signal };
  const approved = (await propose({ ...shared, proposal })).staging;
  // Another version may derive something else from the same facts, which nobody has changed.
  const again = writtenBy === toolVersion ? null : (await propose({ ...shared, proposal: NOTHING })).staging;
  try {
    const found = again ?? base;
    const changes = await withUnread(await factChanges(approved, found), approved, base, proposal);
    return {
      changes,
      causes: await causesOf(changes, {
        before: { reader: approved, from: '' },
        after: { reader: found, from: '' },
      }),
      unmanaged: await unmanagedIn(found, proposal),
      unknowns: proposal.unknowns,
      sourcesOf: await sourcesIn([approved, found], proposal),
    };
  } finally {
    await approved.discard();
    await again?.discard();
  }
}

/** Reads what can be read without a snapshot, so that a wrong file is told before anything else. Throws ConfigError. */
export async function checkCode(code: readonly ApprovedCode[]): Promise<void> {
  for (const { kind, path, name } of code) if (kind === 'terraform-state') await readState(path, name);
}

async function proposalsOf(options: ApprovedOptions, asOf: Instant): Promise<Proposal[]> {
  const found: Proposal[] = [];
  const clusters = await knownIn(options.base).scopes('kubernetes', 'cluster');
  for (const [at, { kind, path, name, cluster }] of options.code.entries()) {
    const context: CodeContext = { ...options, asOf, folder: join(options.folder, `code-${at}`) };
    // A scan of other systems alone compares those, and says what it could not.
    const isWithout = clusters.length === 0 && cluster === null;
    if (kind === 'kubernetes-manifests') {
      found.push(isWithout ? notCompared(name) : await manifestProposal(path, cluster, context));
      continue;
    }
    const state = await readState(path, name);
    const resources = state.resources.filter(({ type }) => !(isWithout && type.startsWith('kubernetes_')));
    if (resources.length < state.resources.length) found.push(notCompared(name));
    found.push(...(await terraformProposals({ ...state, resources }, cluster, context)));
  }
  return found;
}

function notCompared(address: string): Proposal {
  const what = 'the snapshot has no Kubernetes cluster: its objects were compared with nothing';
  return { ...NOTHING, unknowns: [{ address, what }] };
}

async function infoOf(base: Reader): Promise<{ readonly asOf: Instant; readonly writtenBy: string }> {
  const [info] = await base.all<{ asOf: Instant; writtenBy: string }>(
    'SELECT as_of AS "asOf", tool_version AS "writtenBy" FROM snapshot',
  );
  if (info === undefined) throw new Error('A snapshot says nothing of itself.');
  return info;
}

/**
 * What the code has and the scan did not see is unknown where the scan did not look; so is what is gained by whoever
 * holds something of which the code does not tell what it gives.
 */
async function withUnread(
  changes: readonly Change[],
  approved: Reader,
  base: Reader,
  proposal: Proposal,
): Promise<Change[]> {
  const unread = await unreadIn(base, '');
  const homes = new Map<Uid, Uid>();
  const open = await openIdentities(approved, proposal);
  for (const reader of [approved, base]) {
    const rows = await reader.all<{ uid: Uid; scope: Uid }>(
      'SELECT uid, scope_uid AS scope FROM identities UNION ALL SELECT uid, uid FROM scopes',
    );
    for (const { uid, scope } of rows) homes.set(uid, scope);
  }
  return changes.map((change): Change => {
    const { kind, identityUid, after, direction } = change;
    const notSeen = after === null && unread(kind, homes.get(identityUid) ?? null);
    const isAccess = kind === 'entitlement' || kind === 'edge';
    const notTold = direction !== 'lost' && isAccess && open.has(identityUid);
    return notSeen || notTold ? { ...change, direction: 'unknown' } : change;
  });
}

/** Identities that hold a role which the code describes without telling what it gives. */
async function openIdentities(approved: Reader, { after }: Proposal): Promise<ReadonlySet<Uid>> {
  const roles = after.flatMap(({ table, row }) =>
    table === 'roles' && row.document === null && row.managedBy === 'customer' ? [row.uid] : [],
  );
  if (roles.length === 0) return new Set();
  const rows = await approved.all<{ uid: Uid }>(
    'SELECT DISTINCT identity_uid AS uid FROM effective_grants WHERE list_contains($roles, role_uid)',
    { roles },
  );
  return new Set(rows.map(({ uid }) => uid));
}
