import { PROD, roleArn } from './aws/account.ts';
import { eks, eksFile, FILES, onprem, type PlantedRule } from './planted-spec.ts';

/** Rights that are within reach of whoever gets hold of a pod, and rights that nobody needs. */
export const PLANTED_EXPOSURE: readonly PlantedRule[] = [
  {
    rule: 'token-mounted-on-privileged-service-account',
    severity: 'high',
    cases: [
      mounted(
        eks('argocd', 'argocd-application-controller'),
        'every verb on every resource',
        eksFile('statefulsets'),
      ),
      mounted(eks('ci', 'role-provisioner'), 'binds and escalates ClusterRoles', eksFile('deployments')),
      mounted(
        eks('monitoring', 'node-debugger'),
        'reads every Secret and reaches nodes/proxy',
        eksFile('daemonsets'),
      ),
      mounted(eks('velero', 'velero'), 'cluster-admin', eksFile('deployments')),
      mounted(onprem('legacy', 'dashboard'), 'every verb on every resource', FILES.legacy),
      mounted(onprem('legacy', 'token-broker'), 'makes tokens for any ServiceAccount', FILES.legacy),
      mounted(
        onprem('delivery', 'gitlab-deployer'),
        'impersonates anybody',
        'kubernetes/onprem/delivery.yaml',
      ),
    ],
  },
  {
    rule: 'daemonset-reaches-every-node',
    severity: 'high',
    cases: [
      {
        identity: eks('monitoring', 'node-debugger'),
        subject: null,
        why: 'its token lies on every node',
        file: eksFile('daemonsets'),
      },
    ],
  },
  {
    rule: 'legacy-token-unused',
    severity: 'medium',
    cases: [
      {
        identity: eks('monitoring', 'uptime-probe'),
        subject: 'k8s:prod-eks:secret:monitoring/uptime-probe-token',
        why: 'no use since the cluster began to track it',
        raisedBy: 'production',
        file: eksFile('secrets'),
      },
    ],
  },
  {
    rule: 'privileged-access-unused',
    severity: 'high',
    cases: [
      {
        identity: roleArn(PROD, 'ops-auto-remediation', '/service/'),
        subject: null,
        why: 'holds everything and never used IAM',
        raisedBy: 'administrator',
        file: FILES.prod,
      },
    ],
  },
  {
    rule: 'boundary-missing-on-identity-creator',
    severity: 'medium',
    cases: [
      {
        identity: roleArn(PROD, 'iam-policy-sync', '/service/'),
        subject: null,
        why: 'writes policies and has no permission boundary',
        raisedBy: 'production',
        file: FILES.prod,
      },
    ],
  },
];

function mounted(identity: string, why: string, file: string): PlantedRule['cases'][number] {
  return { identity, subject: null, why, file };
}
