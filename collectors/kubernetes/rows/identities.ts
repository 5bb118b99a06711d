import type { Identity } from '#model/identity.ts';
import { observe, type Observation } from '#model/record.ts';
import { clusterUserUid, serviceAccountUid } from '#model/uid.ts';
import { keyOf } from '../objects/inventory.ts';
import { environmentIn, type Estate } from './estate.ts';
import type { Named, NamedUser } from './named.ts';
import { isProviderAccount } from './provider-accounts.ts';
import type { WorkloadIndex } from './workloads.ts';

/** ServiceAccounts and nodes that exist, and the users that something names. */
export function* identityRows(
  estate: Estate,
  named: Named,
  workloads: WorkloadIndex,
): Generator<Observation> {
  yield* serviceAccountRows(estate, workloads);
  yield* nodeRows(estate);
  for (const [name, user] of named.users) {
    const isNode = estate.objects.Node.has(name.slice(NODE.length));
    if (!(name.startsWith(NODE) && isNode)) yield observe('identities', userRow(estate, name, user));
  }
}

const NODE = 'system:node:';

function* serviceAccountRows(estate: Estate, workloads: WorkloadIndex): Generator<Observation> {
  for (const account of estate.objects.ServiceAccount.values()) {
    const { meta, body } = account;
    yield observe('identities', {
      uid: serviceAccountUid(estate.cluster, meta.namespace, meta.name),
      system: 'kubernetes',
      scopeUid: estate.uid,
      kind: 'service-account',
      name: meta.name,
      class: 'non-human',
      classReason: 'a ServiceAccount is for programs',
      managedBy: isProviderAccount(meta) ? 'provider' : 'customer',
      // There is no way to disable one; a manifest does not say whether it is there.
      enabled: meta.uid === null ? null : true,
      createdAt: meta.createdAt,
      tags: meta.labels,
      environment: environmentIn(estate, meta),
      providerId: meta.uid,
      raw: {
        namespace: meta.namespace,
        annotations: meta.annotations,
        automountServiceAccountToken: body.automount,
        secrets: body.secrets,
        mountedBy: workloads.mountedBy(keyOf(account), body.automount),
        isNamespaceAssumed: meta.isNamespaceAssumed,
      },
    } satisfies Identity);
  }
}

/** https://kubernetes.io/docs/reference/access-authn-authz/node/: a node asks as `system:node:<name>`. */
function* nodeRows(estate: Estate): Generator<Observation> {
  for (const { meta } of estate.objects.Node.values()) {
    const name = `${NODE}${meta.name}`;
    yield observe('identities', {
      ...userRow(estate, name, { reason: '', iamArn: null }),
      class: 'non-human',
      classReason: 'a node of the cluster',
      kind: 'node',
      enabled: meta.uid === null ? null : true,
      createdAt: meta.createdAt,
      tags: meta.labels,
      environment: environmentIn(estate, meta),
      providerId: meta.uid,
      raw: { node: meta.name },
    });
  }
}

/**
 * Names that Kubernetes and EKS keep for themselves:
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects,
 * https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html.
 */
const RESERVED = /^(?:system|eks):/u;

/** Kubernetes keeps no user objects: nobody knows whether a user is there, or since when. */
function userRow({ cluster, uid }: Estate, name: string, user: NamedUser): Identity {
  const isNode = name.startsWith(NODE);
  // With aws-auth anybody can be let in under any name.
  const isReserved = isNode || (RESERVED.test(name) && user.iamArn === null);
  return {
    uid: clusterUserUid(cluster, name),
    system: 'kubernetes',
    scopeUid: uid,
    kind: isNode ? 'node' : 'user',
    name,
    class: isReserved ? 'non-human' : 'unknown',
    classReason: isReserved ? 'a name that the control plane keeps for itself' : user.reason,
    managedBy: isReserved ? 'provider' : 'customer',
    enabled: null,
    createdAt: null,
    tags: {},
    environment: null,
    providerId: null,
    raw: user.iamArn === null ? null : { iamArn: user.iamArn },
  };
}
