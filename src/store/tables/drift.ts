import type { DriftRecord } from '#model/drift.ts';
import { json, optionalText, optionalTime, text } from '../columns.ts';
import type { Table } from './table.ts';

export const drift: Table<DriftRecord> = {
  about:
    'What is not as it was approved: the differences between the baseline of the configuration and this scan, and what came back after a revocation. Empty where there is no baseline.',
  feed: null,
  columns: {
    kind: text(
      '`identity`, `credential`, `entitlement`, `edge`, `trust`, `guardrail`, `open-grant`; `revoked` for what came back; `unmanaged-identity`, `unmanaged-credential`, `unmanaged-grant` and `unmanaged-trust` for what no approved code describes; `not-told` for what such code leaves open.',
    ),
    direction: text(
      '`gained`, `lost`, `changed`, or `unknown` where the side on which it is missing was not read.',
    ),
    system: optionalText('`aws`, `azure`, `gcp` or `kubernetes`; NULL where it is about none.'),
    scopeUid: optionalText('The scope (`scopes.uid`); NULL where it is not known.'),
    identityUid: text(
      'The identity (`identities.uid`); for guardrails and open grants, what they limit or give; for what code leaves open, its address.',
    ),
    key: text(
      'What it is, among all of its kind and identity: `admin on aws:…`, `becomes … by …`, `trusts … by …`.',
    ),
    before: optionalText('What was approved; NULL: nothing was.'),
    after: optionalText('What is; NULL: it is not there any more.'),
    causes: json(
      'The grants, policies and trusts behind it that changed, or the capabilities that something unmanaged gives; NULL: not looked for.',
    ),
    baseline: text('What it was compared with: the approved baseline, or a revocation.'),
    approvedAt: optionalTime('When that was approved; NULL where it does not say.'),
  },
};
