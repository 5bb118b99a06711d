import { ANY_ACTION, AZURE_CAPABILITY_ROWS } from '#catalogue/azure/capabilities.ts';
import type { AccessRecords } from '../engine.ts';
import type { Capability, Certainty, Entitlement } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import { conditionHolds, type Truth } from './abac/holds.ts';
import { denies } from './deny-assignment.ts';
import { isOnResources, type Assignment, type Estate } from './estate.ts';
import { isWhole, powerOf } from './powers.ts';
import { heldBy, type Principal } from './principal.ts';
import { gives, type Permission, type Plane } from './role.ts';

const ASSIGN_ROLES = 'Microsoft.Authorization/roleAssignments/write';

/** What every identity can do, by capability and scope. What is only eligible is `conditional`. */
export function* entitlementsOf(
  estate: Estate,
  identities: AccessRecords['identities'],
  principalOf: (uid: Uid) => Principal,
): Iterable<Entitlement> {
  for (const { uid } of identities) {
    const principal = principalOf(uid);
    const gathered = new Map<
      string,
      { capability: Capability; scopeUid: Uid; certainty: Certainty; via: Set<Uid> }
    >();
    for (const assignment of heldBy(estate, principal)) {
      for (const [capability, certainty] of capabilitiesOf(estate, principal, assignment)) {
        const key = `${assignment.scopeUid} ${capability}`;
        const known = gathered.get(key) ?? {
          capability,
          scopeUid: assignment.scopeUid,
          certainty,
          via: new Set<Uid>(),
        };
        known.via.add(assignment.grantUid);
        if (certainty === 'certain') known.certainty = 'certain';
        gathered.set(key, known);
      }
    }
    for (const [, { capability, scopeUid, certainty, via }] of [...gathered].toSorted(([a], [b]) =>
      a < b ? -1 : 1,
    )) {
      yield { identityUid: uid, capability, scopeUid, certainty, via: [...via].toSorted() };
    }
  }
}

function capabilitiesOf(
  estate: Estate,
  principal: Principal,
  assignment: Assignment,
): Map<Capability, Certainty> {
  const found = new Map<Capability, Certainty>();
  const add = (capability: Capability, truth: Truth) => {
    if (truth === 'false') return;
    const certain = truth === 'true' && !assignment.eligible;
    if (certain || !found.has(capability)) found.set(capability, certain ? 'certain' : 'conditional');
  };
  if (!isOnResources(assignment.kind)) {
    const power = powerOf(assignment);
    for (const capability of power?.capabilities ?? [])
      add(capability, isWhole(assignment) ? 'true' : 'open');
    return found;
  }
  const { permissions } = assignment;
  if (permissions === null) return found;
  for (const { capability, plane, action } of probesOf(permissions)) {
    add(capability, heldTruth(estate, principal, assignment, action, plane));
  }
  const assigns = heldTruth(estate, principal, assignment, ASSIGN_ROLES, 'control');
  const anything = heldTruth(estate, principal, assignment, ANY_ACTION, 'control');
  add('admin', worst(assigns, anything));
  return found;
}

/** Whether an assignment gives an action, after its condition and the deny assignments at its scope and above. */
export function heldTruth(
  estate: Estate,
  principal: Principal,
  assignment: Assignment,
  action: string,
  plane: Plane,
): Truth {
  const given = gives(assignment.permissions ?? [], action, plane);
  if (given === 'false') return 'false';
  const condition = assignment.condition === null ? 'true' : conditionHolds(assignment.condition, action);
  const { scopes } = estate.chainOf(assignment.scopeUid);
  const denied = scopes.flatMap((scope) =>
    (estate.denyAssignments.get(scope) ?? []).map((deny) =>
      denies(deny, principal.objectIds, action, plane, scope !== assignment.scopeUid),
    ),
  );
  if (denied.includes('true')) return 'false';
  return worst(worst(given, condition), denied.includes('open') ? 'open' : 'true');
}

interface Probe {
  readonly capability: Capability;
  readonly plane: Plane;
  readonly action: string;
}

const PROBES: readonly Probe[] = AZURE_CAPABILITY_ROWS.flatMap(({ capability, plane, actions }) =>
  actions.map((action) => ({ capability, plane, action })),
);
const probes = new WeakMap<readonly Permission[], readonly Probe[]>();

/** The probes that a role answers with anything but no; many assignments share a role. */
function probesOf(permissions: readonly Permission[]): readonly Probe[] {
  const known = probes.get(permissions);
  if (known !== undefined) return known;
  const found = PROBES.filter(({ action, plane }) => gives(permissions, action, plane) !== 'false');
  probes.set(permissions, found);
  return found;
}

function worst(a: Truth, b: Truth): Truth {
  if (a === 'false' || b === 'false') return 'false';
  return a === 'open' || b === 'open' ? 'open' : 'true';
}
