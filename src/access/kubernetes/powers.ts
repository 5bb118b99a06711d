import { READ } from '#catalogue/kubernetes/permissions.ts';
import type { Uid } from '#model/system.ts';
import { type BoundIn, isGrantable } from './grantable.ts';
import { allowsEverything, namesAllowed } from './matches.ts';
import type { Rule } from './rules.ts';

interface Access {
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';
const CERTIFICATES = 'certificates.k8s.io';
const AUTHENTICATION = 'authentication.k8s.io';
const CHANGE = ['update', 'patch'];

const workloads = (verbs: readonly string[]): readonly Access[] => [
  { group: '', resources: ['replicationcontrollers'], verbs },
  { group: 'apps', resources: ['deployments', 'daemonsets', 'replicasets', 'statefulsets'], verbs },
  { group: 'batch', resources: ['jobs', 'cronjobs'], verbs },
];

/** The permissions that the techniques of becoming another use, each alone or together with others. */
const POWERS = {
  createPods: on('', 'pods', ['create']),
  changePods: on('', 'pods', CHANGE),
  createWorkloads: workloads(['create']),
  changeWorkloads: workloads(CHANGE),
  // Which of the verbs depends on how the connection is opened: a websocket is opened with GET.
  exec: [...on('', 'pods/exec', ['get', 'create']), ...on('', 'pods/attach', ['get', 'create'])],
  debug: on('', 'pods/ephemeralcontainers', CHANGE),
  nodeProxy: on('', 'nodes/proxy', ['get', 'create']),
  changeNamespaces: on('', 'namespaces', CHANGE),
  createVolumes: on('', 'persistentvolumes', ['create']),

  createTokens: on('', 'serviceaccounts/token', ['create']),
  createAccounts: on('', 'serviceaccounts', ['create']),
  readSecrets: on('', 'secrets', READ),
  createSecrets: on('', 'secrets', ['create']),
  createRequests: on(CERTIFICATES, 'certificatesigningrequests', ['create']),
  approveRequests: on(CERTIFICATES, 'certificatesigningrequests/approval', CHANGE),
  approveSigners: on(CERTIFICATES, 'signers', ['approve']),

  impersonateUsers: on('', 'users', ['impersonate']),
  impersonateGroups: on('', 'groups', ['impersonate']),
  impersonateAccounts: on('', 'serviceaccounts', ['impersonate']),
  impersonateUserInfo: on(AUTHENTICATION, 'users', ['impersonate:user-info']),
  impersonateNodeInfo: on(AUTHENTICATION, 'nodes', ['impersonate:arbitrary-node']),
  impersonateAccountInfo: on(AUTHENTICATION, 'serviceaccounts', ['impersonate:serviceaccount']),

  createClusterBindings: on(RBAC, 'clusterrolebindings', ['create']),
  changeClusterBindings: on(RBAC, 'clusterrolebindings', CHANGE),
  createBindings: on(RBAC, 'rolebindings', ['create']),
  changeBindings: on(RBAC, 'rolebindings', CHANGE),
  createClusterRoles: on(RBAC, 'clusterroles', ['create']),
  changeClusterRoles: on(RBAC, 'clusterroles', CHANGE),
  changeRoles: on(RBAC, 'roles', CHANGE),
  bindClusterRoles: on(RBAC, 'clusterroles', ['bind']),
  bindRoles: on(RBAC, 'roles', ['bind']),
  escalateClusterRoles: on(RBAC, 'clusterroles', ['escalate']),
  escalateRoles: on(RBAC, 'roles', ['escalate']),

  writeMutatingWebhooks: on(ADMISSION, 'mutatingwebhookconfigurations', ['create', ...CHANGE]),
  writeValidatingWebhooks: on(ADMISSION, 'validatingwebhookconfigurations', ['create', ...CHANGE]),
  changeConfigMaps: on('', 'configmaps', CHANGE),
} as const satisfies Record<string, readonly Access[]>;

/** `everything`: every verb on every resource. */
type Power = keyof typeof POWERS | 'everything';

/** The names of the objects that a power is limited to; `any`: none. */
export type Names = 'any' | ReadonlySet<string>;

/** A power as somebody has it. */
export interface Held {
  readonly names: Names;
  /** `create pods`, `bind clusterroles.rbac.authorization.k8s.io`: what of the power it is. */
  readonly permissions: Iterable<string>;
  /** The grants that give it. */
  readonly evidence: Iterable<Uid>;
}

/** What somebody has of all powers. */
export type Powers = ReadonlyMap<Power, Held>;

/** The powers that rules give, where a binding grants them in the whole cluster or only in a namespace. */
export function powersOf(rules: readonly Rule[], where: BoundIn): Powers {
  const powers = new Map<Power, Sum>();
  for (const rule of rules) {
    if (allowsEverything(rule))
      add(powers, 'everything', { names: 'any', permissions: ['* *.*'], evidence: [] });
    for (const power of NAMES) {
      for (const access of POWERS[power]) addAccess(powers, power, rule, access, where);
    }
  }
  return powers;
}

/** What several grants give together. */
export function combine(parts: Iterable<readonly [powers: Powers, grantUid: Uid]>): Powers {
  const together = new Map<Power, Sum>();
  for (const [powers, grantUid] of parts) {
    for (const [power, held] of powers) add(together, power, { ...held, evidence: [grantUid] });
  }
  return together;
}

/** Whether a power covers an object of this name. */
export function coversName({ names }: Held, name: string): boolean {
  return names === 'any' || names.has(name);
}

// The keys of POWERS are its powers.
const NAMES = Object.keys(POWERS) as (keyof typeof POWERS)[];

interface Sum extends Held {
  names: 'any' | Set<string>;
  readonly permissions: Set<string>;
  readonly evidence: Set<Uid>;
}

function addAccess(
  powers: Map<Power, Sum>,
  power: Power,
  rule: Rule,
  { group, resources, verbs }: Access,
  where: BoundIn,
): void {
  for (const resource of resources) {
    for (const verb of verbs) {
      const names = isGrantable(group, resource, verb, where)
        ? namesAllowed(rule, verb, group, resource)
        : null;
      if (names === null) continue;
      const permission = `${verb} ${resource}${group === '' ? '' : `.${group}`}`;
      const limit = names === 'any' ? names : new Set(names);
      add(powers, power, { names: limit, permissions: [permission], evidence: [] });
    }
  }
}

function add(powers: Map<Power, Sum>, power: Power, { names, permissions, evidence }: Held): void {
  const sum = powers.get(power) ?? { names: new Set<string>(), permissions: new Set(), evidence: new Set() };
  powers.set(power, sum);
  if (names === 'any' || sum.names === 'any') sum.names = 'any';
  else for (const name of names) sum.names.add(name);
  for (const permission of permissions) sum.permissions.add(permission);
  for (const grantUid of evidence) sum.evidence.add(grantUid);
}

function on(group: string, resource: string, verbs: readonly string[]): readonly Access[] {
  return [{ group, resources: [resource], verbs }];
}
