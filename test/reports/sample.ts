import type { ReportIdentity, ReportInput } from '#contract/report.ts';
import type { RuleHeader } from '#contract/rule.ts';
import type { Finding, RuleResult } from '#model/finding.ts';
import type { Kpi } from '#model/kpi.ts';
import type { Coverage, Scope } from '#model/scope.ts';

const AS_OF = '2026-11-01T12:00:00.000Z';
export const ACCOUNT = 'aws:111122223333';
export const CLUSTER = 'k8s:prod';
export const DEPLOYER = 'arn:aws:iam::111122223333:user/ci-deployer';
const PAYMENTS = 'k8s:prod:serviceaccount:pay/payments';

/** A report input with nothing in it. */
export const EMPTY: ReportInput = {
  snapshot: { id: '20261101T120000Z-1f3a', asOf: AS_OF, toolVersion: '0.1.0' },
  scopes: [],
  identities: [],
  findings: [],
  ruleResults: [],
  rules: [],
  coverage: [],
};

export function scope(row: Partial<Scope> & Pick<Scope, 'uid' | 'system'>): Scope {
  return { kind: 'account', name: row.uid, parentUid: null, environment: null, tags: {}, raw: null, ...row };
}

export function identity(
  row: Partial<ReportIdentity> & Pick<ReportIdentity, 'uid' | 'system' | 'scopeUid'>,
): ReportIdentity {
  return {
    kind: 'iam-user',
    name: row.uid.split(/[/:]/).at(-1) ?? row.uid,
    class: 'non-human',
    classReason: 'has keys and no password',
    managedBy: 'customer',
    enabled: true,
    createdAt: '2024-02-03T04:05:06.000Z',
    environment: null,
    credentials: 1,
    grants: 1,
    owner: null,
    lastUsedAt: null,
    capabilities: [],
    ...row,
  };
}

export function finding(row: Partial<Finding> & Pick<Finding, 'id'>): Finding {
  return {
    ruleId: 'unused-identity',
    category: 'stale',
    severity: 'medium',
    status: 'fail',
    title: 'Identity has not been used for 90 days',
    system: 'aws',
    scopeUid: ACCOUNT,
    identityUid: DEPLOYER,
    subjectUid: null,
    evidence: { days: 120, threshold: 90 },
    playbook: null,
    firstSeenAt: AS_OF,
    ...row,
  };
}

export function coverage(row: Partial<Coverage>): Coverage {
  return {
    system: 'aws',
    scopeUid: ACCOUNT,
    feed: 'identities',
    call: 'iam:GetAccountAuthorizationDetails',
    status: 'complete',
    missingPermission: null,
    detail: null,
    ...row,
  };
}

export function rule(row: Partial<RuleHeader> & Pick<RuleHeader, 'id'>): RuleHeader {
  return {
    title: 'Identity has not been used for {{days}} days',
    category: 'stale',
    severity: 'medium',
    needs: ['usages'],
    params: { days: { default: 90, min: 1 } },
    identifyBy: ['identity_uid'],
    playbook: 'quarantine-then-delete',
    about: 'An identity that nobody uses is only of use to an attacker.',
    remedy: 'Ask its owner, disable it, wait, delete it.',
    ...row,
  };
}

export function result(row: Partial<RuleResult> & Pick<RuleResult, 'ruleId'>): RuleResult {
  return { system: 'aws', scopeUid: ACCOUNT, passed: 0, failed: 0, unknown: 0, ...row };
}

export function kpi(row: Partial<Kpi>): Kpi {
  const measured = { value: 50, numerator: 1, denominator: 2, unknown: 0, gaps: 0, reason: null };
  return { id: 'K2', name: 'owned', system: null, unit: 'percent', ...measured, ...row };
}

