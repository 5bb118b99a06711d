import { PROD, roleArn } from '../aws/account.ts';
import type { AppSpec } from './app.ts';
import { rule } from './objects.ts';

const READ = 'get,list,watch';

/** What the shop, payments and data teams run in the cluster on EKS, as it should be. */
export const TEAM_APPS: readonly AppSpec[] = [
  {
    namespace: 'shop',
    name: 'shop-api',
    replicas: 3,
    image: 'acme/shop-api:4.18.2',
    awsRole: roleArn(PROD, 'shop-api'),
    noToken: true,
  },
  {
    namespace: 'shop',
    name: 'search-indexer',
    image: 'acme/search-indexer:2.7.0',
    awsRole: roleArn(PROD, 'shop-search-indexer'),
    noToken: true,
  },
  { namespace: 'shop', name: 'storefront', replicas: 3, image: 'acme/storefront:9.0.4', noToken: true },
  {
    namespace: 'shop',
    name: 'checkout',
    replicas: 3,
    image: 'acme/checkout:3.3.1',
    local: [rule('core', 'configmaps', 'get', 'checkout-flags')],
  },
  {
    namespace: 'shop',
    name: 'price-refresh',
    kind: 'CronJob',
    image: 'acme/price-refresh:1.4.0',
    schedule: '*/20 * * * *',
    noToken: true,
  },
  {
    namespace: 'shop',
    name: 'session-cleaner',
    kind: 'CronJob',
    image: 'acme/session-cleaner:1.0.9',
    local: [rule('batch', 'jobs', 'list,delete')],
  },
  {
    namespace: 'payments',
    name: 'payments-api',
    replicas: 3,
    image: 'acme/payments-api:6.2.0',
    awsRole: roleArn(PROD, 'payments-api'),
    noToken: true,
  },
  {
    namespace: 'payments',
    name: 'ledger',
    kind: 'StatefulSet',
    replicas: 2,
    image: 'acme/ledger:5.1.3',
    awsRole: roleArn(PROD, 'payments-ledger'),
    noToken: true,
  },
  {
    namespace: 'payments',
    name: 'fraud-scoring',
    replicas: 2,
    image: 'acme/fraud-scoring:1.12.0',
    awsRole: roleArn(PROD, 'payments-fraud-scoring'),
    noToken: true,
  },
  {
    namespace: 'payments',
    name: 'statement-printer',
    kind: 'CronJob',
    image: 'acme/statements:2.0.1',
    schedule: '0 4 1 * *',
    noToken: true,
  },
  {
    namespace: 'data',
    name: 'airflow-scheduler',
    image: 'airflow:3.1.0',
    local: [rule('core', 'pods', `${READ},create,delete`), rule('core', 'pods/log', 'get')],
  },
  {
    namespace: 'data',
    name: 'airflow-worker',
    kind: 'StatefulSet',
    replicas: 3,
    image: 'airflow:3.1.0',
    awsRole: roleArn(PROD, 'data-airflow'),
    noToken: true,
  },
  {
    namespace: 'data',
    name: 'stores-sync',
    kind: 'CronJob',
    image: 'acme/stores-sync:1.3.2',
    azureIdentity: 'id-stores-sync',
    noToken: true,
  },
  { namespace: 'data', name: 'airflow-webserver', image: 'airflow:3.1.0', noToken: true },
  {
    namespace: 'data',
    name: 'spark-operator',
    image: 'spark-operator:2.3.0',
    local: [
      rule('core', 'pods,services,configmaps', `${READ},create,delete`),
      rule('sparkoperator.k8s.io', 'sparkapplications', `${READ},update`),
    ],
  },
  { namespace: 'data', name: 'kafka-connect', replicas: 2, image: 'acme/kafka-connect:4.1.0', noToken: true },
  { namespace: 'data', name: 'schema-registry', replicas: 2, image: 'schema-registry:8.0.2', noToken: true },
  {
    namespace: 'data',
    name: 'batch-jobs',
    kind: 'CronJob',
    image: 'acme/batch-jobs:0.9.4',
    awsRole: roleArn(PROD, 'data-batch-jobs'),
    noToken: true,
  },
  {
    namespace: 'ci',
    name: 'runner-controller',
    image: 'actions-runner-controller:0.13.0',
    local: [
      rule('core', 'pods', `${READ},create,delete`),
      rule('actions.github.com', 'autoscalingrunnersets,ephemeralrunners', `${READ},update,patch`),
    ],
  },
  { namespace: 'ci', name: 'runner', replicas: 2, image: 'acme/runner:2.329.0', noToken: true },
];
