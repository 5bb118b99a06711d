import type { AccessRecords } from '#access/engine.ts';
import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import type { Asker } from './asker.ts';
import type { Cluster } from './cluster.ts';
import { type Holding, holdingsIn } from './holding.ts';
import { MASTERS } from './names.ts';
import { combine, powersOf } from './powers.ts';
import { type Targets, targetsIn } from './targets.ts';
import { TECHNIQUES } from './techniques/index.ts';
import { everythingSteps } from './techniques/roles.ts';
import { type Step, steps } from './techniques/step.ts';
import { waypoints } from './waypoints.ts';
import { type World, worldOf } from './world.ts';

/** The steps that powers in a namespace give, or (null) powers in the whole cluster. */
export interface PlacedSteps {
  readonly namespace: string | null;
  readonly steps: readonly Step[];
}

/** Works out in a cluster who can become whom. */
export interface Becoming {
  readonly world: World;
  readonly targets: Targets;
  /** The steps of whoever asks with these names, by all that is bound to them together, place by place. */
  readonly stepsOf: (asker: Asker) => readonly PlacedSteps[];
  /** The edges from the waypoints that those steps lead to. */
  readonly waypointEdges: () => Iterable<BecomeEdge>;
}

/** Prepares it. */
export function becomingIn(cluster: Cluster, records: AccessRecords): Becoming {
  const world = worldOf(cluster, records);
  const { ask, edges: waypointEdges } = waypoints();
  const targets: Targets = targetsIn(world, ask, (roleUid, namespace) =>
    allSteps(holdingOf(cluster, roleUid, namespace), world, targets),
  );
  const holdingsOf = holdingsIn(cluster);
  const workOut = (asker: Asker): readonly PlacedSteps[] => {
    const inCluster = (own: Iterable<Step>): readonly PlacedSteps[] => [{ namespace: null, steps: [...own] }];
    if (asker.groups.includes(MASTERS))
      return inCluster(steps('system-masters', [targets.admin(null)], 'certain'));
    const holdings = holdingsOf(asker);
    const first = holdings.find(({ namespace }) => namespace === null);
    // Who can do everything can do the rest too.
    if (first?.powers.has('everything') === true)
      return inCluster(everythingSteps({ ...first, world, targets }));
    return holdings.map((holding) => ({
      namespace: holding.namespace,
      steps: ownSteps(holding, world, targets),
    }));
  };
  const stepsOf = byBindings(cluster, workOut);
  return { world, targets, stepsOf, waypointEdges };
}

/** Calls `workOut` once for all who have no bindings of their own and the same groups: they can do the same. */
export function byBindings<Result>(
  { users }: Cluster,
  workOut: (asker: Asker) => Result,
): (asker: Asker) => Result {
  const byGroups = new Map<string, Result>();
  return (asker) => {
    if (asker.user !== null && users.has(asker.user)) return workOut(asker);
    const key = asker.groups.toSorted().join('\0');
    const known = byGroups.get(key) ?? workOut(asker);
    byGroups.set(key, known);
    return known;
  };
}

/** What somebody holds who has bound themselves to a role; what they had before is not counted. */
function holdingOf({ roles }: Cluster, roleUid: Uid, namespace: string | null): Holding {
  const rules = roles.get(roleUid)?.rules ?? [];
  const powers = powersOf(rules, namespace === null ? 'cluster' : 'namespace');
  return { namespace, powers: combine([[powers, roleUid]]), bindings: [] };
}

/** In a namespace only what its own bindings take part in: the rest is said of the whole cluster. */
function ownSteps(holding: Holding, world: World, targets: Targets): readonly Step[] {
  const all = allSteps(holding, world, targets);
  if (holding.namespace === null) return all;
  const own = new Set(
    holding.bindings.filter(({ namespace }) => namespace !== null).map(({ grantUid }) => grantUid),
  );
  return all.filter(({ evidence }) => evidence.some((grantUid) => own.has(grantUid)));
}

function allSteps(holding: Holding, world: World, targets: Targets): readonly Step[] {
  const place = { ...holding, world, targets };
  return TECHNIQUES.flatMap((technique) => [...technique(place)]);
}
