import { gcpMemberUid } from '#model/uid.ts';
import { federatedSet, OPEN_PROVIDER } from './gcp/federation.ts';
import { keyId, MAPS_KEY } from './gcp/listed.ts';
import {
  accountEmail,
  ANALYTICS,
  computeDefault,
  LAB,
  type Project,
  STOREFRONT,
  uniqueId,
} from './gcp/organization.ts';
import { GONE } from './gcp/policies.ts';
import { FILES, type PlantedCase, type PlantedRule } from './planted-spec.ts';

/** What is wrong in the Google Cloud organisation. */
export const PLANTED_GCP: readonly PlantedRule[] = [
  {
    rule: 'api-key-without-restrictions',
    severity: 'medium',
    cases: [apiKey('opens every API to whoever copies it from the page')],
  },
  {
    rule: 'key-too-old',
    severity: 'medium',
    cases: [
      apiKey('made more than three years ago'),
      {
        ...account(
          ANALYTICS,
          'stock-uploader',
          'made 640 days ago; it lies in a Secret of the warehouse',
          FILES.gcpAssets,
        ),
        subject: `gcp:projects/${ANALYTICS.id}/serviceAccounts/${accountEmail(ANALYTICS, 'stock-uploader')}/keys/${keyId({ email: accountEmail(ANALYTICS, 'stock-uploader') })}`,
        raisedBy: 'production',
      },
    ],
  },
  {
    rule: 'identity-in-production-and-elsewhere',
    severity: 'medium',
    cases: [
      {
        ...account(ANALYTICS, 'dashboards', 'runs dashboards-preview in the lab as well', FILES.gcpAssets),
        raisedBy: 'production',
      },
    ],
  },
  {
    rule: 'identity-absent-from-registry',
    severity: 'low',
    cases: [
      {
        ...account(STOREFRONT, 'campaign-import', 'the register does not know it', FILES.registry),
        raisedBy: 'production',
      },
    ],
  },
  {
    rule: 'federation-provider-without-attribute-condition',
    severity: 'high',
    cases: [
      {
        identity: gcpMemberUid(federatedSet(LAB, 'gitlab', '*')),
        subject: `gcp:${OPEN_PROVIDER}`,
        why: 'lets every project on gitlab.com into the pool',
        file: `gcp/projects_${LAB.id}.providers.json`,
      },
    ],
  },
  {
    rule: 'can-escalate-to-administrator',
    severity: 'high',
    cases: [account(LAB, 'lab-setup', 'writes the policy of the lab: makes itself its owner')],
  },
  {
    rule: 'identity-admin-rights',
    severity: 'medium',
    cases: [account(LAB, 'lab-setup', 'Project IAM Admin of the lab')],
  },
  {
    rule: 'broad-built-in-role',
    severity: 'high',
    cases: [
      {
        ...lab('Editor of the lab, which every instance without an account of its own gets'),
        subject: 'gcp:roles/editor',
      },
    ],
  },
  {
    rule: 'default-service-account-with-grants',
    severity: 'medium',
    cases: [lab('Editor of the lab')],
  },
  {
    rule: 'grants-to-everyone',
    severity: 'high',
    cases: [
      {
        identity: null,
        subject: 'gcp://storage.googleapis.com/acme-lab-datasets#roles/storage.objectViewer#allUsers',
        why: 'anybody on the internet reads the data sets of the lab',
        file: FILES.gcpPolicies,
      },
    ],
  },
  {
    rule: 'dangling-binding',
    severity: 'medium',
    cases: [
      {
        identity: null,
        subject: `gcp:projects/${LAB.id}#roles/bigquery.jobUser#deleted:serviceAccount:${GONE}?uid=${uniqueId(GONE)}`,
        why: 'the account has been deleted',
        file: FILES.gcpPolicies,
      },
    ],
  },
];

function account(project: Project, name: string, why: string, file: string = FILES.gcpPolicies): PlantedCase {
  return {
    identity: gcpMemberUid(`serviceAccount:${accountEmail(project, name)}`),
    subject: null,
    why,
    file,
  };
}

function lab(why: string): PlantedCase {
  const identity = gcpMemberUid(`serviceAccount:${computeDefault(LAB)}`);
  return { identity, subject: null, why, file: FILES.gcpPolicies };
}

function apiKey(why: string): PlantedCase {
  return {
    identity: `gcp:apiKey:${MAPS_KEY}`,
    subject: `gcp:projects/${STOREFRONT.id}/locations/global/keys/${MAPS_KEY}`,
    why,
    file: `gcp/projects_${STOREFRONT.id}.api-keys.json`,
    raisedBy: 'production',
  };
}
