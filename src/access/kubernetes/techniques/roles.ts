import { roleNameOf } from '../binding.ts';
import { coversName, type Held } from '../powers.ts';
import { type Certainty, type Place, type Step, steps } from './step.ts';

const RBAC = 'rbac.authorization.k8s.io';

/** Who can do everything in a place has full control over it. */
export function everythingSteps({ powers, namespace, targets }: Place): Iterable<Step> {
  const everything = powers.get('everything');
  const via = namespace === null ? 'cluster-admin' : 'namespace-admin';
  return everything === undefined ? [] : steps(via, [targets.admin(namespace)], 'certain', everything);
}

/**
 * Who binds roles can hand out no more than they have, unless they have `bind` on the role: then they have whatever it
 * allows, where they can write bindings
 * (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update).
 */
export function* bindSteps(place: Place): Iterable<Step> {
  const { powers, namespace, world, targets } = place;
  const bindClusterRoles = powers.get('bindClusterRoles');
  const bindRoles = powers.get('bindRoles');
  const createClusterBindings = namespace === null ? powers.get('createClusterBindings') : undefined;
  const createBindings = powers.get('createBindings');

  if (bindClusterRoles !== undefined) {
    const { names } = bindClusterRoles;
    if (createClusterBindings !== undefined) {
      const certainty = world.admission('CREATE', RBAC, 'clusterrolebindings');
      const holders = targets.roles.clusterRoles(names, null);
      yield* steps('bind-role', holders, certainty, createClusterBindings, bindClusterRoles);
    }
    if (createBindings !== undefined) {
      const certainty = world.admission('CREATE', RBAC, 'rolebindings');
      const holders =
        namespace === null
          ? targets.roles.clusterRolesAnywhere(names)
          : targets.roles.clusterRoles(names, namespace);
      yield* steps('bind-role', holders, certainty, createBindings, bindClusterRoles);
    }
    yield* changeBindingSteps(place, bindClusterRoles);
  }
  if (bindRoles !== undefined && createBindings !== undefined) {
    const certainty = world.admission('CREATE', RBAC, 'rolebindings');
    const holders = targets.roles.roles(bindRoles.names, namespace);
    yield* steps('bind-role', holders, certainty, createBindings, bindRoles);
  }
}

/** A binding's subjects can be changed, its role cannot: one of a role that allows everything is worth changing. */
function* changeBindingSteps({ powers, namespace, world, targets }: Place, bind: Held): Iterable<Step> {
  const kind = namespace === null ? 'clusterrolebindings' : 'rolebindings';
  const change = powers.get(namespace === null ? 'changeClusterBindings' : 'changeBindings');
  if (change === undefined) return;
  const isWorthwhile = world.adminBindings.some(
    (binding) =>
      binding.namespace === namespace && coversName(change, binding.name) && coversName(bind, binding.role),
  );
  if (!isWorthwhile) return;
  yield* steps(
    'change-binding',
    [targets.admin(namespace)],
    world.admission('UPDATE', RBAC, kind),
    change,
    bind,
  );
}

/**
 * Who changes a role can put into it no more than they have, unless they have `escalate` on it: then a role that they
 * hold themselves gives them everything
 * (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-creation-or-update).
 */
export function* escalateSteps(place: Place): Iterable<Step> {
  const { powers, world } = place;
  for (const [kind, change, escalate] of [
    ['clusterroles', powers.get('changeClusterRoles'), powers.get('escalateClusterRoles')],
    ['roles', powers.get('changeRoles'), powers.get('escalateRoles')],
  ] as const) {
    if (change === undefined || escalate === undefined) continue;
    const held = heldRoles(place, kind, (name) => coversName(change, name) && coversName(escalate, name));
    yield* heldRoleSteps(
      place,
      'escalate-role',
      held,
      world.admission('UPDATE', RBAC, kind),
      change,
      escalate,
    );
  }
  const create = powers.get('createClusterRoles');
  const escalate = powers.get('escalateClusterRoles');
  // A new role has no name yet that `escalate` could be limited to. A label makes it part of an aggregated one:
  // https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles.
  if (create === undefined || escalate?.names !== 'any') return;
  const held = heldRoles(place, 'clusterroles', (name) => world.aggregated.has(name));
  const certainty = world.admission('CREATE', RBAC, 'clusterroles');
  yield* heldRoleSteps(place, 'aggregate-role', held, certainty, create, escalate);
}

function heldRoleSteps(
  { namespace, targets }: Place,
  via: string,
  held: Held | null,
  certainty: Certainty,
  ...powers: readonly Held[]
): Iterable<Step> {
  return held === null ? [] : steps(via, [targets.admin(namespace)], certainty, held, ...powers);
}

/** The bindings of the place itself that give its holder one of the roles; null: none does. */
function heldRoles(
  { bindings, namespace, world }: Place,
  kind: 'clusterroles' | 'roles',
  isWanted: (name: string) => boolean,
): Held | null {
  const evidence = bindings
    .filter((binding) => {
      const role = roleNameOf(world.cluster.uid, binding.roleUid);
      return binding.namespace === namespace && role.kind === kind && isWanted(role.name);
    })
    .map(({ grantUid }) => grantUid);
  return evidence.length === 0 ? null : { names: 'any', permissions: [], evidence };
}
