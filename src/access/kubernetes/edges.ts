import type { AccessRecords } from '../engine.ts';
import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import { groupsOf, groupsOfMember } from './asker.ts';
import { type Becoming, becomingIn, type PlacedSteps } from './becoming.ts';
import type { Cluster } from './cluster.ts';
import { MASTERS, subjectOf } from './names.ts';
import { TECHNIQUES } from './techniques/index.ts';
import { forbidsPrivilege } from './techniques/workloads.ts';
import { type Step, steps } from './techniques/step.ts';

/**
 * Who can become whom in one step in a cluster: identities and the ServiceAccounts that bindings name, by what their
 * own and their groups' bindings give them together; members of groups; nodes; full control over the cluster and its
 * namespaces; and, where aws-auth says so, IAM principals of AWS.
 */
export function* clusterEdges(cluster: Cluster, records: AccessRecords): Iterable<BecomeEdge> {
  const becoming = becomingIn(cluster, records, TECHNIQUES);
  const { world, stepsOf, waypointEdges } = becoming;
  const named = [...cluster.users.keys()].map(world.userUid);

  for (const fromUid of new Set([...records.identities.map(({ uid }) => uid), ...named])) {
    const user = subjectOf(cluster.uid, fromUid)?.name;
    if (user !== undefined) yield* placedEdges(fromUid, stepsOf({ user, groups: groupsOf(cluster, user) }));
  }
  for (const fromUid of [...world.groups, world.groupUid(MASTERS)]) {
    const group = subjectOf(cluster.uid, fromUid)?.name ?? '';
    yield* placedEdges(fromUid, stepsOf({ user: null, groups: groupsOfMember(group) }));
  }
  yield* nodeEdges(becoming);
  yield* adminEdges(becoming);
  yield* awsAuthEdges(records);
  yield* waypointEdges();
}

function* placedEdges(fromUid: Uid, placed: readonly PlacedSteps[]): Iterable<BecomeEdge> {
  for (const { steps: own } of placed) yield* edgesFrom(fromUid, own);
}

function* edgesFrom(fromUid: Uid, from: Iterable<Step>): Iterable<BecomeEdge> {
  // Who acts as a ServiceAccount that may make tokens of itself gets one that clouds take.
  for (const step of from)
    if (step.toUid !== fromUid || step.via === 'token-request') yield { fromUid, ...step };
}

/**
 * A node gets tokens of the ServiceAccounts whose pods run on it
 * (https://kubernetes.io/docs/reference/access-authn-authz/node/); which those are is not on record.
 */
function* nodeEdges({ world, targets }: Becoming): Iterable<BecomeEdge> {
  const running = targets.accounts('running', null, 'any');
  for (const node of world.nodes) yield* edgesFrom(node, steps('pods-of-node', running, 'conditional'));
}

/** Full control over a place is control over everybody in it. */
function* adminEdges({ world, targets }: Becoming): Iterable<BecomeEdge> {
  for (const namespace of [null, ...world.namespaces]) {
    const via = namespace === null ? 'cluster-admin' : 'namespace-admin';
    const own = [
      ...targets.accounts('serviceaccounts', namespace, 'any'),
      ...targets.accounts('missing', namespace, 'any'),
      ...(namespace === null ? targets.any('users') : []),
    ];
    yield* edgesFrom(targets.admin(namespace), steps(via, own, 'certain'));
    if (namespace === null || forbidsPrivilege(world, namespace)) continue;
    yield* edgesFrom(targets.admin(namespace), steps('privileged-pod', targets.any('nodes'), 'conditional'));
  }
}

/** https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html */
function* awsAuthEdges({ trusts }: AccessRecords): Iterable<BecomeEdge> {
  for (const { uid, trusted, trustedKind, identityUid, mechanism, certainty } of trusts) {
    if (mechanism !== 'aws-auth' || trustedKind !== 'identity') continue;
    yield {
      fromUid: trusted,
      toUid: identityUid,
      via: mechanism,
      permissions: [],
      certainty: certainty === 'certain' ? 'certain' : 'conditional',
      evidence: [uid],
    };
  }
}
