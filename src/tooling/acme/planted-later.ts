import { clusterRoleUid } from '#model/uid.ts';
import { DEV, PROD, roleArn, userArn } from './aws/account.ts';
import { eks, onprem } from './planted-spec.ts';

/** A weakness that no rule looks for yet: whose it is, and how it works. */
export interface PlantedMechanism {
  readonly topic: string;
  readonly identity: string;
  readonly mechanism: string;
}

/** What was planted for the rules, paths and reports to come. */
export const PLANTED_LATER: readonly PlantedMechanism[] = [
  {
    topic: 'escalation path',
    identity: roleArn(DEV, 'notebook-launcher'),
    mechanism:
      'May pass any role to EC2 and run instances: passes load-test-runner, which trusts EC2, has an instance profile and holds DevEverything.',
  },
  {
    topic: 'escalation path',
    identity: roleArn(DEV, 'sandbox-functions', '/service/'),
    mechanism:
      'PowerUserAccess sends commands through Systems Manager: to the instances of load-test-runner, which holds DevEverything.',
  },
  {
    topic: 'escalation path',
    identity: onprem('legacy', 'token-broker'),
    mechanism: 'May create a token for any ServiceAccount, tiller among them, which holds cluster-admin.',
  },
  {
    topic: 'takes a cloud identity through pods',
    identity: eks('data', 'default'),
    mechanism:
      'May create pods in the namespace data, and a pod may run as airflow-worker or batch-jobs: their AWS roles write to the data lake.',
  },
  {
    topic: 'annotation without trust',
    identity: eks('shop', 'recommendations'),
    mechanism:
      'Its annotation names the role shop-recommendations, which trusts Lambda and nobody else: the pods get no credentials.',
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
    topic: 'reaches every node',
    identity: eks('monitoring', 'node-debugger'),
    mechanism:
      'A DaemonSet whose ServiceAccount reads all Secrets and reaches nodes/proxy, with its token mounted.',
  },
  {
    topic: 'mounted token of a privileged ServiceAccount',
    identity: eks('tools', 'support-console'),
    mechanism: 'Runs commands in every pod of the cluster (create pods/exec), with its token mounted.',
  },
  {
    topic: 'workload gone',
    identity: eks('shop', 'wishlist'),
    mechanism: 'Nothing runs as it and nothing is granted to it: what it was made for is gone.',
  },
  {
    topic: 'no expiry',
    identity: eks('ci', 'jenkins-deployer'),
    mechanism: 'Its token Secret never expires; also those of monitoring/uptime-probe and tools/backstage.',
  },
  {
    topic: 'no expiry',
    identity: userArn(PROD, 'svc-soap-bridge', '/service/'),
    mechanism: 'An X.509 signing certificate that was uploaded almost four years ago.',
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
    topic: 'granted and never used',
    identity: roleArn(PROD, 'ops-auto-remediation', '/service/'),
    mechanism:
      'Holds everything; its last-accessed report shows EC2, logs and S3 in use, and IAM, KMS and Secrets Manager never.',
  },
  {
    topic: 'aggregation',
    identity: clusterRoleUid('onprem', 'acme-lead'),
    mechanism: 'Not a problem: two levels of aggregated ClusterRoles whose rules only a computation shows.',
  },
];
