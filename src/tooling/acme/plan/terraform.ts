import { PROD, roleArn } from '../aws/account.ts';
import { allow, grantsIn } from '../aws/policy.ts';
import type { Statement } from '../aws/spec.ts';

const ROLE = 'shop-sitemap';
const { tableRead, s3Write } = grantsIn(PROD);
const NOW: readonly Statement[] = [tableRead('catalog'), s3Write('shop-assets')];

/** Meant to let the job that makes the site map split its work into functions of its own. */
const ADDED = allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'], '*');

/**
 * A plan as `terraform show -json` prints it. It changes one inline policy of a harmless role, and so hands that role
 * every role that Lambda may take.
 */
export function terraformPlan(): object {
  const role = { arn: roleArn(PROD, ROLE, '/service/'), id: ROLE, name: ROLE, path: '/service/' };
  const policy = (statements: readonly Statement[]): object => ({
    id: `${ROLE}:sitemap`,
    name: 'sitemap',
    name_prefix: '',
    policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    role: ROLE,
  });
  return {
    format_version: '1.2',
    terraform_version: '1.13.4',
    planned_values: { root_module: {} },
    resource_changes: [
      changed('aws_iam_role', 'no-op', role, role),
      changed('aws_iam_role_policy', 'update', policy(NOW), policy([...NOW, ADDED])),
    ],
    configuration: {
      provider_config: { aws: { name: 'aws', full_name: 'registry.terraform.io/hashicorp/aws' } },
      root_module: {
        resources: [
          configured('aws_iam_role', { name: { constant_value: ROLE } }),
          configured('aws_iam_role_policy', {
            role: { references: ['aws_iam_role.sitemap.id', 'aws_iam_role.sitemap'] },
          }),
        ],
      },
    },
    timestamp: '2026-11-20T09:12:44Z',
    errored: false,
  };
}

function changed(type: string, action: string, before: object, after: object): object {
  return {
    address: `${type}.sitemap`,
    mode: 'managed',
    type,
    name: 'sitemap',
    provider_name: 'registry.terraform.io/hashicorp/aws',
    change: {
      actions: [action],
      before,
      after,
      after_unknown: {},
      before_sensitive: {},
      after_sensitive: {},
    },
  };
}

function configured(type: string, expressions: object): object {
  return {
    address: `${type}.sitemap`,
    mode: 'managed',
    type,
    name: 'sitemap',
    provider_config_key: 'aws',
    expressions,
    schema_version: 0,
  };
}
