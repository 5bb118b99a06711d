import { clusterRoleUid } from '#model/uid.ts';
import { DEV, PROD, roleArn, userArn } from './aws/account.ts';
import { eks, onprem } from './planted-spec.ts';

/** Something to see that no finding of its own names: whose it is, and how it works. */
export interface PlantedMechanism {
  readonly topic: string;
  readonly identity: string;
  readonly mechanism: string;
}

/** What paths and reports show beside the findings. */
export const PLANTED_MECHANISMS: readonly PlantedMechanism[] = [
  {
    topic: 'path that something else must allow',
    identity: roleArn(DEV, 'sandbox-functions', '/service/'),
    mechanism:
      'PowerUserAccess sends commands through Systems Manager: to the instances of load-test-runner, which holds DevEverything.',
  },
  {
    topic: 'path that something else must allow',
    identity: onprem('legacy', 'token-broker'),
    mechanism: 'May create a token for any ServiceAccount, tiller among them, which holds cluster-admin.',
  },
  {
    topic: 'takes a cloud identity through pods',
    identity: eks('data', 'default'),
    mechanism:
      'May create pods in the namespace data, and a pod may run as airflow-worker, batch-jobs or stores-sync: a role of AWS, a service account of Google and a managed identity of Azure.',
  },
  {
    topic: 'wildcard in a subject',
    identity: roleArn(PROD, 'data-batch-jobs'),
    mechanism:
      'Meant for data/batch-jobs, but trusts every ServiceAccount of the namespace data (StringLike data:*).',
  },
  {
    topic: 'identity in production and elsewhere',
    identity: roleArn(PROD, 'sales-dashboard'),
    mechanism: 'The production task and the development role sales-dashboard-dev both take it.',
  },
  {
    topic: 'mounted token of a privileged ServiceAccount',
    identity: eks('tools', 'support-console'),
    mechanism: 'Runs commands in every pod of the cluster (create pods/exec), with its token mounted.',
  },
  {
    topic: 'root access key',
    identity: `arn:aws:iam::${DEV.id}:root`,
    mechanism: 'The root user has an active access key and no second factor.',
  },
  {
    topic: 'person with a stale password',
    identity: userArn(DEV, 'robin.marlowe'),
    mechanism: 'Last signed in 262 days ago, past Identity Center.',
  },
  {
    topic: 'aggregation',
    identity: clusterRoleUid('onprem', 'acme-lead'),
    mechanism: 'Not a problem: two levels of aggregated ClusterRoles whose rules only a computation shows.',
  },
];
