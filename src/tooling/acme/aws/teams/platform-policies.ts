import { type Account, PROD } from '../account.ts';
import { allow, grantsIn } from '../policy.ts';
import type { PolicySpec } from '../spec.ts';

/** The customer-managed policies of the platform team. */
export function platformPolicies(account: Account): readonly PolicySpec[] {
  const { arn, passRole, bucket } = grantsIn(account);
  const cluster = `eks-${account.short}`;
  return [
    {
      name: 'KarpenterController',
      age: 402,
      statements: [
        allow(['ec2:RunInstances', 'ec2:CreateFleet', 'ec2:CreateLaunchTemplate'], '*', {
          StringEquals: { [`aws:RequestTag/kubernetes.io/cluster/${cluster}`]: 'owned' },
        }),
        allow(['ec2:TerminateInstances', 'ec2:DeleteLaunchTemplate'], '*', {
          StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${cluster}`]: 'owned' },
        }),
        allow(
          [
            'ec2:DescribeInstances',
            'ec2:DescribeInstanceTypes',
            'ec2:DescribeSubnets',
            'pricing:GetProducts',
          ],
          '*',
        ),
        passRole(`${cluster}-node`, 'ec2'),
      ],
    },
    {
      name: 'LoadBalancerController',
      age: 505,
      statements: [
        allow(
          [
            'elasticloadbalancing:DescribeLoadBalancers',
            'elasticloadbalancing:DescribeTargetGroups',
            'ec2:DescribeSubnets',
            'ec2:DescribeVpcs',
          ],
          '*',
        ),
        allow(
          [
            'elasticloadbalancing:CreateListener',
            'elasticloadbalancing:ModifyTargetGroup',
            'elasticloadbalancing:RegisterTargets',
            'elasticloadbalancing:DeregisterTargets',
          ],
          [arn('elasticloadbalancing', 'loadbalancer/*'), arn('elasticloadbalancing', 'targetgroup/*')],
          { Null: { 'aws:ResourceTag/elbv2.k8s.aws/cluster': 'false' } },
        ),
      ],
      previous: [[allow('elasticloadbalancing:DescribeLoadBalancers', '*')]],
    },
    {
      name: 'ImagePush',
      age: 610,
      statements: [
        allow('ecr:GetAuthorizationToken', '*'),
        allow(
          [
            'ecr:BatchCheckLayerAvailability',
            'ecr:InitiateLayerUpload',
            'ecr:UploadLayerPart',
            'ecr:CompleteLayerUpload',
            'ecr:PutImage',
          ],
          arn('ecr', 'repository/acme/*'),
        ),
      ],
    },
    ...(account === PROD
      ? [
          {
            name: 'TerraformApply',
            age: 640,
            statements: [
              allow(
                ['ec2:Describe*', 'rds:Describe*', 'elasticloadbalancing:Describe*', 'route53:List*'],
                '*',
              ),
              allow(['rds:ModifyDBInstance', 'rds:AddTagsToResource'], arn('rds', 'db:acme-*')),
              allow(
                ['s3:PutBucketPolicy', 's3:PutBucketTagging', 's3:PutEncryptionConfiguration'],
                bucket('*'),
              ),
              allow(
                ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'],
                arn('lambda', 'function:shop-*'),
              ),
              passRole('service/shop-*', 'lambda'),
            ],
            previous: [
              [allow(['ec2:Describe*', 'rds:Describe*'], '*')],
              [allow(['ec2:Describe*', 'rds:Describe*', 'route53:List*'], '*')],
            ],
          },
        ]
      : []),
  ];
}
