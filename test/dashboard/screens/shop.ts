import type { PartialRows } from '#audit/example-rows.ts';
import type { Finding } from '#model/finding.ts';
import { able, step } from '../../estates/access.ts';
import { accessKey, arn, attached, awsRole, awsUser, policy, trust, used } from '../../estates/aws.ts';
import { daysAgo, notRead } from '../../estates/estate.ts';
import type { Derived } from './screens-over.ts';

export const DEPLOY = arn('user/deploy');
export const ADMIN = arn('role/admin');
export const WEB = 'k8s:prod:serviceaccount:shop/web';

/** A user with an old key that can become an administrator, and a service account of which little was read. */
export const SHOP: readonly PartialRows[] = [
  awsUser('deploy', { createdAt: daysAgo(400), tags: { owner: 'shop' }, environment: 'production' }),
  awsRole('admin', { enabled: null, createdAt: null }),
  { identities: [{ uid: WEB, kind: 'service-account', name: 'web', createdAt: daysAgo(30) }] },
  accessKey('deploy', 'AKIA1', {
    createdAt: daysAgo(400),
    lastUsedAt: daysAgo(200),
    lastUsedEvidence: 'used',
  }),
  accessKey('deploy', 'AKIA2', { createdAt: null, enabled: null }),
  used('user/deploy', {
    lastUsedAt: daysAgo(3),
    windowStart: daysAgo(90),
    windowEnd: daysAgo(0),
    source: 'aws:credential-report',
    blindSpots: ['sessions made with a key'],
  }),
  policy('everything', { breadth: 'everything' }),
  attached('role/admin', 'everything'),
  trust('admin', 'admin-trust', {
    trusted: DEPLOY,
    trustedKind: 'identity',
    mechanism: 'sts:AssumeRole',
    external: false,
  }),
  able(ADMIN, 'admin', { scopeUid: 'aws:111111111111' }),
  able(DEPLOY, 'secret-read', { scopeUid: 'aws:111111111111' }),
  able(DEPLOY, 'data-write', { scopeUid: 'aws:111111111111', certainty: 'conditional' }),
  step(DEPLOY, ADMIN, 'assume-role', { permissions: ['sts:AssumeRole'] }),
  { owners: [{ identityUid: DEPLOY, owner: 'shop', kind: 'team', source: 'tag:owner', state: 'declared' }] },
  notRead('grants', 'k8s:prod'),
  notRead('owners', 'k8s:prod', 'skipped'),
  notRead('workloads', 'aws:111111111111', 'failed'),
];

const AWS = { system: 'aws', scopeUid: 'aws:111111111111' } as const;

/** A failure about the key, and an answer about the service account that could not be given. */
export const OLD_KEY: Finding = {
  ...AWS,
  id: 'key-too-old-1',
  ruleId: 'key-too-old',
  category: 'long-lived',
  severity: 'high',
  status: 'fail',
  title: 'Key is older than 90 days',
  identityUid: DEPLOY,
  subjectUid: 'AKIA1',
  evidence: { threshold_days: 90, age_days: 400, last_used_at: null, last_used_evidence: 'never' },
  playbook: 'rotate-key',
  firstSeenAt: daysAgo(7),
};

export const UNDECIDED: Finding = {
  id: 'reads-secrets-1',
  ruleId: 'reads-secrets',
  category: 'over-privileged',
  severity: 'critical',
  status: 'unknown',
  title: 'Identity can read every secret',
  system: 'kubernetes',
  scopeUid: 'k8s:prod',
  identityUid: WEB,
  subjectUid: null,
  evidence: {
    not_collected: [
      {
        feed: 'grants',
        call: 'list grants',
        status: 'denied',
        missing_permission: 'read:grants',
        detail: null,
      },
    ],
  },
  playbook: null,
  firstSeenAt: daysAgo(0),
};

export const SHOP_FINDINGS: Derived = {
  findings: [OLD_KEY, UNDECIDED],
  ruleResults: [
    { ...AWS, ruleId: 'key-too-old', passed: 3, failed: 1, unknown: 0 },
    { ruleId: 'reads-secrets', system: 'kubernetes', scopeUid: 'k8s:prod', passed: 0, failed: 0, unknown: 1 },
    { ...AWS, ruleId: 'reads-secrets', passed: 2, failed: 0, unknown: 0 },
  ],
};
