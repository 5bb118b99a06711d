import { clusterRoleUid, clusterUserUid } from '#model/uid.ts';
import { type Account, DEV, PROD, roleArn } from './aws/account.ts';
import { policyArn } from './aws/policy-details.ts';
import { GITHUB } from './aws/trust.ts';
import {
  bindingGrant,
  eks,
  eksFile,
  FILES,
  onprem,
  type PlantedCase,
  type PlantedRule,
} from './planted-spec.ts';

const DELIBERATE = 'deliberate, for emergencies: a case for a waiver';

/** Who is trusted too easily, and who holds too much. */
export const PLANTED_ACCESS: readonly PlantedRule[] = [
  {
    rule: 'trust-open-to-anyone',
    severity: 'critical',
    cases: [
      trust(PROD, 'partner-dropzone', '/', '*', 'trusts every AWS principal, without a condition'),
      trust(DEV, 'public-demo', '/', '*', 'trusts everyone, without a condition'),
    ],
  },
  {
    rule: 'external-account-without-external-id',
    severity: 'high',
    cases: [
      trust(PROD, 'brightpath-analytics', '/vendor/', 'aws:999911112222', 'trusts the account of a vendor'),
      trust(
        DEV,
        'qa-contractor',
        '/vendor/',
        'arn:aws:iam::555566667777:role/testers',
        'trusts a role in the account of a vendor',
      ),
    ],
  },
  {
    rule: 'ci-trust-without-subject-condition',
    severity: 'high',
    cases: [
      pipeline(PROD, 'docs-site-deploy', 'checks the audience and nothing else: any repository on GitHub'),
      pipeline(DEV, 'preview-deploy', 'its subject is repo:*: any repository on GitHub'),
    ],
  },
  {
    rule: 'wildcard-administrator-policy',
    severity: 'high',
    cases: [
      {
        identity: roleArn(PROD, 'release-admin'),
        subject: `${roleArn(PROD, 'release-admin')}/inline/everything`,
        why: 'an inline policy that allows everything',
        file: FILES.prod,
        raisedBy: 'production',
      },
      held(DEV, 'load-test-runner', '/', 'DevEverything', 'a policy of its own that allows everything'),
      {
        identity: eks('argocd', 'argocd-application-controller'),
        subject: clusterRoleUid('prod-eks', 'argocd-application-controller'),
        why: 'every verb on every resource',
        file: eksFile('clusterroles'),
        raisedBy: 'production',
      },
      {
        identity: onprem('legacy', 'dashboard'),
        subject: clusterRoleUid('onprem', 'dashboard'),
        why: 'every verb on every resource',
        file: FILES.legacy,
        raisedBy: 'production',
      },
    ],
  },
  {
    rule: 'broad-built-in-role',
    severity: 'high',
    cases: [
      held(PROD, 'ops-auto-remediation', '/service/', 'AdministratorAccess', 'a function'),
      held(PROD, 'break-glass', '/', 'AdministratorAccess', DELIBERATE),
      held(DEV, 'break-glass', '/', 'AdministratorAccess', DELIBERATE),
      held(DEV, 'acme-terraform-apply', '/', 'AdministratorAccess', 'a pipeline'),
      held(DEV, 'sandbox-functions', '/service/', 'PowerUserAccess', 'functions of a sandbox'),
      clusterAdmin(
        'prod-eks',
        eks('velero', 'velero'),
        eksFile('clusterrolebindings'),
        'bound to cluster-admin',
        'production',
      ),
      clusterAdmin(
        'prod-eks',
        clusterUserUid('prod-eks', 'shop-deploy'),
        eksFile('configmaps'),
        'aws-auth puts the pipeline role shop-deploy into system:masters',
        'administrator',
      ),
      clusterAdmin(
        'onprem',
        onprem('legacy', 'tiller'),
        FILES.legacy,
        'bound to cluster-admin',
        'production',
      ),
    ],
  },
  {
    rule: 'default-service-account-with-grants',
    severity: 'medium',
    cases: [
      {
        identity: eks('data', 'default'),
        subject: null,
        why: 'pods and Secrets of its namespace',
        file: eksFile('rolebindings'),
        raisedBy: 'production',
      },
      {
        identity: eks('tools', 'default'),
        subject: null,
        why: 'view',
        file: eksFile('rolebindings'),
        raisedBy: 'production',
      },
      {
        identity: onprem('legacy', 'default'),
        subject: null,
        why: 'ConfigMaps and Secrets of its namespace',
        file: FILES.legacy,
        raisedBy: 'production',
      },
    ],
  },
  {
    rule: 'dangling-binding',
    severity: 'medium',
    cases: [
      {
        identity: null,
        subject: bindingGrant('prod-eks', 'psp-migrator', 'payments/psp-migrator', 'payments'),
        why: 'there is no such ServiceAccount',
        file: eksFile('rolebindings'),
      },
      {
        identity: eks('shop', 'release-manager'),
        subject: bindingGrant('prod-eks', 'release-manager', 'shop/release-manager', 'shop'),
        why: 'there is no Role release-manager',
        file: eksFile('rolebindings'),
        raisedBy: 'production',
      },
      {
        identity: null,
        subject: bindingGrant('onprem', 'nightly-reports', 'legacy/nightly-reports'),
        why: 'there is no such ServiceAccount',
        file: FILES.legacy,
      },
      {
        identity: onprem('legacy', 'print-server'),
        subject: bindingGrant('onprem', 'print-server', 'legacy/print-server'),
        why: 'there is no ClusterRole acme-print-admin',
        file: FILES.legacy,
        raisedBy: 'production',
      },
    ],
  },
];

function trust(account: Account, name: string, path: string, trusted: string, why: string): PlantedCase {
  const identity = roleArn(account, name, path);
  return onRole(account, identity, `${identity}<-${trusted}/sts:AssumeRole`, why);
}

function pipeline(account: Account, name: string, why: string): PlantedCase {
  const identity = roleArn(account, name);
  const provider = `arn:aws:iam::${account.id}:oidc-provider/${GITHUB}`;
  return onRole(account, identity, `${identity}<-${provider}/sts:AssumeRoleWithWebIdentity`, why);
}

function held(account: Account, name: string, path: string, policy: string, why: string): PlantedCase {
  const isAdministrator = policy !== 'PowerUserAccess';
  const planted = onRole(account, roleArn(account, name, path), policyArn(account, policy), why);
  return isAdministrator ? { raisedBy: 'administrator', ...planted } : planted;
}

function onRole(account: Account, identity: string, subject: string, why: string): PlantedCase {
  const planted = { identity, subject, why, file: FILES[account.short] };
  return account === PROD ? { ...planted, raisedBy: 'production' } : planted;
}

function clusterAdmin(
  cluster: string,
  identity: string,
  file: string,
  why: string,
  raisedBy?: PlantedCase['raisedBy'],
): PlantedCase {
  return { identity, subject: clusterRoleUid(cluster, 'cluster-admin'), why, file, raisedBy };
}
