import { KUBERNETES_PERMISSIONS, READ } from '#catalogue/kubernetes/permissions.ts';
import { KUBERNETES_RESOURCES } from '#catalogue/kubernetes/resources.ts';
import { CAPABILITIES, type Capability } from '#model/entitlement.ts';
import { baseOf, type BoundIn, BUILT_IN, isGrantable } from './grantable.ts';
import { allowsEverything, has, namesAllowed } from './matches.ts';
import type { Rule } from './rules.ts';

/** Capabilities as bits, in the order of `CAPABILITIES`. */
export type CapabilitySet = number;

/** The set of these capabilities. */
export function setOf(...capabilities: readonly Capability[]): CapabilitySet {
  return capabilities.reduce((set, capability) => set | (1 << CAPABILITIES.indexOf(capability)), 0);
}

/** The capabilities of a set, in their own order. */
export function membersOf(set: CapabilitySet): readonly Capability[] {
  return CAPABILITIES.filter((capability) => (set & setOf(capability)) !== 0);
}

/** Every capability. */
const ALL_CAPABILITIES = setOf(...CAPABILITIES);

/**
 * What rules let somebody do, where a binding grants them in the whole cluster or only in a namespace. `escalate` is
 * not among it but for who can do everything: it takes several permissions together.
 */
export function capabilitiesOf(rules: readonly Rule[], where: BoundIn): CapabilitySet {
  return rules.reduce((set, rule) => set | capabilitiesOfRule(rule, where), 0);
}

const ROWS = KUBERNETES_PERMISSIONS.map((row) => ({ ...row, bit: setOf(row.capability) }));

function capabilitiesOfRule(rule: Rule, where: BoundIn): CapabilitySet {
  if (allowsEverything(rule)) return ALL_CAPABILITIES;
  let set = genericCapabilities(rule, where);
  for (const { bit, verbs, group, resources } of ROWS) {
    if ((set & bit) !== 0 || !has(rule.apiGroups, group)) continue;
    const allows = resources.some((resource) =>
      verbs.some(
        (verb) => isGrantable(group, resource, verb, where) && allowsOn(rule, verb, group, resource),
      ),
    );
    if (allows) set |= bit;
  }
  return set;
}

function allowsOn(rule: Rule, verb: string, group: string, resource: string): boolean {
  if (resource !== '*') return namesAllowed(rule, verb, group, resource) !== null;
  const isOfGroup = rule.apiGroups.includes(group) && rule.resources.some((name) => !name.includes('/'));
  return has(rule.verbs, verb) && (isOfGroup || rule.resources.includes('*'));
}

const GENERIC: readonly (readonly [
  verbs: readonly string[],
  builtIn: Capability | null,
  custom: Capability,
])[] = [
  [READ, 'metadata-read', 'data-read'],
  [['create', 'update', 'patch'], null, 'data-write'],
  [['delete', 'deletecollection'], null, 'data-delete'],
];

/**
 * What verbs mean on resources that the table does not list: reading one of Kubernetes' own shows metadata, a custom
 * resource is the customer's data.
 */
function genericCapabilities(rule: Rule, where: BoundIn): CapabilitySet {
  let set = 0;
  for (const [verbs, builtIn, custom] of GENERIC) {
    for (const verb of verbs) {
      // A rule with names covers no request without one.
      const isNameless = verb === 'create' || verb === 'deletecollection';
      if (!has(rule.verbs, verb) || (isNameless && rule.resourceNames.length > 0)) continue;
      for (const resource of rule.resources) {
        const kinds = rule.apiGroups.map((group) => kindOf(group, resource, verb, where));
        if (builtIn !== null && kinds.includes('metadata')) set |= setOf(builtIn);
        if (kinds.includes('custom')) set |= setOf(custom);
      }
    }
  }
  return set;
}

const EXTENSIONS = new Set(
  KUBERNETES_PERMISSIONS.map(({ group }) => group).filter((group) => !BUILT_IN.has(group)),
);
const LISTED = new Set(
  KUBERNETES_PERMISSIONS.flatMap(({ group, resources, verbs }) =>
    resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource} ${group}`)),
  ),
);
const BUILT_IN_NAMES = new Set(
  KUBERNETES_RESOURCES.flatMap(({ namespaced, cluster }) => [...namespaced, ...cluster]),
);

/** What a resource of a rule is that no row of the table says more of; null: one that a row does, or no resource. */
function kindOf(group: string, resource: string, verb: string, where: BoundIn): 'metadata' | 'custom' | null {
  // A star after the slash is literal, and no subresource is called that.
  if (resource.endsWith('/*')) return null;
  const isWild = resource === '*' || resource.startsWith('*/');
  if (LISTED.has(`${verb} ${resource} ${group}`) || !isGrantable(group, resource, verb, where)) return null;
  if (BUILT_IN.has(group) || EXTENSIONS.has(group)) return 'metadata';
  if (group === '*') return isWild || BUILT_IN_NAMES.has(baseOf(resource)) ? 'metadata' : 'custom';
  // The group of a custom resource has a dot, and what a subresource means only its controller knows.
  return group.includes('.') && !resource.includes('/') ? 'custom' : null;
}
