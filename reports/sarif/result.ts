import type { Finding } from '#model/finding.ts';
import { addressPart } from '../inert-text.ts';
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
  finding: Finding,
  ruleIndex: number | undefined,
  by: Lookup,
  uriBaseId: string,
): object {
  const { id, ruleId, severity, status, identityUid, subjectUid, system, scopeUid } = finding;
  const uid = identityUid ?? subjectUid ?? scopeUid ?? ruleId;
  const name = by.identity(identityUid)?.name ?? uid;
  const place = [systemTitle(system), by.scope(scopeUid)?.name ?? scopeUid].filter((part) => part !== null);
  const prefix = status === 'unknown' ? 'Unknown: ' : '';
  return {
    ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    kind: status === 'unknown' ? 'open' : 'fail',
    level: status === 'unknown' ? 'none' : LEVELS[severity],
    message: message(`${prefix}${finding.title}: ${name} (${place.join(' · ')})`),
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: `inventory/${system ?? 'unplaced'}/${addressPart(uid)}.json`, uriBaseId },
          region: { startLine: 1 },
        },
        logicalLocations: [
          { name, fullyQualifiedName: uid, kind: by.identity(identityUid)?.kind ?? 'subject' },
        ],
      },
    ],
    // GitHub tells alerts apart by the second; neither changes from snapshot to snapshot.
    partialFingerprints: { 'findingId/v1': id, primaryLocationLineHash: id },
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
