import type { Credential } from '#model/credential.ts';
import { observe, type Observation } from '#model/record.ts';
import type { Usage } from '#model/usage.ts';
import { gcpMemberUid } from '#model/uid.ts';
import type { Estate } from '../estate.ts';
import { textOf } from '../fields.ts';
import type { Activities, Activity } from './activities.ts';

const SOURCE = 'gcp:last-authentication';

/** https://cloud.google.com/policy-intelligence/docs/activity-analyzer-service-account-authentication#limitations */
const BLIND_SPOTS = [
  'the last day or two, which the analyzer does not know yet',
  'what is done with HMAC keys, API keys and self-signed tokens of other audiences',
];

/** When each listed service account last authenticated; nothing where the analyzer was not asked. */
export function* usageRows(estate: Estate, activities: Activities): Generator<Observation> {
  for (const { fields } of estate.holdings.get('service-account') ?? []) {
    const email = textOf(fields, 'email')?.toLowerCase();
    if (email === undefined) continue;
    const resource = estate.naming.resource(`//iam.googleapis.com/projects/-/serviceAccounts/${email}`);
    const project = /projects\/([^/]+)\//u.exec(resource)?.[1] ?? '';
    const scopeUid = estate.naming.scopeUid(`projects/${project}`);
    const activity =
      activities.of(resource) ?? activities.windowOf(scopeUid, 'serviceAccountLastAuthentication');
    if (activity === null) continue;
    const identityUid = gcpMemberUid(`serviceAccount:${email}`);
    yield observe('usages', usage(activity, { scopeUid, identityUid, credentialUid: null }, 'identity'));
  }
}

type Subject = Pick<Usage, 'scopeUid' | 'identityUid' | 'credentialUid'>;

/** When a key was last used; null: the analyzer was not asked. */
export function keyUsage(resource: string, subject: Subject, activities: Activities): Usage | null {
  const activity =
    activities.of(resource) ?? activities.windowOf(subject.scopeUid, 'serviceAccountKeyLastAuthentication');
  return activity === null ? null : usage(activity, subject, 'credential');
}

function usage(activity: Activity, of: Subject, subject: Usage['subject']): Usage {
  return {
    ...of,
    ...activity,
    system: 'gcp',
    subject,
    permission: null,
    source: SOURCE,
    blindSpots: BLIND_SPOTS,
  };
}

/** What a usage says about a credential: an absence is one within the window only. */
export function evidenceOf(found: Usage | null): Credential['lastUsedEvidence'] {
  if (found === null) return 'none';
  return found.lastUsedAt === null ? 'not-in-window' : 'used';
}
