import type { SnapshotInfo } from '#contract/report.ts';
import type { Severity } from '#model/finding.ts';
import type { Instant } from '#model/system.ts';

/** The two classes that are written: their ids in the category Findings (2). */
const CLASSES = {
  compliance: { uid: 2003, name: 'Compliance Finding' },
  iamAnalysis: { uid: 2008, name: 'IAM Analysis Finding' },
} as const;

const SEVERITIES: Readonly<Record<Severity, { readonly id: number; readonly name: string }>> = {
  info: { id: 1, name: 'Informational' },
  low: { id: 2, name: 'Low' },
  medium: { id: 3, name: 'Medium' },
  high: { id: 4, name: 'High' },
  critical: { id: 5, name: 'Critical' },
};

export interface EventFacts {
  readonly kind: keyof typeof CLASSES;
  /** The same in every snapshot. */
  readonly uid: string;
  readonly severity: Severity;
  readonly message: string;
  /** Whether a snapshot before had it. */
  readonly known: boolean;
}

/** What every event has. https://schema.ocsf.io/1.6.0/classes/finding */
export function baseEvent(
  { kind, uid, severity, message, known }: EventFacts,
  snapshot: SnapshotInfo,
): object {
  const { uid: classUid, name } = CLASSES[kind];
  const activity = known ? { id: 2, name: 'Update' } : { id: 1, name: 'Create' };
  return {
    category_uid: 2,
    category_name: 'Findings',
    class_uid: classUid,
    class_name: name,
    activity_id: activity.id,
    activity_name: activity.name,
    type_uid: classUid * 100 + activity.id,
    type_name: `${name}: ${activity.name}`,
    severity_id: SEVERITIES[severity].id,
    severity: SEVERITIES[severity].name,
    time: timestamp(snapshot.asOf),
    message,
    metadata: {
      version: '1.6.0',
      uid: `${snapshot.id}:${uid}`,
      product: { name: 'nhi-auditor', vendor_name: 'nhi-auditor', version: snapshot.toolVersion },
    },
  };
}

/** Milliseconds since 1970, as OCSF has times. */
export function timestamp(instant: Instant): number {
  return Date.parse(instant);
}
