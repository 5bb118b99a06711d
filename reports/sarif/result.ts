import type { FindingWaiver, ReportBaseline, ReportFinding } from '#contract/report.ts';
import { addressPart, clip, visible } from '../inert-text.ts';
import type { Lookup } from '../lookup.ts';
import { systemTitle } from '../words.ts';
import { LEVELS, SCORES } from './severity.ts';
import { message } from './text.ts';

/**
 * A finding as a SARIF result. An unknown answer is of the kind `open`: the rule was evaluated, and there was not enough
 * information to decide. The level of anything but a failure must be `none`.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html#_Toc34317647
 */
export function resultOf(
  finding: ReportFinding,
  ruleIndex: number | undefined,
  by: Lookup,
  uriBaseId: string,
): object {
  const { id, ruleId, severity, status, identityUid, subjectUid, system, scopeUid } = finding;
  const uid = identityUid ?? subjectUid ?? scopeUid ?? ruleId;
  const name = by.identity(identityUid)?.name ?? uid;
  const where = [systemTitle(system), by.scope(scopeUid)?.name ?? scopeUid].filter((part) => part !== null);
  const prefix = status === 'unknown' ? 'Unknown: ' : '';
  return {
    ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    kind: status === 'unknown' ? 'open' : 'fail',
    level: status === 'unknown' ? 'none' : LEVELS[severity],
    message: message(`${prefix}${finding.title}: ${name} (${where.join(' · ')})`),
    locations: [
      {
        ...place(`inventory/${system ?? 'unplaced'}/${addressPart(uid)}.json`, uriBaseId),
        logicalLocations: [
          { name, fullyQualifiedName: uid, kind: by.identity(identityUid)?.kind ?? 'subject' },
        ],
      },
    ],
    partialFingerprints: fingerprints(id),
    ...(finding.baselineState === undefined ? {} : { baselineState: finding.baselineState }),
    ...(finding.waiver === undefined ? {} : { suppressions: [suppression(finding.waiver)] }),
    properties: {
      severity,
      'security-severity': SCORES[severity],
      category: finding.category,
      scope: scopeUid,
      subject: subjectUid,
      evidence: finding.evidence,
      firstSeenAt: finding.firstSeenAt,
    },
  };
}

/**
 * What the baseline has and this snapshot has not. Of the kind `informational`: that it is gone says neither that it
 * was put right nor that it was looked at.
 */
export function absentResult(
  { id, ruleId, severity }: ReportBaseline['absent'][number],
  ruleIndex: number | undefined,
  uriBaseId: string,
): object {
  return {
    ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    kind: 'informational',
    level: 'none',
    message: message(`No longer found: ${ruleId}, finding ${id}`),
    locations: [place(`inventory/unplaced/${addressPart(ruleId)}.json`, uriBaseId)],
    partialFingerprints: fingerprints(id),
    baselineState: 'absent',
    properties: { severity },
  };
}

/** https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html#_Toc34317733 */
function suppression({ id, reason, owner, approver, ticket, expires }: FindingWaiver): object {
  return {
    kind: 'external',
    status: 'accepted',
    justification: clip(visible(reason), 1_000),
    properties: { waiver: id, owner, approver, ticket, expires },
  };
}

function place(uri: string, uriBaseId: string): object {
  return { physicalLocation: { artifactLocation: { uri, uriBaseId }, region: { startLine: 1 } } };
}

/** GitHub tells alerts apart by the second; neither changes from snapshot to snapshot. */
function fingerprints(id: string): object {
  return { 'findingId/v1': id, primaryLocationLineHash: id };
}
