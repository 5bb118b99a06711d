import type { ControlResult, ControlStatus, FrameworkResult } from '#contract/framework.ts';
import type { SnapshotInfo } from '#contract/report.ts';
import { CONTROL_MARKS, unmeasuredText } from '../framework-words.ts';
import { counted, grouped } from '../words.ts';
import { baseEvent, timestamp } from './base-event.ts';

/** `Warning` is OCSF's word for a check without a result for want of information. */
const STATUSES: Readonly<Record<ControlStatus, { readonly status_id: number; readonly status: string }>> = {
  fail: { status_id: 3, status: 'Fail' },
  unknown: { status_id: 2, status: 'Warning' },
  'not-measured': { status_id: 0, status: 'Unknown' },
  pass: { status_id: 1, status: 'Pass' },
};

/** A control of a framework with the answers of its rules as a Compliance Finding. */
export function controlEvent(
  control: ControlResult,
  framework: FrameworkResult,
  snapshot: SnapshotInfo,
): object {
  const { id, title, status, failed, waived, unknown, passed, rules } = control;
  const uid = `${framework.id}:${id}`;
  const word = CONTROL_MARKS[status].word;
  const facts = {
    kind: 'compliance',
    uid,
    severity: 'info',
    message: `${word}: ${id} ${title}`,
    known: false,
  } as const;
  const counts = `${grouped(failed)} failed${waived > 0 ? ` (${grouped(waived)} waived)` : ''}, ${grouped(unknown)} unknown, ${grouped(passed)} passed, by ${counted(rules.length, 'rule')}`;
  return {
    ...baseEvent(facts, snapshot),
    finding_info: { uid, title: `${id} ${title}`, last_seen_time: timestamp(snapshot.asOf) },
    compliance: {
      standards: [`${framework.title} ${framework.version}`],
      control: id,
      requirements: rules.map(({ ruleId }) => ruleId),
      status_detail: [counts, unmeasuredText(control)].filter((part) => part !== null).join('; '),
      ...STATUSES[status],
    },
  };
}
