import type { Operation } from '../admission.ts';
import { gapIn } from '../gaps.ts';
import { coversName, type Held } from '../powers.ts';
import type { World } from '../world.ts';
import { both, type Certainty, type Place, type Step, steps } from './step.ts';

/**
 * Who runs something in a namespace acts as any ServiceAccount of it, with that one's token
 * (https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation), and may break out to the node
 * where no Pod Security level forbids privileged pods.
 */
export function* workloadSteps(place: Place): Iterable<Step> {
  const { powers, namespace, targets } = place;
  const accounts = targets.accounts('serviceaccounts', namespace, 'any');
  const nodes = keepsPodsContained(place) ? [] : targets.any('nodes');

  const createPods = powers.get('createPods');
  if (createPods !== undefined) {
    yield* steps('create-pod', accounts, admitted(place, 'CREATE'), createPods);
    yield* steps('privileged-pod', nodes, 'conditional', createPods);
  }
  const createWorkloads = powers.get('createWorkloads');
  if (createWorkloads !== undefined) {
    yield* steps('create-workload', accounts, admitted(place, 'CREATE'), createWorkloads);
    yield* steps('privileged-workload', nodes, 'conditional', createWorkloads);
  }
  const changeWorkloads = powers.get('changeWorkloads');
  const found = changeWorkloads === undefined ? null : foundWorkloads(place, changeWorkloads);
  if (changeWorkloads !== undefined && found !== null) {
    yield* steps('change-workload', accounts, both(found, admitted(place, 'UPDATE')), changeWorkloads);
  }
}

/**
 * Who makes volumes reaches the files of nodes, from pods that mount them
 * (https://kubernetes.io/docs/concepts/security/rbac-good-practices/#persistent-volume-creation).
 */
export function hostPathSteps({ powers, targets }: Place): Iterable<Step> {
  const createVolumes = powers.get('createVolumes');
  const run = powers.get('createPods') ?? powers.get('createWorkloads');
  if (createVolumes === undefined || run === undefined) return [];
  return steps('host-path-volume', targets.any('nodes'), 'conditional', createVolumes, run);
}

/**
 * Who gets into running pods acts as the ServiceAccounts that they run as. Whether a pod mounts the token shows only
 * in the pod.
 */
export function* runningPodSteps({ powers, namespace, targets }: Place): Iterable<Step> {
  const ways = [
    ['exec', powers.get('exec')],
    ['ephemeral-container', powers.get('debug')],
    ['change-pod', powers.get('changePods')],
  ] as const;
  for (const [via, held] of ways) {
    if (held === undefined) continue;
    yield* steps(via, targets.accounts('running', namespace, held.names), 'conditional', held);
  }
}

/**
 * Who reaches the kubelets gets into every pod
 * (https://kubernetes.io/docs/concepts/security/rbac-good-practices/#access-to-proxy-subresource-of-nodes).
 */
export function nodeProxySteps({ powers, namespace, targets }: Place): Iterable<Step> {
  const nodeProxy = powers.get('nodeProxy');
  if (nodeProxy === undefined || namespace !== null) return [];
  return steps('node-proxy', targets.accounts('running', null, 'any'), 'conditional', nodeProxy);
}

/** Controllers make the pods of workloads: what looks at pods sees those too. */
function admitted({ world }: Place, operation: Operation): Certainty {
  const all = [
    world.admission('CREATE', '', 'pods'),
    ...['deployments', 'daemonsets', 'replicasets', 'statefulsets'].map((kind) =>
      world.admission(operation, 'apps', kind),
    ),
    ...['jobs', 'cronjobs'].map((kind) => world.admission(operation, 'batch', kind)),
  ];
  return all.includes('conditional') ? 'conditional' : 'certain';
}

/**
 * Whether the namespace's Pod Security level keeps pods in their containers
 * (https://kubernetes.io/docs/concepts/security/pod-security-standards/).
 */
export function forbidsPrivilege({ labelsOf }: World, namespace: string): boolean {
  const level = labelsOf(namespace)['pod-security.kubernetes.io/enforce'];
  return level === 'baseline' || level === 'restricted';
}

/** Who may change the namespace's labels may change its level. */
function keepsPodsContained({ world, namespace, powers }: Place): boolean {
  if (namespace === null || !forbidsPrivilege(world, namespace)) return false;
  const change = powers.get('changeNamespaces');
  return change === undefined || !coversName(change, namespace);
}

/** Whether there is anything to change; null: there is not. */
function foundWorkloads({ world, namespace }: Place, { names }: Held): Certainty | null {
  const running = world.accounts.running;
  const within =
    namespace === null ? [...running.values()] : [running.get(namespace) ?? new Map<string, never>()];
  if (
    within.some((known) => (names === 'any' ? known.size > 0 : [...names].some((name) => known.has(name))))
  ) {
    return 'certain';
  }
  return gapIn(world.gaps.workloads, namespace ?? '') === null ? null : 'conditional';
}
