import type { AccessRecords } from '../engine.ts';
import { CAPABILITIES, type Capability, type Certainty, type Entitlement } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import { clusterGroupUid, namespaceUid } from '#model/uid.ts';
import { groupsOf } from './asker.ts';
import { type Becoming, becomingIn, byBindings } from './becoming.ts';
import type { Binding } from './binding.ts';
import { capabilitiesOf, membersOf } from './capabilities.ts';
import { type Cluster, unknownPart } from './cluster.ts';
import type { BoundIn } from './grantable.ts';
import { boundsOf } from './holding.ts';
import { MASTERS, subjectOf } from './names.ts';
import { ESCALATIONS } from './techniques/index.ts';

type Own = Omit<Entitlement, 'identityUid'>;

/**
 * What every identity of a cluster can do: in the whole cluster by ClusterRoleBindings, in a namespace by RoleBindings.
 * `admin` is every verb on every resource there, or membership in system:masters. Rights on named objects count: who
 * reads one Secret reads secrets. `escalate` is a technique of `ESCALATIONS`. Who is bound to a role that is not known
 * in full may be anything: `admin`, unknown.
 */
export function* clusterEntitlements(cluster: Cluster, records: AccessRecords): Iterable<Entitlement> {
  const becoming = becomingIn(cluster, records, ESCALATIONS);
  const capabilities = { cluster: capabilitiesByRole('cluster'), namespace: capabilitiesByRole('namespace') };

  const entitlementsOf = byBindings(cluster, (asker): readonly Own[] => {
    const tally = newTally();
    if (asker.groups.includes(MASTERS)) {
      const via = clusterGroupUid(becoming.world.name, MASTERS);
      for (const capability of CAPABILITIES) tally.add(cluster.uid, capability, 'certain', [via]);
      return tally.rows();
    }
    for (const { clusterWide, byNamespace } of boundsOf(cluster, asker.user, asker.groups)) {
      for (const binding of [...clusterWide, ...[...byNamespace.values()].flat()]) {
        const scopeUid = scopeOf(becoming, binding.namespace);
        const given = capabilities[binding.namespace === null ? 'cluster' : 'namespace'](binding);
        for (const capability of given) tally.add(scopeUid, capability, 'certain', [binding.grantUid]);
        if (unknownPart(cluster, binding) !== null)
          tally.add(scopeUid, 'admin', 'unknown', [binding.grantUid]);
      }
    }
    for (const { namespace, steps } of becoming.stepsOf(asker)) {
      const scopeUid = scopeOf(becoming, namespace);
      for (const { certainty, evidence } of steps) tally.add(scopeUid, 'escalate', certainty, evidence);
    }
    return tally.rows();
  });

  for (const { uid: identityUid } of records.identities) {
    const user = subjectOf(cluster.uid, identityUid)?.name;
    if (user === undefined) continue;
    for (const own of entitlementsOf({ user, groups: groupsOf(cluster, user) }))
      yield { identityUid, ...own };
  }
}

function scopeOf({ world }: Becoming, namespace: string | null): Uid {
  return namespace === null ? world.cluster.uid : namespaceUid(world.name, namespace);
}

function capabilitiesByRole(where: BoundIn): (binding: Binding) => readonly Capability[] {
  const known = new Map<Binding['role'], readonly Capability[]>();
  return ({ role }) => {
    const before = known.get(role);
    if (before !== undefined) return before;
    const capabilities = membersOf(capabilitiesOf(role?.rules ?? [], where));
    known.set(role, capabilities);
    return capabilities;
  };
}

/** Merges what several grants give: the strongest certainty, with the grants that give it. */
interface Tally {
  readonly add: (scopeUid: Uid, capability: Capability, certainty: Certainty, via: readonly Uid[]) => void;
  readonly rows: () => readonly Own[];
}

const STRENGTH = { certain: 2, conditional: 1, unknown: 0 } as const satisfies Record<Certainty, number>;

function newTally(): Tally {
  const byScope = new Map<Uid, Map<Capability, { certainty: Certainty; via: Set<Uid> }>>();
  return {
    add: (scopeUid, capability, certainty, via) => {
      const ofScope = byScope.get(scopeUid) ?? new Map<Capability, { certainty: Certainty; via: Set<Uid> }>();
      byScope.set(scopeUid, ofScope);
      const known = ofScope.get(capability);
      const gain = known === undefined ? 1 : STRENGTH[certainty] - STRENGTH[known.certainty];
      if (known === undefined || gain > 0) ofScope.set(capability, { certainty, via: new Set(via) });
      else if (gain === 0) for (const grantUid of via) known.via.add(grantUid);
    },
    rows: () =>
      [...byScope].flatMap(([scopeUid, ofScope]) =>
        [...ofScope].map(([capability, { certainty, via }]) => ({
          scopeUid,
          capability,
          certainty,
          via: [...via].toSorted(),
        })),
      ),
  };
}
