import { entraUid, gcpMemberUid, serviceAccountUid } from '#model/uid.ts';
import { principalId, STORES, subscriptionPath, TENANT } from './azure/tenant.ts';
import { DEV, PROD, roleArn, userArn } from './aws/account.ts';
import { accountEmail, LAB } from './gcp/organization.ts';
import type { PlantedCase, PlantedRule } from './planted-spec.ts';

/** Something that is so and was never approved, and the rule that finds it. */
export interface Unapproved {
  readonly rule: string;
  readonly severity: PlantedRule['severity'];
  readonly raisedBy?: PlantedCase['raisedBy'];
  readonly why: string;
  /** Where it stands in the file of approved access; without `section` the whole entry is missing there. */
  readonly of: string;
  readonly section?: 'credentials' | 'can' | 'becomes' | 'trusts' | 'guardrails';
  readonly key?: string;
  /** What the rule calls its subject. */
  readonly subject: string | null;
}

const STORES_DATA = `${subscriptionPath(STORES)}/resourcegroups/rg-stores-data`;
const SECOND_KEY = `${userArn(PROD, 'svc-erp-sync', '/service/')}/access-key/2`;

/** What is missing from the approved access, or stands there with another text. */
export const UNAPPROVED: readonly Unapproved[] = [
  {
    rule: 'unapproved-identity',
    severity: 'medium',
    raisedBy: 'production',
    why: 'nobody approved it, and nothing runs as it',
    of: serviceAccountUid('prod-eks', 'shop', 'wishlist'),
    subject: null,
  },
  {
    rule: 'unapproved-credential',
    severity: 'medium',
    raisedBy: 'production',
    why: 'a second key beside the approved one',
    of: userArn(PROD, 'svc-erp-sync', '/service/'),
    section: 'credentials',
    key: SECOND_KEY,
    subject: SECOND_KEY,
  },
  {
    rule: 'unapproved-trust',
    severity: 'high',
    why: 'trusts everyone, which was not so when its access was approved',
    of: roleArn(DEV, 'public-demo'),
    section: 'trusts',
    key: '* by sts:AssumeRole',
    subject: 'trusts * by sts:AssumeRole',
  },
  {
    rule: 'gained-capability',
    severity: 'high',
    why: 'reads the data sets of the lab since its bucket was opened',
    of: gcpMemberUid(`serviceAccount:${accountEmail(LAB, 'notebooks')}`),
    section: 'can',
    key: 'data-read on //storage.googleapis.com/acme-lab-datasets',
    subject: null,
  },
  {
    rule: 'new-path-to-administrator',
    severity: 'critical',
    why: 'directory-sync was given RoleManagement.ReadWrite.Directory afterwards',
    of: entraUid(TENANT, 'serviceprincipal', principalId('directory-sync')),
    section: 'becomes',
    key: `entra:${TENANT}:admin by entra-application-permission`,
    subject: null,
  },
  {
    rule: 'guardrail-weakened',
    severity: 'high',
    why: 'the deny assignment of the stores’ data was approved with another text',
    of: STORES_DATA,
    section: 'guardrails',
    key: 'deny-assignment',
    subject: `${STORES_DATA} deny-assignment`,
  },
];

/** The same as planted problems. */
export const PLANTED_DRIFT: readonly PlantedRule[] = UNAPPROVED.map(
  ({ rule, severity, raisedBy, why, of, section, subject }) => ({
    rule,
    severity,
    cases: [
      {
        identity: section === 'guardrails' ? null : of,
        subject,
        why,
        raisedBy,
        file: 'governance/entitlements.yaml',
      },
    ],
  }),
);
