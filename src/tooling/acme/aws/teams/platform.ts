import { type Account, PROD } from '../account.ts';
import { allow, grantsIn } from '../policy.ts';
import type { RoleSpec } from '../spec.ts';
import { github, irsa, principal, service } from '../trust.ts';

const OWN = { team: 'platform' } as const;

/** The roles of the platform team: clusters, pipelines, the operators that run in the cluster. */
export function platformRoles(account: Account): readonly RoleSpec[] {
  const { s3Read, s3Write, table, logs, decrypt, arn } = grantsIn(account);
  const zone = 'arn:aws:route53:::hostedzone/Z0ACMEEXAMPLE';
  return [
    {
      ...OWN,
      name: 'acme-terraform-plan',
      age: 640,
      used: 0,
      trust: github(account, 'repo:acme-example/infrastructure:pull_request'),
      managed: ['ReadOnlyAccess'],
      inline: { 'state-read': [s3Read('terraform-state'), decrypt('1b0f3c7a-state')] },
    },
    {
      ...OWN,
      name: `eks-${account.short}-cluster`,
      age: 512,
      used: 0,
      trust: service('eks'),
      managed: ['AmazonEKSClusterPolicy'],
    },
    {
      ...OWN,
      name: `eks-${account.short}-node`,
      age: 512,
      used: 0,
      trust: service('ec2'),
      managed: [
        'AmazonEKSWorkerNodePolicy',
        'AmazonEKS_CNI_Policy',
        'AmazonEC2ContainerRegistryReadOnly',
        'AmazonSSMManagedInstanceCore',
      ],
      instanceProfile: true,
    },
    {
      ...OWN,
      name: 'karpenter-controller',
      age: 402,
      used: 0,
      trust: irsa(account, 'karpenter', 'karpenter'),
      managed: ['KarpenterController'],
    },
    {
      ...OWN,
      name: 'aws-load-balancer-controller',
      age: 505,
      used: 0,
      trust: irsa(account, 'kube-system', 'aws-load-balancer-controller'),
      managed: ['LoadBalancerController'],
    },
    {
      ...OWN,
      name: 'external-dns',
      age: 505,
      used: 0,
      trust: irsa(account, 'external-dns', 'external-dns'),
      inline: {
        'acme-zone': [
          allow('route53:ChangeResourceRecordSets', zone),
          allow(['route53:ListHostedZones', 'route53:ListResourceRecordSets'], '*'),
        ],
      },
    },
    {
      ...OWN,
      name: 'cert-manager',
      age: 505,
      used: 3,
      trust: irsa(account, 'cert-manager', 'cert-manager'),
      inline: {
        'dns01-challenge': [
          allow('route53:ChangeResourceRecordSets', zone, {
            'ForAllValues:StringEquals': { 'route53:ChangeResourceRecordSetsRecordTypes': ['TXT'] },
          }),
          allow('route53:GetChange', 'arn:aws:route53:::change/*'),
        ],
      },
    },
    {
      ...OWN,
      name: 'ebs-csi-controller',
      age: 505,
      used: 0,
      trust: irsa(account, 'kube-system', 'ebs-csi-controller-sa'),
      managed: ['service-role/AmazonEBSCSIDriverPolicy'],
    },
    {
      ...OWN,
      name: 'external-secrets',
      age: 388,
      used: 0,
      trust: irsa(account, 'external-secrets', 'external-secrets'),
      inline: {
        'read-cluster-secrets': [
          allow(
            ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
            arn('secretsmanager', `secret:eks/${account.short}/*`),
          ),
        ],
      },
    },
    {
      ...OWN,
      name: 'fluent-bit',
      age: 470,
      used: 0,
      trust: irsa(account, 'logging', 'fluent-bit'),
      inline: { 'write-logs': [logs(`/eks/${account.short}/*`)] },
    },
    {
      ...OWN,
      name: 'velero',
      age: 420,
      used: 0,
      trust: irsa(account, 'velero', 'velero'),
      inline: {
        'backup-bucket': [s3Write('cluster-backup')],
        snapshots: [
          allow(
            ['ec2:CreateSnapshot', 'ec2:CreateTags'],
            [arn('ec2', 'volume/*'), 'arn:aws:ec2:eu-west-1::snapshot/*'],
          ),
          allow(['ec2:DescribeSnapshots', 'ec2:DescribeVolumes'], '*'),
        ],
      },
    },
    {
      ...OWN,
      name: 'ecr-push',
      age: 610,
      used: 0,
      trust: github(
        account,
        'repo:acme-example/shop-frontend:ref:refs/heads/main',
        'repo:acme-example/shop-services:ref:refs/heads/main',
        'repo:acme-example/payments:ref:refs/heads/main',
      ),
      managed: ['ImagePush'],
    },
    {
      ...OWN,
      name: 'vpc-flow-logs',
      age: 820,
      used: 0,
      trust: service('vpc-flow-logs', account),
      inline: { 'write-flow-logs': [logs('/vpc/flow-logs')] },
    },
    {
      ...OWN,
      name: 'terraform-state-lock',
      age: 640,
      used: 1,
      trust: principal(`arn:aws:iam::${account.id}:role/acme-terraform-plan`),
      inline: { lock: [table('terraform-locks')] },
    },
    ...(account === PROD ? prodOnly(account) : []),
  ];
}

function prodOnly(account: Account): readonly RoleSpec[] {
  const { bucket } = grantsIn(account);
  return [
    {
      ...OWN,
      name: 'acme-terraform-apply',
      age: 640,
      used: 0,
      trust: github(account, 'repo:acme-example/infrastructure:environment:production'),
      managed: ['TerraformApply'],
      boundary: 'WorkloadBoundary',
    },
    {
      ...OWN,
      name: 'bastion',
      age: 700,
      used: 9,
      trust: service('ec2'),
      managed: ['AmazonSSMManagedInstanceCore'],
      inline: { 'session-logs': [allow('s3:PutObject', `${bucket('session-logs')}/bastion/*`)] },
      instanceProfile: true,
    },
    {
      ...OWN,
      name: 'image-promoter',
      age: 333,
      used: 1,
      trust: principal('arn:aws:iam::444455556666:role/release-tagger'),
      managed: ['ImagePush'],
    },
  ];
}
