import { DEV, PROD, roleArn } from './aws/account.ts';
import { bindingGrant, eks, eksFile, FILES, onprem, type PlantedRule } from './planted-spec.ts';

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** Who is trusted too easily, and who holds too much. */
export const PLANTED_ACCESS: readonly PlantedRule[] = [
  {
    rule: 'trust-open-to-anyone',
    severity: 'critical',
    cases: [
      {
        identity: roleArn(PROD, 'partner-dropzone'),
        subject: null,
        why: 'trusts every AWS principal, without a condition',
        file: FILES.prod,
      },
      {
        identity: roleArn(DEV, 'public-demo'),
        subject: null,
        why: 'trusts everyone, without a condition',
        file: FILES.dev,
      },
    ],
  },
  {
    rule: 'external-account-without-external-id',
    severity: 'high',
    cases: [
      {
        identity: roleArn(PROD, 'brightpath-analytics', '/vendor/'),
        subject: null,
        why: 'trusts the vendor account 999911112222',
        file: FILES.prod,
      },
      {
        identity: roleArn(DEV, 'qa-contractor', '/vendor/'),
        subject: null,
        why: 'trusts a role of the vendor account 555566667777',
        file: FILES.dev,
      },
    ],
  },
  {
    rule: 'ci-trust-without-subject-condition',
    severity: 'high',
    cases: [
      {
        identity: roleArn(PROD, 'docs-site-deploy'),
        subject: null,
        why: 'checks the audience only: any repository on GitHub',
        file: FILES.prod,
      },
      {
        identity: roleArn(DEV, 'preview-deploy'),
        subject: null,
        why: 'subject repo:*: any repository on GitHub',
        file: FILES.dev,
      },
    ],
  },
  {
    rule: 'wildcard-administrator-policy',
    severity: 'high',
    cases: [
      {
        identity: roleArn(PROD, 'ops-auto-remediation', '/service/'),
        subject: held(roleArn(PROD, 'ops-auto-remediation', '/service/')),
        why: 'a function with AdministratorAccess',
        file: FILES.prod,
      },
      {
        identity: roleArn(PROD, 'break-glass'),
        subject: held(roleArn(PROD, 'break-glass')),
        why: 'deliberate, for emergencies: a case for a waiver',
        file: FILES.prod,
      },
      {
        identity: roleArn(PROD, 'release-admin'),
        subject: null,
        why: 'an inline policy that allows everything',
        file: FILES.prod,
      },
      {
        identity: roleArn(DEV, 'break-glass'),
        subject: held(roleArn(DEV, 'break-glass')),
        why: 'deliberate, for emergencies: a case for a waiver',
        file: FILES.dev,
      },
      {
        identity: roleArn(DEV, 'acme-terraform-apply'),
        subject: held(roleArn(DEV, 'acme-terraform-apply')),
        why: 'a pipeline with AdministratorAccess',
        file: FILES.dev,
      },
      {
        identity: roleArn(DEV, 'load-test-runner'),
        subject: null,
        why: 'holds DevEverything, a policy of Acme that allows everything',
        file: FILES.dev,
      },
      {
        identity: eks('argocd', 'argocd-application-controller'),
        subject: bindingGrant(
          'prod-eks',
          'argocd-application-controller',
          'argocd/argocd-application-controller',
        ),
        why: 'every verb on every resource',
        file: eksFile('clusterroles'),
      },
      {
        identity: onprem('legacy', 'dashboard'),
        subject: bindingGrant('onprem', 'dashboard', 'legacy/dashboard'),
        why: 'every verb on every resource',
        file: FILES.legacy,
      },
    ],
  },
  {
    rule: 'broad-built-in-role',
    severity: 'high',
    cases: [
      {
        identity: roleArn(DEV, 'sandbox-functions', '/service/'),
        subject: null,
        why: 'PowerUserAccess',
        file: FILES.dev,
      },
      {
        identity: eks('velero', 'velero'),
        subject: bindingGrant('prod-eks', 'velero-cluster-admin', 'velero/velero'),
        why: 'cluster-admin',
        file: eksFile('clusterrolebindings'),
      },
      {
        identity: onprem('legacy', 'tiller'),
        subject: bindingGrant('onprem', 'tiller-cluster-admin', 'legacy/tiller'),
        why: 'cluster-admin',
        file: FILES.legacy,
      },
    ],
  },
  {
    rule: 'default-service-account-with-grants',
    severity: 'medium',
    cases: [
      {
        identity: eks('data', 'default'),
        subject: bindingGrant('prod-eks', 'notebook-runner', 'data/default', 'data'),
        why: 'pods and Secrets of its namespace',
        file: eksFile('rolebindings'),
      },
      {
        identity: eks('tools', 'default'),
        subject: bindingGrant('prod-eks', 'default-view', 'tools/default', 'tools'),
        why: 'view',
        file: eksFile('rolebindings'),
      },
      {
        identity: onprem('legacy', 'default'),
        subject: bindingGrant('onprem', 'intranet', 'legacy/default', 'legacy'),
        why: 'reads ConfigMaps and Secrets',
        file: FILES.legacy,
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
        why: 'no ServiceAccount of that name',
        file: eksFile('rolebindings'),
      },
      {
        identity: eks('shop', 'release-manager'),
        subject: bindingGrant('prod-eks', 'release-manager', 'shop/release-manager', 'shop'),
        why: 'no Role of that name',
        file: eksFile('rolebindings'),
      },
      {
        identity: null,
        subject: bindingGrant('onprem', 'nightly-reports', 'legacy/nightly-reports'),
        why: 'no ServiceAccount of that name',
        file: FILES.legacy,
      },
      {
        identity: onprem('legacy', 'print-server'),
        subject: bindingGrant('onprem', 'print-server', 'legacy/print-server'),
        why: 'no ClusterRole of that name',
        file: FILES.legacy,
      },
    ],
  },
];

function held(principal: string): string {
  return `${principal}->${ADMINISTRATOR}`;
}
