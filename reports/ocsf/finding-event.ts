import type { FindingWaiver, ReportFinding, ReportIdentity, SnapshotInfo } from '#contract/report.ts';
import type { Finding } from '#model/finding.ts';
import type { Lookup } from '../lookup.ts';
import { waiverText } from '../waiver-words.ts';
import { baseEvent, timestamp } from './base-event.ts';

/** What a finding that is no analysis of an identity's access is held to: the rules themselves. */
const OWN_STANDARD = 'nhi-auditor rules';

/**
 * A finding as an event. An IAM Analysis Finding must hold the result of an analysis: what the identity may do, or when
 * it was seen. Where neither is known, and for unknown answers, it is a Compliance Finding, whose `Warning` means that
 * information was missing.
 */
export function findingEvent(finding: ReportFinding, by: Lookup, snapshot: SnapshotInfo): object {
  const { id, ruleId, severity, status, title, firstSeenAt, identityUid, waiver } = finding;
  const identity = by.identity(identityUid);
  const analysis = identity === undefined || status === 'unknown' ? null : analysisOf(identity);
  const prefix = status === 'unknown' ? 'Unknown: ' : '';
  const message = `${prefix}${title}: ${identity?.name ?? identityUid ?? finding.subjectUid ?? 'no identity'}`;
  const kind = analysis === null ? 'compliance' : 'iamAnalysis';
  const known = firstSeenAt !== snapshot.asOf;
  return {
    ...baseEvent({ kind, uid: id, severity, message, known }, snapshot),
    ...(waiver === undefined ? { status_id: 1, status: 'New' } : suppressed(waiver)),
    finding_info: findingInfo(finding, by, snapshot),
    ...remediation(ruleId, by),
    resources: resources(finding, identity, by),
    ...(analysis === null ? { compliance: ownCompliance(finding) } : analysis),
    unmapped: {
      evidence: finding.evidence,
      playbook: finding.playbook,
      scope: finding.scopeUid,
      ...(waiver === undefined ? {} : { waiver }),
      ...(finding.baselineState === undefined ? {} : { baseline_state: finding.baselineState }),
    },
  };
}

/** Waived: somebody answers for it. https://schema.ocsf.io/1.6.0/classes/compliance_finding */
function suppressed(waiver: FindingWaiver): object {
  return { status_id: 3, status: 'Suppressed', comment: waiverText(waiver) };
}

function findingInfo(finding: Finding, by: Lookup, snapshot: SnapshotInfo): object {
  const { id, ruleId, category, title, firstSeenAt } = finding;
  const rule = by.rule(ruleId);
  return {
    uid: id,
    title,
    ...(rule === undefined ? {} : { desc: rule.about.trim() }),
    types: [category],
    first_seen_time: timestamp(firstSeenAt),
    last_seen_time: timestamp(snapshot.asOf),
    analytic: { uid: ruleId, name: ruleId, type_id: 1, type: 'Rule' },
  };
}

function remediation(ruleId: string, by: Lookup): object {
  const rule = by.rule(ruleId);
  return rule === undefined ? {} : { remediation: { desc: rule.remedy.trim() } };
}

function resources(finding: Finding, identity: ReportIdentity | undefined, by: Lookup): object[] {
  const { identityUid, subjectUid, scopeUid } = finding;
  const scope = by.scope(scopeUid);
  return [
    ...(identityUid === null ? [] : [{ uid: identityUid, ...named(identity) }]),
    ...(subjectUid === null ? [] : [{ uid: subjectUid }]),
    ...(identityUid === null && subjectUid === null && scopeUid !== null
      ? [{ uid: scopeUid, ...named(scope) }]
      : []),
  ];
}

function named(row: { readonly name: string; readonly kind: string } | undefined): object {
  return row === undefined ? {} : { name: row.name, type: row.kind };
}

function analysisOf(identity: ReportIdentity): object | null {
  const { capabilities, lastUsedAt } = identity;
  if (capabilities.length === 0 && lastUsedAt === null) return null;
  return {
    user: user(identity),
    ...(capabilities.length === 0
      ? {}
      : { permission_analysis_results: [{ granted_privileges: capabilities }] }),
    ...(lastUsedAt === null ? {} : { identity_activity_metrics: { last_seen_time: timestamp(lastUsedAt) } }),
  };
}

function user({ uid, name, kind, class: who, capabilities, createdAt }: ReportIdentity): object {
  const type = { 'non-human': 4, human: 1, unknown: 0 }[who];
  return {
    uid,
    name,
    type: kind,
    type_id: capabilities.includes('admin') ? 2 : type,
    is_privileged: capabilities.includes('admin'),
    ...(createdAt === null ? {} : { created_time: timestamp(createdAt) }),
  };
}

function ownCompliance({ ruleId, status, title }: Finding): object {
  const answer = status === 'fail' ? { status_id: 3, status: 'Fail' } : { status_id: 2, status: 'Warning' };
  return { standards: [OWN_STANDARD], control: ruleId, status_detail: title, ...answer };
}
