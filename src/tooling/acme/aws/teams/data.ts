import { type Account, PROD } from '../account.ts';
import { allow, grantsIn } from '../policy.ts';
import type { PolicySpec, RoleSpec } from '../spec.ts';
import { github, irsa, service } from '../trust.ts';

const OWN = { team: 'data' } as const;

/** The roles of the data pipeline. */
export function dataRoles(account: Account): readonly RoleSpec[] {
  const { s3Read, s3Write, records, logs, secret, arn, bucket } = grantsIn(account);
  return [
    {
      ...OWN,
      name: 'data-glue-etl',
      path: '/service/',
      age: 590,
      used: 0,
      trust: service('glue'),
      managed: ['service-role/AWSGlueServiceRole', 'DataLakeWrite'],
    },
    {
      ...OWN,
      name: 'data-firehose-clickstream',
      path: '/service/',
      age: 590,
      used: 0,
      trust: service('firehose', account),
      inline: { deliver: [s3Write('clickstream'), records('clickstream'), logs('/firehose/clickstream')] },
    },
    {
      ...OWN,
      name: 'data-redshift-copy',
      path: '/service/',
      age: 590,
      used: 1,
      trust: service('redshift'),
      managed: ['DataLakeRead'],
    },
    {
      ...OWN,
      name: 'data-airflow',
      age: 366,
      used: 0,
      trust: irsa(account, 'data', 'airflow-worker'),
      managed: ['DataLakeWrite'],
      inline: {
        'start-jobs': [
          allow(['glue:StartJobRun', 'glue:GetJobRun'], arn('glue', 'job/acme-*')),
          secret('data/airflow'),
        ],
      },
    },
    {
      ...OWN,
      name: 'data-stream-enricher',
      path: '/service/',
      age: 450,
      used: 0,
      trust: service('lambda'),
      managed: ['service-role/AWSLambdaBasicExecutionRole'],
      inline: {
        stream: [records('clickstream'), allow('kinesis:PutRecords', arn('kinesis', 'stream/enriched'))],
      },
    },
    {
      ...OWN,
      name: 'data-deploy',
      age: 450,
      used: 3,
      trust: github(account, `repo:acme-example/data-pipelines:environment:${account.environment}`),
      inline: {
        artefacts: [
          allow('s3:PutObject', `${bucket('data-artefacts')}/*`),
          allow('glue:UpdateJob', arn('glue', 'job/acme-*')),
        ],
      },
    },
    {
      ...OWN,
      name: 'data-sagemaker-training',
      path: '/service/',
      age: 260,
      used: 4,
      trust: service('sagemaker', account),
      managed: ['DataLakeRead'],
      inline: { models: [s3Write('models')] },
    },
    ...(account === PROD
      ? [
          {
            ...OWN,
            name: 'data-athena-reports',
            path: '/service/',
            age: 380,
            used: 0,
            trust: service('lambda'),
            managed: ['service-role/AWSLambdaBasicExecutionRole', 'DataLakeRead'],
            inline: {
              query: [
                allow(
                  ['athena:StartQueryExecution', 'athena:GetQueryResults'],
                  arn('athena', 'workgroup/reports'),
                ),
              ],
            },
          },
          {
            ...OWN,
            name: 'data-lake-replication',
            path: '/service/',
            age: 620,
            used: 0,
            trust: service('s3', account),
            inline: {
              replicate: [
                s3Read('lake'),
                allow(['s3:ReplicateObject', 's3:ReplicateTags'], 'arn:aws:s3:::acme-prod-lake-replica/*'),
              ],
            },
          },
          {
            ...OWN,
            name: 'data-dms-orders',
            path: '/service/',
            age: 190,
            used: 0,
            trust: service('dms', account),
            inline: { target: [s3Write('lake')], source: [secret('data/orders-db')] },
          },
          {
            ...OWN,
            name: 'data-reverse-etl',
            path: '/service/',
            age: 96,
            used: 1,
            trust: service('ecs-tasks', account),
            inline: { read: [s3Read('lake')], target: [secret('data/crm')] },
          },
        ]
      : []),
  ];
}

/** The customer-managed policies of the data team. */
export function dataPolicies(account: Account): readonly PolicySpec[] {
  const { s3Read, s3Write, arn } = grantsIn(account);
  const catalogue = [arn('glue', 'catalog'), arn('glue', 'database/lake'), arn('glue', 'table/lake/*')];
  return [
    {
      name: 'DataLakeRead',
      age: 590,
      statements: [s3Read('lake'), allow(['glue:GetTable', 'glue:GetPartitions'], catalogue)],
    },
    {
      name: 'DataLakeWrite',
      age: 590,
      statements: [
        s3Write('lake'),
        allow(['glue:GetTable', 'glue:CreatePartition', 'glue:BatchCreatePartition'], catalogue),
      ],
      previous: [[s3Write('lake')]],
    },
  ];
}
