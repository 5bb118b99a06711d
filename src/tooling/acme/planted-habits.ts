import { clusterBindingUid } from '#model/uid.ts';
import { DEV, PROD, roleArn, userArn } from './aws/account.ts';
import { policyArn } from './aws/policy-details.ts';
import { keyId } from './gcp/listed.ts';
import { accountEmail, ANALYTICS, LAB } from './gcp/organization.ts';
import { eks, eksFile, FILES, type PlantedRule } from './planted-spec.ts';

const UPLOADER = accountEmail(ANALYTICS, 'stock-uploader');
const BACKSTAGE_TOKEN = 'k8s:prod-eks:secret:tools/backstage-catalog-token';

/** What is common and not good: one or two of each kind; a scan finds more of these, none of them severe. */
export const PLANTED_HABITS: readonly PlantedRule[] = [
  {
    rule: 'claimed-identity-does-not-trust',
    severity: 'low',
    cases: [
      {
        identity: eks('shop', 'recommendations'),
        subject: `${eks('shop', 'recommendations')}->${roleArn(PROD, 'shop-recommendations')}`,
        why: 'its annotation names a role that trusts Lambda and nobody else: the pods get no credentials',
        file: eksFile('serviceaccounts'),
        raisedBy: 'production',
      },
    ],
  },
  {
    rule: 'workload-gone-identity-lives',
    severity: 'low',
    cases: [
      {
        identity: eks('shop', 'wishlist'),
        subject: null,
        why: 'nothing runs as it: what it was made for is gone',
        file: eksFile('serviceaccounts'),
        raisedBy: 'production',
      },
    ],
  },
  {
    rule: 'credential-without-expiry',
    severity: 'low',
    cases: [
      {
        identity: eks('ci', 'jenkins-deployer'),
        subject: 'k8s:prod-eks:secret:ci/jenkins-deployer-token',
        why: 'a token Secret never ends',
        file: eksFile('secrets'),
        raisedBy: 'production',
      },
      {
        identity: userArn(PROD, 'svc-soap-bridge', '/service/'),
        subject: `${userArn(PROD, 'svc-soap-bridge', '/service/')}/signing-certificate/1`,
        why: 'IAM does not look at the end of a signing certificate',
        file: FILES.prodReport,
      },
    ],
  },
  {
    rule: 'static-credential-where-federation-is-available',
    severity: 'low',
    cases: [
      {
        identity: `gcp:serviceAccount:${UPLOADER}`,
        subject: `gcp:projects/${ANALYTICS.id}/serviceAccounts/${UPLOADER}/keys/${keyId({ email: UPLOADER })}`,
        why: 'a key in a file, where a pool would do',
        file: FILES.gcpAssets,
        raisedBy: 'production',
      },
      {
        identity: eks('tools', 'backstage'),
        subject: BACKSTAGE_TOKEN,
        why: 'a token Secret, where the pod has a token of its own',
        file: eksFile('secrets'),
        raisedBy: 'production',
      },
    ],
  },
  {
    rule: 'unused-capability',
    severity: 'low',
    cases: [
      {
        identity: roleArn(PROD, 'ops-auto-remediation', '/service/'),
        subject: null,
        why: 'holds everything; its report shows EC2, logs and S3 in use, and IAM, KMS and Secrets Manager never',
        file: FILES.prod,
        raisedBy: 'administrator',
      },
    ],
  },
  {
    rule: 'separation-of-duties-pair',
    severity: 'medium',
    cases: [
      {
        identity: roleArn(DEV, 'sandbox-functions', '/service/'),
        subject: null,
        why: 'PowerUserAccess changes access and the logs that would show it',
        file: FILES.dev,
      },
    ],
  },
  {
    rule: 'service-trust-without-source-condition',
    severity: 'low',
    cases: [
      {
        identity: roleArn(PROD, 'data-glue-etl', '/service/'),
        subject: `${roleArn(PROD, 'data-glue-etl', '/service/')}<-glue.amazonaws.com/sts:AssumeRole`,
        why: 'Glue may take it for anybody’s job',
        file: FILES.prod,
        raisedBy: 'production',
      },
    ],
  },
  {
    rule: 'wildcard-action-or-resource',
    severity: 'low',
    cases: [
      {
        identity: null,
        subject: policyArn(PROD, 'TerraformApply'),
        why: 'whole services on every resource',
        file: FILES.prod,
      },
    ],
  },
  {
    rule: 'cluster-wide-where-namespace-would-do',
    severity: 'low',
    cases: [
      {
        identity: eks('tools', 'backstage'),
        subject: `${clusterBindingUid('prod-eks', 'backstage')}#serviceaccount:tools/backstage`,
        why: 'sees the whole cluster from its namespace',
        file: eksFile('clusterrolebindings'),
        raisedBy: 'production',
      },
    ],
  },
  {
    rule: 'collection-blind-spot',
    severity: 'low',
    cases: [
      {
        identity: null,
        subject: `gcp:projects/${LAB.id}#roles`,
        why: 'what roles/editor may do was not exported',
        file: FILES.gcpPolicies,
      },
    ],
  },
];