/** An account and a cluster with a handful of everything: two failures, one unknown answer, three gaps. */
export const SMALL: ReportInput = {
  ...EMPTY,
  scopes: [
    scope({
      uid: ACCOUNT,
      system: 'aws',
      name: 'acme-prod',
      environment: 'production',
      tags: { team: 'core' },
    }),
    scope({ uid: CLUSTER, system: 'kubernetes', kind: 'cluster', name: 'prod' }),
    scope({
      uid: 'k8s:prod:namespace:pay',
      system: 'kubernetes',
      kind: 'namespace',
      name: 'pay',
      parentUid: CLUSTER,
    }),
  ],
  identities: [
    identity({
      uid: DEPLOYER,
      system: 'aws',
      scopeUid: ACCOUNT,
      owner: 'platform@acme.example',
      lastUsedAt: '2026-10-30T08:15:00.000Z',
      capabilities: ['secret-read', 'admin'],
      credentials: 2,
    }),
    identity({
      uid: PAYMENTS,
      system: 'kubernetes',
      scopeUid: CLUSTER,
      kind: 'service-account',
      enabled: null,
      credentials: 0,
    }),
  ],
  findings: [
    finding({
      id: 'f-unused',
      status: 'unknown',
      system: 'kubernetes',
      scopeUid: CLUSTER,
      identityUid: PAYMENTS,
      evidence: { reason: 'no usage was collected', sources: [] },
    }),
    finding({
      id: 'f-keys',
      ruleId: 'two-active-keys',
      category: 'long-lived',
      severity: 'high',
      title: 'Identity has two active access keys',
      subjectUid: `${DEPLOYER}/access-key/AKIAEXAMPLE`,
      evidence: { keys: ['AKIAEXAMPLE', 'AKIAEXAMPLF'], limit: 1 },
      playbook: 'rotate-access-key',
    }),
    finding({
      id: 'f-admin',
      ruleId: 'wildcard-administrator',
      category: 'over-privileged',
      severity: 'critical',
      title: 'Policy allows every action on every resource',
      firstSeenAt: '2026-06-01T00:00:00.000Z',
    }),
  ],
  rules: [
    rule({ id: 'unused-identity' }),
    rule({
      id: 'two-active-keys',
      category: 'long-lived',
      severity: 'high',
      title: 'Identity has two active access keys',
      params: {},
    }),
    rule({
      id: 'wildcard-administrator',
      category: 'over-privileged',
      severity: 'critical',
      title: 'Policy allows every action on every resource',
      params: {},
    }),
  ],
  kpis: [
    kpi({ unknown: 1 }),
    kpi({ system: 'aws' }),
    kpi({
      system: 'kubernetes',
      value: null,
      numerator: 0,
      denominator: 0,
      unknown: 1,
      reason: 'not known for any of 1',
    }),
    kpi({ id: 'K10a', name: 'credential-age', unit: 'days', value: 118, numerator: null, gaps: 1 }),
  ],
  ruleResults: [
    result({ ruleId: 'unused-identity', passed: 1 }),
    result({ ruleId: 'unused-identity', system: 'kubernetes', scopeUid: CLUSTER, unknown: 1 }),
    result({ ruleId: 'two-active-keys', failed: 1 }),
    result({ ruleId: 'wildcard-administrator', passed: 3, failed: 1 }),
  ],
  coverage: [
    coverage({}),
    coverage({ feed: 'grants' }),
    coverage({ feed: 'usages', call: 'credential report' }),
    coverage({
      feed: 'usages',
      call: 'service last accessed',
      status: 'skipped',
      detail: 'no report: aws iam generate-service-last-accessed-details',
    }),
    coverage({ system: 'kubernetes', scopeUid: CLUSTER, call: 'ServiceAccountList' }),
    coverage({
      system: 'kubernetes',
      scopeUid: CLUSTER,
      feed: 'usages',
      call: 'audit log',
      status: 'denied',
      missingPermission: 'get /logs',
    }),
    coverage({
      system: null,
      scopeUid: null,
      feed: null,
      call: 'file',
      status: 'failed',
      detail: 'notes.txt: not a kind of file that is understood',
    }),
  ],
};
