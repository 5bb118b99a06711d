import type { WaivableFinding, Waiver } from '#gate/waivers/waiver.ts';

/** The day that tests of waivers and the gate judge at. */
export const TODAY = '2026-11-20';

/** A critical failure of a role in production that was there before the waivers were. */
export function aFinding(fields: Partial<WaivableFinding> = {}): WaivableFinding {
  return {
    id: 'wildcard-administrator-policy-1',
    ruleId: 'wildcard-administrator-policy',
    category: 'over-privileged',
    severity: 'critical',
    status: 'fail',
    title: 'Everything is allowed',
    system: 'aws',
    scopeUid: 'aws:111122223333',
    identityUid: 'arn:aws:iam::111122223333:role/deploy',
    subjectUid: null,
    firstSeenAt: '2026-11-01T00:00:00.000Z',
    environment: 'production',
    lastUsedAt: null,
    useMeasured: true,
    ...fields,
  };
}

/** A waiver in order that covers `aFinding()`. */
export function aWaiver(fields: Partial<Waiver> = {}): Waiver {
  return {
    id: 'W-1',
    rule: 'wildcard-administrator-policy',
    selector: { identity: 'arn:aws:iam::111122223333:role/deploy' },
    reason: 'Migration to scoped roles is under way',
    compensating_control: 'Alarms on every call from outside the pipeline',
    owner: 'platform',
    approver: 'security',
    ticket: 'SEC-1',
    created: '2026-11-15',
    expires: '2026-11-25',
    conditions: [],
    file: 'waivers.yaml',
    ...fields,
  };
}
