import type { ReportInput } from '#contract/report.ts';
import type { ExplainedChange } from '#model/drift.ts';
import { ACCOUNT, DEPLOYER, SMALL } from './sample.ts';

/** A change that was approved by nobody, with everything that can be known of one. */
function change(name: string, fields: Partial<ExplainedChange> = {}): ExplainedChange {
  return {
    kind: 'entitlement',
    direction: 'gained',
    identityUid: DEPLOYER,
    key: `admin on ${name}`,
    before: null,
    after: 'certain',
    causes: [
      {
        kind: 'role',
        uid: 'r1',
        name,
        managedBy: 'provider',
        before: `{"${name}":1}`,
        after: `{"${name}":2}`,
      },
    ],
    approval: 'unapproved',
    approvedBy: null,
    firstSeen: '20261101T120000Z-1f3a',
    by: [
      { actor: name, at: '2026-11-01T11:00:00.000Z', action: 'AttachRolePolicy', source: 'aws:cloudtrail' },
    ],
    byNotKnown: null,
    sources: [name],
    ...fields,
  };
}

/** The small input with drift in which a name from outside can stand everywhere. */
export function drifted(name = 'deploy'): ReportInput {
  return {
    ...SMALL,
    drift: {
      from: name,
      to: SMALL.snapshot.id,
      changes: [
        change(name),
        change(name, {
          direction: 'lost',
          before: 'certain',
          after: null,
          causes: [],
          approval: 'approved',
          approvedBy: name,
          by: [],
          byNotKnown: 'no log of AWS was collected',
        }),
      ],
      left: 3,
      unmanaged: [
        {
          kind: 'grant',
          uid: name,
          system: 'aws',
          scopeUid: ACCOUNT,
          identityUid: name,
          what: `${name} on ${ACCOUNT}`,
          gives: ['admin', 'data-read'],
        },
      ],
      unmanagedLeft: 2,
      notTold: [`${name}: policy: not told`],
    },
  };
}
