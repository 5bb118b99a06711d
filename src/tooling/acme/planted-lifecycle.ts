import { clusterBindingUid } from '#model/uid.ts';
import { DEV, PROD, roleArn, userArn } from './aws/account.ts';
import { eks, eksFile, FILES, onprem, type PlantedRule } from './planted-spec.ts';

const NO_TAG = 'no owner tag';

/** What nobody answers for, or what outlived what it was made for. */
export const PLANTED_LIFECYCLE: readonly PlantedRule[] = [
  {
    rule: 'grants-to-everyone',
    severity: 'high',
    cases: [
      {
        identity: null,
        subject: `${clusterBindingUid('onprem', 'everyone-reads')}#group:system:authenticated`,
        why: 'gives acme-reader to whoever can log in',
        file: 'kubernetes/onprem/legacy.yaml',
      },
    ],
  },
  {
    rule: 'no-owner',
    severity: 'low',
    cases: [
      ...[
        roleArn(PROD, 'temp-athena-debug'),
        roleArn(PROD, 'mail-parser', '/service/'),
        userArn(PROD, 'svc-soap-bridge', '/service/'),
      ].map((identity) => ({ identity, subject: null, why: NO_TAG, file: FILES.prod })),
      ...[roleArn(DEV, 'hackday-2025'), roleArn(DEV, 'tmp-migration', '/service/')].map((identity) => ({
        identity,
        subject: null,
        why: NO_TAG,
        file: FILES.dev,
      })),
      {
        identity: onprem('legacy', 'dashboard'),
        subject: null,
        why: 'the namespace legacy has no team label; the same for everything in it',
        file: 'kubernetes/onprem/namespaces.yaml',
        raisedBy: 'production',
      },
    ],
  },
  {
    rule: 'deleted-principal-trusted',
    severity: 'low',
    cases: [
      {
        identity: roleArn(PROD, 'catalog-backfill'),
        subject: `${roleArn(PROD, 'catalog-backfill')}<-AROA6IHMXRMTVYMT6JUUO/sts:AssumeRole`,
        why: 'the trust policy names an AROA… id: the role that was trusted has been deleted',
        file: FILES.prod,
        raisedBy: 'production',
      },
    ],
  },
  {
    rule: 'cloud-trust-for-missing-service-account',
    severity: 'medium',
    cases: [
      {
        identity: roleArn(PROD, 'data-exports'),
        subject: podTrust('data-exports'),
        why: 'trusts data/exporter, which does not exist in prod-eks: whoever makes it takes the role',
        file: FILES.prod,
        raisedBy: 'production',
      },
    ],
  },
  {
    rule: 'unused-role',
    severity: 'info',
    cases: [
      {
        identity: null,
        subject: `arn:aws:iam::${DEV.id}:policy/OldJenkinsDeploy`,
        why: 'a policy that nobody holds',
        file: FILES.dev,
      },
    ],
  },
  {
    rule: 'identity-shared-by-workloads',
    severity: 'low',
    cases: [
      {
        identity: eks('shop', 'shop-backend'),
        subject: null,
        why: 'the Deployments cart, inventory, reviews and notifications all run as it',
        file: eksFile('deployments'),
        raisedBy: 'production',
      },
    ],
  },
];

/** The uid of the trust of a role of production in the tokens of prod-eks. */
function podTrust(role: string): string {
  const provider = `arn:aws:iam::${PROD.id}:oidc-provider/${PROD.clusterIssuer}`;
  return `${roleArn(PROD, role)}<-${provider}/sts:AssumeRoleWithWebIdentity`;
}
