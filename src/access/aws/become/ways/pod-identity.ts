import type { BecomeEdge } from '#model/entitlement.ts';
import type { Json } from '#model/system.ts';
import type { Trust } from '#model/trust.ts';
import { parseArn } from '../../arn.ts';
import { leastSure, step } from '../step.ts';
import type { World } from '../world.ts';

/** The service that takes a role for a pod. */
export const POD_IDENTITY = 'pods.eks.amazonaws.com';

/**
 * From a ServiceAccount of a cluster to the role that EKS associates it with, as far as the role's trust policy lets EKS
 * have it: the association alone gives nothing. Whoever may not tag the session needs an association without tags.
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html
 */
export function* associationSteps(
  world: World,
  trusts: readonly Omit<Trust, 'raw'>[],
): Generator<BecomeEdge> {
  const { may } = world.views.asIs.questions;
  for (const { uid, identityUid: roleUid, trusted, mechanism, condition } of trusts) {
    if (mechanism !== 'eks-auth:AssumeRoleForPodIdentity') continue;
    const tags = tagsOf(condition);
    const cluster = tags['aws:RequestTag/eks-cluster-arn'] ?? [];
    const accounts = cluster.flatMap((arn) => parseArn(arn)?.account ?? []);
    const context = { ...tags, 'aws:SourceArn': cluster, 'aws:SourceAccount': accounts };
    const ask = (action: string) =>
      may({ principal: POD_IDENTITY, action, resource: roleUid, context }).verdict;
    const [assumes, tagsSession] = [ask('sts:AssumeRole'), ask('sts:TagSession')];
    if (assumes === 'denied') continue;
    const certainty = leastSure(
      assumes === 'allowed' ? 'certain' : 'conditional',
      tagsSession === 'allowed' ? 'certain' : 'conditional',
    );
    const evidence = [uid, ...world.trustPolicyOf(roleUid)];
    yield step(trusted, roleUid, 'pod-identity', ['sts:AssumeRole'], certainty, evidence);
  }
}

/** The tags that EKS gives the session, as the association's condition has them. */
function tagsOf(condition: Json): Record<string, readonly string[]> {
  const equals = memberOf(condition, 'StringEquals');
  if (typeof equals !== 'object' || equals === null) return {};
  return Object.fromEntries(
    Object.entries(equals).flatMap(([key, value]) => (typeof value === 'string' ? [[key, [value]]] : [])),
  );
}

function memberOf(value: Json, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
