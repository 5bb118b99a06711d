import type { LastAccessedSpec } from './spec.ts';

/** The roles whose last accessed services were asked for, with the days since (null: not within the tracked time). */
export const LAST_ACCESSED: Readonly<Record<'prod' | 'dev', readonly LastAccessedSpec[]>> = {
  prod: [
    { role: 'shop-cart-task', services: { dynamodb: 0, sqs: 0 } },
    { role: 'payments-api', services: { dynamodb: 0, kms: 0, secretsmanager: 2, sqs: 0 } },
    { role: 'data-airflow', services: { glue: 0, s3: 0, secretsmanager: 11 } },
    { role: 'legacy-order-export', services: { logs: 301, s3: 301 } },
    {
      role: 'ops-auto-remediation',
      services: { ec2: 3, logs: 3, iam: null, kms: null, rds: 210, s3: 3, secretsmanager: null },
    },
    { role: 'shop-release-bot', services: { iam: 1, lambda: 1 } },
  ],
  dev: [
    {
      role: 'acme-terraform-apply',
      services: { ec2: 0, iam: 0, rds: 4, s3: 0, organizations: null, secretsmanager: 130 },
    },
    { role: 'sandbox-functions', services: { logs: 6, s3: 6, ec2: null, kms: null, rds: null } },
    { role: 'poc-recommendations', services: { s3: null } },
  ],
};

/** What AWS calls the services, by namespace. */
export const SERVICE_TITLES: Readonly<Record<string, string>> = {
  dynamodb: 'Amazon DynamoDB',
  ec2: 'Amazon EC2',
  glue: 'AWS Glue',
  iam: 'AWS Identity and Access Management',
  kms: 'AWS Key Management Service',
  lambda: 'AWS Lambda',
  logs: 'Amazon CloudWatch Logs',
  organizations: 'AWS Organizations',
  rds: 'Amazon RDS',
  s3: 'Amazon S3',
  secretsmanager: 'AWS Secrets Manager',
  sqs: 'Amazon SQS',
};
