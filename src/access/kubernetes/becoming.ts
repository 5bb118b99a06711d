import type { AccessRecords } from '../engine.ts';
import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import type { Asker } from './asker.ts';
import type { Cluster } from './cluster.ts';
import { type Holding, holdingsIn } from './holding.ts';
import { MASTERS } from './names.ts';
import { combine, powersOf } from './powers.ts';
import { type Targets, targetsIn } from './targets.ts';
import { OF_ADMINS } from './techniques/index.ts';
import { type Place, type Step, steps, type Technique } from './techniques/step.ts';
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

/** Prepares it, for some of the techniques. */
export function becomingIn(
  cluster: Cluster,
  records: AccessRecords,
  techniques: readonly Technique[],
): Becoming {
  const world = worldOf(cluster, records);
  const { ask, edges: waypointEdges } = waypoints();
  const targets: Targets = targetsIn(world, ask, (roleUid, namespace) =>
    stepsBy(techniques, { ...holdingOf(cluster, roleUid, namespace), world, targets }),
  );
  const holdingsOf = holdingsIn(cluster);
  const workOut = (asker: Asker): readonly PlacedSteps[] => {
    if (asker.groups.includes(MASTERS)) {
      return [{ namespace: null, steps: steps('system-masters', [targets.admin(null)], 'certain') }];
    }
    const placed: PlacedSteps[] = [];
    for (const holding of holdingsOf(asker)) {
      const { namespace, powers } = holding;
      if (powers.size > 0)
        placed.push({ namespace, steps: ownSteps(techniques, { ...holding, world, targets }) });
      // Who can do everything in the cluster needs no namespace.
      if (namespace === null && powers.has('everything')) break;
    }
    return placed;
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
function ownSteps(techniques: readonly Technique[], place: Place): readonly Step[] {
  const { namespace, bindings, powers } = place;
  const own = new Set(
    bindings.filter((binding) => binding.namespace === namespace).map(({ grantUid }) => grantUid),
  );
  const isAdmin = powers.has('everything');
  const chosen = isAdmin ? techniques.filter((technique) => OF_ADMINS.includes(technique)) : techniques;
  return stepsBy(chosen, place).filter(({ evidence }) => evidence.some((grantUid) => own.has(grantUid)));
}

function stepsBy(techniques: readonly Technique[], place: Place): readonly Step[] {
  return techniques.flatMap((technique) => [...technique(place)]);
}
