import { DEV, PROD, roleArn } from './aws/account.ts';
import { FILES, type PlantedCase, type PlantedRule } from './planted-spec.ts';

/** What the files beside the exports say, or what only they can tell. */
export const PLANTED_GOVERNANCE: readonly PlantedRule[] = [
  {
    rule: 'owner-conflicting',
    severity: 'low',
    cases: [
      {
        identity: roleArn(PROD, 'shop-search-indexer'),
        subject: null,
        why: 'its tag names web-shop, the catalogue data',
        file: 'governance/catalog-info.yaml',
        raisedBy: 'production',
      },
    ],
  },
  {
    rule: 'review-overdue',
    severity: 'low',
    cases: [
      {
        identity: roleArn(DEV, 'qa-contractor', '/vendor/'),
        subject: null,
        why: 'its tag says that it was due on 2026-09-30',
        file: FILES.dev,
      },
    ],
  },
  {
    rule: 'external-account-outside-known-list',
    severity: 'medium',
    cases: [
      {
        identity: roleArn(DEV, 'qa-contractor', '/vendor/'),
        subject: `${roleArn(DEV, 'qa-contractor', '/vendor/')}<-arn:aws:iam::555566667777:role/testers/sts:AssumeRole`,
        why: 'nobody put the account of Fernhill Testing on the list',
        file: 'nhi.yaml',
      },
    ],
  },
  waiver('waiver-expired', 'medium', 'W-2026-017', 'its last day was 2026-11-10'),
  waiver('waiver-self-approved', 'medium', 'W-2026-022', 'platform asked and platform agreed'),
  waiver('waiver-too-long', 'low', 'W-2026-009', 'a whole year'),
  waiver('waiver-unused', 'low', 'W-2026-028', 'svc-soap-bridge has one key'),
];

function waiver(rule: string, severity: PlantedRule['severity'], id: string, why: string): PlantedRule {
  const planted: PlantedCase = { identity: null, subject: id, why, file: 'waivers.yaml' };
  return { rule, severity, cases: [planted] };
}
