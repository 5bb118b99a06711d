import { type Account, REGION } from './account.ts';
import type { Statement } from './spec.ts';

/** An Allow, with a condition where one is given. */
export function allow(
  action: string | readonly string[],
  resource: string | readonly string[],
  condition?: Statement['Condition'],
): Statement {
  return {
    Effect: 'Allow',
    Action: action,
    Resource: resource,
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

/** The statements that Acme's teams put their policies together from, for the resources of one account. */
export function grantsIn(account: Account) {
  const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${account.id}:${resource}`;
  const bucket = (name: string) => `arn:aws:s3:::acme-${account.short}-${name}`;
  return {
    arn,
    bucket,
    s3Read: (name: string) =>
      allow(['s3:GetObject', 's3:ListBucket', 's3:GetBucketLocation'], [bucket(name), `${bucket(name)}/*`]),
    s3Write: (name: string) =>
      allow(
        ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListBucket'],
        [bucket(name), `${bucket(name)}/*`],
      ),
    table: (name: string) =>
      allow(
        [
          'dynamodb:GetItem',
          'dynamodb:PutItem',
          'dynamodb:UpdateItem',
          'dynamodb:DeleteItem',
          'dynamodb:Query',
        ],
        [arn('dynamodb', `table/${name}`), arn('dynamodb', `table/${name}/index/*`)],
      ),
    tableRead: (name: string) =>
      allow(
        ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
        arn('dynamodb', `table/${name}`),
      ),
    send: (queue: string) => allow(['sqs:SendMessage', 'sqs:GetQueueUrl'], arn('sqs', queue)),
    consume: (queue: string) =>
      allow(
        ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
        arn('sqs', queue),
      ),
    publish: (topic: string) => allow('sns:Publish', arn('sns', topic)),
    secret: (name: string) =>
      allow('secretsmanager:GetSecretValue', arn('secretsmanager', `secret:${name}-*`)),
    decrypt: (key: string) => allow(['kms:Decrypt', 'kms:GenerateDataKey'], arn('kms', `key/${key}`)),
    logs: (group: string) =>
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], arn('logs', `log-group:${group}:*`)),
    metrics: (namespace: string) =>
      allow('cloudwatch:PutMetricData', '*', { StringEquals: { 'cloudwatch:namespace': namespace } }),
    invoke: (name: string) => allow('lambda:InvokeFunction', arn('lambda', `function:${name}`)),
    records: (stream: string) =>
      allow(
        ['kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:DescribeStream'],
        arn('kinesis', `stream/${stream}`),
      ),
    passRole: (role: string, to: string) =>
      allow('iam:PassRole', `arn:aws:iam::${account.id}:role/${role}`, {
        StringEquals: { 'iam:PassedToService': `${to}.amazonaws.com` },
      }),
  };
}
