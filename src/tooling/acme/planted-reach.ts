import { clusterUserUid } from '#model/uid.ts';
import { type Account, DEV, PROD, roleArn } from './aws/account.ts';
import { eks, eksFile, FILES, onprem, type PlantedCase, type PlantedRule } from './planted-spec.ts';

/** Who can do too much in effect, or become somebody who can. */
export const PLANTED_REACH: readonly PlantedRule[] = [
  {
    rule: 'administrator-equivalent',
    severity: 'high',
    cases: [
      role(PROD, 'ops-auto-remediation', '/service/', 'AdministratorAccess', 'administrator'),
      role(PROD, 'break-glass', '/', 'AdministratorAccess', 'administrator'),
      role(PROD, 'release-admin', '/', 'an inline policy that allows everything', 'administrator'),
      role(DEV, 'break-glass', '/', 'AdministratorAccess', 'administrator'),
      role(DEV, 'acme-terraform-apply', '/', 'AdministratorAccess', 'administrator'),
      role(DEV, 'load-test-runner', '/', 'DevEverything', 'administrator'),
      account('velero', 'velero', 'clusterrolebindings', 'cluster-admin'),
      account('argocd', 'argocd-application-controller', 'clusterroles', 'every verb on every resource'),
      {
        identity: clusterUserUid('prod-eks', 'shop-deploy'),
        subject: null,
        why: 'in system:masters by aws-auth',
        file: eksFile('configmaps'),
        raisedBy: 'administrator',
      },
      warehouse('legacy', 'dashboard', 'every verb on every resource'),
    ],
  },
  {
    rule: 'can-escalate-to-administrator',
    severity: 'high',
    cases: [
      role(
        PROD,
        'shop-release-bot',
        '/',
        'passes ops-auto-remediation to a function that it makes and invokes: any role may be passed',
        'production',
      ),
      role(
        PROD,
        'iam-policy-sync',
        '/service/',
        'makes a new default version of any policy, its own among them',
        'production',
      ),
      role(
        PROD,
        'release-coordinator',
        '/',
        'may assume release-admin, which allows everything',
        'production',
      ),
      role(
        DEV,
        'integration-runner',
        '/',
        'development into production in two steps: by release-coordinator to release-admin; both trust policies agree',
      ),
      role(
        DEV,
        'notebook-launcher',
        '/',
        'passes any role to instances that it runs: load-test-runner trusts EC2 and holds DevEverything',
      ),
      role(PROD, 'shop-deploy', '/', 'aws-auth makes it a user in system:masters of prod-eks', 'production'),
      account(
        'ci',
        'role-provisioner',
        'clusterrolebindings',
        'holds bind and escalate on clusterroles and create on clusterrolebindings: binds itself to cluster-admin',
      ),
      warehouse(
        'delivery',
        'gitlab-deployer',
        'may impersonate any user, group and ServiceAccount, and so system:masters',
      ),
    ],
  },
  {
    rule: 'identity-admin-rights',
    severity: 'medium',
    cases: [
      role(PROD, 'iam-policy-sync', '/service/', 'makes new versions of any policy', 'production'),
      role(
        DEV,
        'sandbox-functions',
        '/service/',
        'PowerUserAccess gives rights in clusters and Identity Center',
      ),
      account('ci', 'role-provisioner', 'clusterroles', 'makes and changes cluster-wide roles and bindings'),
    ],
  },
  {
    rule: 'reads-secrets',
    severity: 'medium',
    cases: [
      role(PROD, 'support-secrets-viewer', '/', 'every secret of the account', 'production'),
      role(DEV, 'sandbox-functions', '/service/', 'PowerUserAccess reads every secret of the account'),
      account('monitoring', 'node-debugger', 'clusterroles', 'every Secret of the cluster'),
      account(
        'payments',
        'reconciliation-export',
        'roles',
        'Secrets of its namespace; its CronJob is suspended',
      ),
      account('data', 'default', 'roles', 'Secrets of its namespace'),
      account('argocd', 'argocd-server', 'roles', 'Secrets of its namespace, as Argo CD is installed'),
      account('cert-manager', 'cert-manager-webhook', 'roles', 'Secrets of its namespace'),
      warehouse('legacy', 'default', 'Secrets of its namespace'),
      warehouse('delivery', 'flux-notification', 'Secrets of its namespace'),
    ],
  },
];

function role(
  at: Account,
  name: string,
  path: string,
  why: string,
  raisedBy?: PlantedCase['raisedBy'],
): PlantedCase {
  return { identity: roleArn(at, name, path), subject: null, why, file: FILES[at.short], raisedBy };
}

function account(namespace: string, name: string, kind: string, why: string): PlantedCase {
  const file = eksFile(kind);
  return { identity: eks(namespace, name), subject: null, why, file, raisedBy: 'production' };
}

function warehouse(namespace: string, name: string, why: string): PlantedCase {
  const file = namespace === 'legacy' ? FILES.legacy : `kubernetes/onprem/${namespace}.yaml`;
  return { identity: onprem(namespace, name), subject: null, why, file, raisedBy: 'production' };
}
