import type { Role } from '#model/grant.ts';
import { observe, type Observation } from '#model/record.ts';
import type { Json } from '#model/system.ts';
import { clusterRoleUid } from '#model/uid.ts';
import type { KubernetesObject } from '../objects/parse-object.ts';
import type { RoleBody } from '../objects/rbac.ts';
import { aggregate, type Aggregated, sameRules } from './aggregate.ts';
import { breadthOf } from './breadth.ts';
import { coverageOf, type Estate, scopeOf } from './estate.ts';

type RoleObject = KubernetesObject<RoleBody>;

/** Roles and ClusterRoles with the rules that the authorizer uses. */
export function* roleRows(estate: Estate): Generator<Observation> {
  const clusterRoles = [...estate.objects.ClusterRole.values()];
  const aggregated = aggregate(
    clusterRoles.map(({ meta, body }) => ({
      name: meta.name,
      labels: meta.labels,
      rules: body.rules,
      aggregationRule: body.aggregationRule,
      isStored: meta.uid !== null,
    })),
  );
  for (const role of estate.objects.Role.values()) yield* roleRow(estate, role, 'role', role.body.rules);
  for (const role of clusterRoles) {
    const worked = aggregated.get(role.meta.name);
    if (worked === undefined) yield* roleRow(estate, role, 'cluster-role', role.body.rules);
    else if (role.meta.uid === null) yield* workedOutRole(estate, role, worked);
    else yield* storedRole(estate, role, worked);
  }
}

/** From a manifest: nobody has filled in the rules yet. */
function* workedOutRole(estate: Estate, role: RoleObject, worked: Aggregated): Generator<Observation> {
  if ('rules' in worked) {
    yield* roleRow(estate, role, 'cluster-role', worked.rules);
    return;
  }
  yield* roleRow(estate, role, 'cluster-role', null);
  yield observe('coverage', note(estate, role, 'roles', worked.unclear));
}

/** From a server: what is stored is what counts, though it may lag behind the roles that it is built from. */
function* storedRole(estate: Estate, role: RoleObject, worked: Aggregated): Generator<Observation> {
  yield* roleRow(estate, role, 'cluster-role', role.body.rules);
  if ('rules' in worked && sameRules(worked.rules, role.body.rules)) return;
  const why = 'unclear' in worked ? worked.unclear : 'the roles that it selects would give it others';
  yield observe('coverage', note(estate, role, null, `its rules count as the server has them, but ${why}`));
}

function* roleRow(
  estate: Estate,
  { meta, body, place }: RoleObject,
  kind: 'role' | 'cluster-role',
  rules: readonly Json[] | null,
): Generator<Observation> {
  const breadth = rules === null ? null : breadthOf(rules);
  if (rules !== null && breadth === null) {
    yield observe(
      'coverage',
      coverageOf(
        estate,
        'roles',
        'import file',
        'partial',
        `${place}: ${kind} ${meta.name}: a rule is malformed`,
      ),
    );
  }
  const aggregationRule = body.aggregationRule === null ? {} : { aggregationRule: body.aggregationRule };
  yield observe('roles', {
    uid: clusterRoleUid(estate.cluster, meta.name, kind === 'role' ? meta.namespace : undefined),
    system: 'kubernetes',
    scopeUid: scopeOf(estate, meta),
    kind,
    name: meta.name,
    // The name alone proves nothing: anybody may call a role system:something.
    managedBy: meta.labels['kubernetes.io/bootstrapping'] === 'rbac-defaults' ? 'provider' : 'customer',
    createdAt: meta.createdAt,
    document: rules === null ? null : { rules, ...aggregationRule },
    breadth,
    raw: { uid: meta.uid, namespace: meta.namespace === '' ? null : meta.namespace, labels: meta.labels },
  } satisfies Role);
}

/** A gap in `feed`, or, where that is null, something to know of that leaves no gap. */
function note(
  estate: Estate,
  { meta, place }: RoleObject,
  feed: 'roles' | null,
  what: string,
): ReturnType<typeof coverageOf> {
  const status = feed === null ? 'complete' : 'partial';
  return coverageOf(
    estate,
    feed,
    'aggregated ClusterRoles',
    status,
    `${place}: ClusterRole ${meta.name}: ${what}`,
  );
}
