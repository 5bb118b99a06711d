import type { FindingWaiver, ReportInput } from '#contract/report.ts';
import { SMALL } from './sample.ts';

export const WAIVER: FindingWaiver = {
  id: 'W-7',
  reason: 'moving to scoped roles',
  owner: 'platform',
  approver: 'security',
  ticket: 'SEC-7',
  expires: '2026-12-31',
};

/** The small input with a waiver on one failure, compared with a baseline that has one of the findings and one more. */
export const COMPARED: ReportInput = {
  ...SMALL,
  findings: SMALL.findings.map((row) => ({
    ...row,
    baselineState: row.id === 'f-admin' ? 'unchanged' : 'new',
    ...(row.id === 'f-admin' ? { waiver: WAIVER } : {}),
  })),
  baseline: {
    name: 'snapshot 20261001T120000Z-0a1b',
    absent: [{ id: 'f-gone', ruleId: 'two-active-keys', severity: 'high', status: 'fail' }],
  },
};
