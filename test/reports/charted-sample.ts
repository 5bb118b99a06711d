import type { AdminWay, ReportInput, TrendPoint } from '#contract/report.ts';
import { adminUid } from '#model/uid.ts';
import { COMPARED } from './compared-sample.ts';
import { ACCOUNT, CLUSTER, DEPLOYER } from './sample.ts';

export const ROBOT = 'k8s:prod:serviceaccount:pay/payments';

/** A way from a ServiceAccount through the deployer to full control over the account. */
export function way(name: string): AdminWay {
  return {
    count: 3,
    identities: [ROBOT, `${ROBOT}-2`, `${ROBOT}-3`],
    certainty: 'conditional',
    hops: [
      { to: DEPLOYER, via: name, permissions: ['sts:AssumeRoleWithWebIdentity'] },
      { to: adminUid(ACCOUNT), via: 'create-policy-version', permissions: ['iam:CreatePolicyVersion'] },
    ],
  };
}

/** The compared input with everything that is drawn, where a name from outside can stand. */
export function charted(name = 'web-identity'): ReportInput {
  return {
    ...COMPARED,
    credentialAges: [
      { kind: `access-key ${name}`, counts: [1, 0, 0, 2, 0, 3], unknown: 4 },
      { kind: 'client-secret', counts: [0, 0, 0, 0, 0, 0], unknown: 1 },
    ],
    adminWays: {
      ways: [way(name), { ...way('direct'), identities: [DEPLOYER], count: 1, hops: way('').hops.slice(1) }],
      left: 0,
    },
    trend: [point('20261001T120000Z-0a1b', 5), point('20261101T120000Z-1f3a', 1)],
    details: [
      {
        uid: DEPLOYER,
        credentials: [
          {
            kind: 'access-key',
            name,
            enabled: true,
            createdAt: '2024-02-03T04:05:06.000Z',
            expiresAt: null,
            lastUsedAt: null,
            lastUsedEvidence: 'none',
          },
        ],
        grants: [
          {
            kind: 'attached-policy',
            state: 'active',
            scopeUid: ACCOUNT,
            resourceUid: null,
            role: `DeployPolicy ${name}`,
            group: null,
          },
        ],
        usages: [
          {
            subject: 'permission',
            permission: 's3',
            lastUsedAt: '2026-10-30T08:15:00.000Z',
            windowStart: null,
            source: `aws:service-last-accessed ${name}`,
          },
        ],
      },
      { uid: CLUSTER, credentials: [], grants: [], usages: [] },
    ],
  };
}

function point(snapshot: string, high: number): TrendPoint {
  return {
    snapshot,
    asOf: `${snapshot.slice(0, 4)}-${snapshot.slice(4, 6)}-${snapshot.slice(6, 8)}T12:00:00.000Z`,
    identities: 2,
    failed: { critical: 1, high, medium: 0, low: 0, info: 0 },
    unknown: 1,
  };
}
