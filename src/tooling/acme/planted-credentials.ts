import { clusterUid } from '#model/uid.ts';
import { DEV, PROD, roleArn, userArn } from './aws/account.ts';
import { eks, eksFile, FILES, type PlantedRule } from './planted-spec.ts';

const prodUser = (name: string) => userArn(PROD, name, '/service/');
const devUser = (name: string) => userArn(DEV, name, '/service/');
const DEV_ROOT = `arn:aws:iam::${DEV.id}:root`;
const JENKINS_TOKEN = token('ci', 'jenkins-deployer-token');
const PROBE_TOKEN = token('monitoring', 'uptime-probe-token');

/** What is stale, too old or should not exist: identities nobody uses, and what they prove themselves with. */
export const PLANTED_CREDENTIALS: readonly PlantedRule[] = [
  {
    rule: 'unused-identity',
    severity: 'medium',
    cases: [
      {
        identity: roleArn(PROD, 'legacy-order-export', '/service/'),
        subject: null,
        why: 'last used 301 days ago',
        file: FILES.prod,
        raisedBy: 'production',
      },
      {
        identity: prodUser('svc-ftp-gateway'),
        subject: null,
        why: 'its only key was last used 310 days ago',
        file: FILES.prodReport,
        raisedBy: 'production',
      },
      {
        identity: roleArn(DEV, 'poc-recommendations', '/service/'),
        subject: null,
        why: 'made 820 days ago; no use in the 400 days that IAM tracks',
        file: FILES.dev,
      },
      {
        identity: roleArn(DEV, 'hackday-2025'),
        subject: null,
        why: 'last used 168 days ago',
        file: FILES.dev,
      },
    ],
  },
  {
    rule: 'unused-credential',
    severity: 'medium',
    cases: [
      {
        identity: prodUser('svc-ftp-gateway'),
        subject: key(prodUser('svc-ftp-gateway'), 1),
        why: 'last used 310 days ago',
        file: FILES.prodReport,
        raisedBy: 'production',
      },
      {
        identity: devUser('svc-jenkins'),
        subject: key(devUser('svc-jenkins'), 2),
        why: 'last used 204 days ago',
        file: FILES.devReport,
      },
      {
        identity: DEV_ROOT,
        subject: key(DEV_ROOT, 1),
        why: 'the root key was last used 1,320 days ago',
        file: FILES.devReport,
        raisedBy: 'administrator',
      },
      {
        identity: DEV_ROOT,
        subject: `${DEV_ROOT}/console-password`,
        why: 'the root password was last used 420 days ago',
        file: FILES.devReport,
        raisedBy: 'administrator',
      },
      {
        identity: eks('ci', 'jenkins-deployer'),
        subject: JENKINS_TOKEN,
        why: 'last used on 2026-04-03',
        file: eksFile('secrets'),
        raisedBy: 'production',
      },
    ],
  },
  {
    rule: 'never-used-credential',
    severity: 'medium',
    cases: [
      {
        identity: prodUser('svc-erp-sync'),
        subject: key(prodUser('svc-erp-sync'), 2),
        why: 'made 140 days ago',
        file: FILES.prodReport,
        raisedBy: 'production',
      },
      {
        identity: devUser('svc-chatops'),
        subject: key(devUser('svc-chatops'), 2),
        why: 'made 170 days ago',
        file: FILES.devReport,
      },
      {
        identity: eks('monitoring', 'uptime-probe'),
        subject: PROBE_TOKEN,
        why: 'made 355 days ago',
        file: eksFile('secrets'),
        raisedBy: 'production',
      },
    ],
  },
  {
    rule: 'disabled-identity-with-grants',
    severity: 'low',
    cases: [
      {
        identity: prodUser('svc-old-crm'),
        subject: null,
        why: 'its only key was switched off, its policies were left',
        file: FILES.prod,
        raisedBy: 'production',
      },
      {
        identity: devUser('svc-old-wiki'),
        subject: null,
        why: 'its only key was switched off, its policy was left',
        file: FILES.dev,
      },
    ],
  },
  {
    rule: 'key-too-old',
    severity: 'medium',
    cases: [
      {
        identity: prodUser('svc-erp-sync'),
        subject: key(prodUser('svc-erp-sync'), 1),
        why: 'made 412 days ago',
        file: FILES.prodReport,
        raisedBy: 'production',
      },
      {
        identity: prodUser('svc-erp-sync'),
        subject: key(prodUser('svc-erp-sync'), 2),
        why: 'made 140 days ago',
        file: FILES.prodReport,
        raisedBy: 'production',
      },
      {
        identity: prodUser('svc-ftp-gateway'),
        subject: key(prodUser('svc-ftp-gateway'), 1),
        why: 'made 905 days ago',
        file: FILES.prodReport,
        raisedBy: 'production',
      },
      {
        identity: prodUser('svc-photo-studio'),
        subject: key(prodUser('svc-photo-studio'), 1),
        why: 'made 118 days ago',
        file: FILES.prodReport,
        raisedBy: 'production',
      },
      {
        identity: devUser('svc-jenkins'),
        subject: key(devUser('svc-jenkins'), 2),
        why: 'made 231 days ago',
        file: FILES.devReport,
      },
      {
        identity: devUser('svc-chatops'),
        subject: key(devUser('svc-chatops'), 2),
        why: 'made 170 days ago',
        file: FILES.devReport,
      },
      {
        identity: DEV_ROOT,
        subject: key(DEV_ROOT, 1),
        why: 'the root key was made 2,190 days ago',
        file: FILES.devReport,
        raisedBy: 'administrator',
      },
      {
        identity: prodUser('svc-soap-bridge'),
        subject: `${prodUser('svc-soap-bridge')}/signing-certificate/1`,
        why: 'a signing certificate, uploaded 1,415 days ago',
        file: FILES.prodReport,
      },
      {
        identity: eks('ci', 'jenkins-deployer'),
        subject: JENKINS_TOKEN,
        why: 'a token Secret, made 350 days ago',
        file: eksFile('secrets'),
        raisedBy: 'production',
      },
      {
        identity: eks('monitoring', 'uptime-probe'),
        subject: PROBE_TOKEN,
        why: 'a token Secret, made 355 days ago',
        file: eksFile('secrets'),
        raisedBy: 'production',
      },
    ],
  },
  {
    rule: 'two-active-keys',
    severity: 'medium',
    cases: [
      {
        identity: prodUser('svc-erp-sync'),
        subject: null,
        why: 'both keys are active',
        file: FILES.prodReport,
        raisedBy: 'production',
      },
      { identity: devUser('svc-jenkins'), subject: null, why: 'both keys are active', file: FILES.devReport },
    ],
  },
  {
    rule: 'service-identity-with-password',
    severity: 'high',
    cases: [
      {
        identity: prodUser('svc-report-mailer'),
        subject: null,
        why: 'somebody logs in with it, without a second factor',
        file: FILES.prodReport,
        raisedBy: 'production',
      },
      {
        identity: devUser('svc-selenium-grid'),
        subject: null,
        why: 'somebody logs in with it, without a second factor',
        file: FILES.devReport,
      },
    ],
  },
];

function token(namespace: string, secret: string): string {
  return `${clusterUid('prod-eks')}:secret:${namespace}/${secret}`;
}

function key(user: string, place: 1 | 2): string {
  return `${user}/access-key/${place}`;
}
