export const ORGANIZATION = 'organizations/4711';
export const FOLDER = 'folders/815';
export const PROJECT = 'shop-prod';
export const NUMBER = '123456789012';
export const APP = `app@${PROJECT}.iam.gserviceaccount.com`;
export const DEPLOY = `deploy@${PROJECT}.iam.gserviceaccount.com`;
export const COMPUTE = `${NUMBER}-compute@developer.gserviceaccount.com`;
export const POOL = `projects/${NUMBER}/locations/global/workloadIdentityPools/github`;
export const CRM = '//cloudresourcemanager.googleapis.com';
export const ATTACHED = (scope: string) =>
  `policies/cloudresourcemanager.googleapis.com%2F${scope.replace('/', '%2F')}/denypolicies`;

/** `gcloud iam service-accounts list` */
export function serviceAccount(email: string, uniqueId: string, more: object = {}): object {
  return {
    email,
    etag: 'MDEwMjE5MjA=',
    name: `projects/${PROJECT}/serviceAccounts/${email}`,
    oauth2ClientId: uniqueId,
    projectId: PROJECT,
    uniqueId,
    ...more,
  };
}

/** `gcloud iam service-accounts keys list` */
export function accountKey(email: string, id: string, more: object = {}): object {
  return {
    keyAlgorithm: 'KEY_ALG_RSA_2048',
    keyOrigin: 'GOOGLE_PROVIDED',
    keyType: 'USER_MANAGED',
    name: `projects/${PROJECT}/serviceAccounts/${email}/keys/${id}`,
    validAfterTime: '2025-01-02T03:04:05Z',
    validBeforeTime: '9999-12-31T23:59:59Z',
    ...more,
  };
}

export const systemKey = (email: string): object =>
  accountKey(email, 'aa00', { keyType: 'SYSTEM_MANAGED', validBeforeTime: '2026-12-01T00:00:00Z' });

/** `gcloud iam roles describe` */
export function role(name: string, includedPermissions: readonly string[]): object {
  return { etag: 'AA==', includedPermissions, name, stage: 'GA', title: name };
}

/** `gcloud policy-intelligence query-activity` */
export function activity(activityType: string, of: string, lastAuthenticatedTime: string | null): object {
  const fullResourceName = `//iam.googleapis.com/projects/${PROJECT}/serviceAccounts/${of}`;
  return {
    activity: lastAuthenticatedTime === null ? {} : { lastAuthenticatedTime },
    activityType,
    fullResourceName,
    observationPeriod: { endTime: '2026-11-18T07:00:00Z', startTime: '2026-08-20T07:00:00Z' },
  };
}

/** A membership of a group as Cloud Identity gives it. */
export function membership(group: string, id: string, member: string, type: string) {
  return {
    name: `${group}/memberships/${id}`,
    preferredMemberKey: { id: member },
    roles: [{ name: 'MEMBER' }],
    type,
  };
}
