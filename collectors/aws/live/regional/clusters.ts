import type { Observation } from '#model/record.ts';
import type { Feed } from '#model/scope.ts';
import { federatedSubjectUid } from '#model/uid.ts';
import type { AccountReading } from '../account.ts';
import { listOf, partOf, textOf, textsOf } from '../parts.ts';
import type { Reply } from '../session.ts';
import { holderRows, WORKLOADS } from './holders.ts';

interface Cluster {
  readonly name: string;
  readonly arn: string;
  /** null: it has none. */
  readonly issuer: string | null;
  readonly region: string;
}

/**
 * Yields what EKS gives roles to (clusters, node groups, pods by their ServiceAccount), and whom it lets into a cluster
 * (access entries).
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 * https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export async function* readClusters(
  account: AccountReading,
  region: string,
): AsyncGenerator<readonly Observation[]> {
  for await (const page of account.pages(WORKLOADS, 'eks:ListClusters', {}, { region })) {
    for (const name of textsOf(page, 'clusters')) {
      const input = { name };
      const reply = await account.call(WORKLOADS, 'eks:DescribeCluster', input, {
        region,
        about: name,
        orNone: true,
      });
      const described = partOf(reply, 'cluster');
      const arn = textOf(described, 'arn');
      if (reply === null) continue;
      const roles = { '': textOf(described, 'roleArn') };
      holderRows(account, 'eks:DescribeCluster', { arn, name, kind: 'eks-cluster', roles });
      if (arn === null) continue;
      const issuer = textOf(partOf(partOf(described, 'identity'), 'oidc'), 'issuer');
      yield* readCluster(account, { name, arn, issuer, region });
    }
  }
  account.follows(WORKLOADS, 'eks:ListClusters', DESCRIBES);
  account.follows(WORKLOADS, 'eks:ListNodegroups', ['eks:DescribeNodegroup']);
  account.follows(WORKLOADS, 'eks:ListPodIdentityAssociations', ['eks:DescribePodIdentityAssociation']);
  account.follows(WORKLOADS, 'eks:ListAccessEntries', ['eks:DescribeAccessEntry']);
}

const DESCRIBES = [
  'eks:DescribeCluster',
  'eks:ListNodegroups',
  'eks:DescribeNodegroup',
  'eks:ListPodIdentityAssociations',
  'eks:DescribePodIdentityAssociation',
  'eks:ListAccessEntries',
  'eks:DescribeAccessEntry',
] as const;

async function* readCluster(
  account: AccountReading,
  cluster: Cluster,
): AsyncGenerator<readonly Observation[]> {
  const { name: clusterName, region } = cluster;
  const about = { region, about: clusterName };
  const described = async (
    feeds: readonly Feed[],
    call: (typeof DESCRIBES)[number],
    input: Reply,
  ): Promise<Reply> =>
    (await account.call(feeds, call, { clusterName, ...input }, { ...about, orNone: true })) ?? {};

  for await (const page of account.pages(WORKLOADS, 'eks:ListNodegroups', { clusterName }, about)) {
    for (const nodegroupName of textsOf(page, 'nodegroups')) {
      const group = partOf(
        await described(WORKLOADS, 'eks:DescribeNodegroup', { nodegroupName }),
        'nodegroup',
      );
      holderRows(account, 'eks:DescribeNodegroup', {
        arn: textOf(group, 'nodegroupArn'),
        name: `${clusterName}/${nodegroupName}`,
        kind: 'eks-node-group',
        roles: { '': textOf(group, 'nodeRole') },
      });
    }
  }
  const pods: readonly Feed[] = ['workloads', 'trusts'];
  for await (const page of account.pages(pods, 'eks:ListPodIdentityAssociations', { clusterName }, about)) {
    await Promise.all(
      listOf(page, 'associations').map(async (item) => {
        const input = { associationId: textOf(item, 'associationId') ?? '' };
        const reply = await described(pods, 'eks:DescribePodIdentityAssociation', input);
        podIdentityRows(account, cluster, partOf(reply, 'association'));
      }),
    );
  }
  for await (const page of account.pages(WORKLOADS, 'eks:ListAccessEntries', { clusterName }, about)) {
    for (const principalArn of textsOf(page, 'accessEntries')) {
      const entry = partOf(
        await described(WORKLOADS, 'eks:DescribeAccessEntry', { principalArn }),
        'accessEntry',
      );
      holderRows(account, 'eks:DescribeAccessEntry', {
        arn: textOf(entry, 'accessEntryArn'),
        name: `${clusterName}/${textOf(entry, 'username') ?? principalArn}`,
        kind: 'eks-access-entry',
        roles: { '': textOf(entry, 'principalArn') },
      });
    }
  }
  const rows = account.intake.rows.take();
  if (rows !== null) yield rows;
}

/**
 * The association says which ServiceAccount becomes the role, and that the role trusts EKS is the other half. The
 * condition is the tags that EKS gives the session: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 */
function podIdentityRows(account: AccountReading, cluster: Cluster, association: Reply): void {
  const arn = textOf(association, 'associationArn');
  const role = textOf(association, 'roleArn');
  const namespace = textOf(association, 'namespace');
  const serviceAccount = textOf(association, 'serviceAccount');
  const subject = `system:serviceaccount:${namespace ?? '*'}:${serviceAccount ?? '*'}`;
  holderRows(account, 'eks:DescribePodIdentityAssociation', {
    arn,
    name: `${cluster.name}/${subject}`,
    kind: 'eks-pod-identity-association',
    roles: { '': role, target: textOf(association, 'targetRoleArn') },
  });
  if (arn === null || role === null) return;
  if (namespace === null || serviceAccount === null) {
    return account.lost(
      ['trusts'],
      'eks:DescribePodIdentityAssociation',
      `${arn}: expected a ServiceAccount`,
    );
  }
  account.intake.rows.emit('trusts', {
    uid: `${role}<-${arn}`,
    system: 'aws',
    scopeUid: account.scopeUid,
    identityUid: role,
    trusted: federatedSubjectUid(cluster.issuer ?? issuerOf(account, cluster), subject),
    trustedKind: 'federated-subject',
    mechanism: 'eks-auth:AssumeRoleForPodIdentity',
    condition: {
      StringEquals: {
        'aws:RequestTag/eks-cluster-arn': cluster.arn,
        'aws:RequestTag/kubernetes-namespace': namespace,
        'aws:RequestTag/kubernetes-service-account': serviceAccount,
      },
    },
    external: false,
    certainty: 'certain',
    raw: { associationArn: arn },
  });
}

/** A cluster without an issuer of its own is told by where it is. */
function issuerOf({ id }: AccountReading, { name, region }: Cluster): string {
  return `pods.eks.amazonaws.com/${region}/${id}/${name}`;
}
