import { ago, secondsTime } from '../clock.ts';
import { characters, uuid } from '../seed.ts';
import { ACCOUNTS, type AccountSpec } from './accounts.ts';
import { ORGANIZATION, type Project, STOREFRONT, uniqueId } from './organization.ts';

/** `gcloud iam service-accounts list` of one project. */
export function serviceAccounts(project: Project): readonly object[] {
  return accountsOf(project).map(({ email, displayName }) => ({
    displayName,
    email,
    etag: 'MDEwMjE5MjA=',
    name: `projects/${project.id}/serviceAccounts/${email}`,
    oauth2ClientId: uniqueId(email),
    projectId: project.id,
    uniqueId: uniqueId(email),
  }));
}

/** `gcloud policy-intelligence query-activity` of one project, for accounts and for keys. */
export function activities(project: Project): readonly object[] {
  return accountsOf(project).flatMap((account) => [
    activity('serviceAccountLastAuthentication', account, '', account.seen),
    ...(account.key === undefined
      ? []
      : [
          activity(
            'serviceAccountKeyLastAuthentication',
            account,
            `/keys/${keyId(account)}`,
            account.key.used,
          ),
        ]),
  ]);
}

/** Activity Analyzer counts whole days that end at 07:00 UTC, and knows nothing of the last two. */
function activity(activityType: string, { project, email }: AccountSpec, key: string, days: number): object {
  const end = Date.parse('2026-11-18T07:00:00Z');
  const at = (before: number) => secondsTime(new Date(end - before * 86_400_000));
  return {
    activity: { lastAuthenticatedTime: at(days - 2) },
    activityType,
    fullResourceName: `//iam.googleapis.com/projects/${project.id}/serviceAccounts/${email}${key}`,
    observationPeriod: { endTime: at(0), startTime: at(90) },
  };
}

/** `gcloud asset list --content-type=resource` of keys and instances: one answer for the whole organisation. */
export function assets(): readonly object[] {
  return ACCOUNTS.flatMap((account) => [systemKey(account), ...ownKeys(account), ...instances(account)]);
}

function systemKey(account: AccountSpec): object {
  const id = hex(`system key ${account.email}`);
  return keyAsset(account, id, 'SYSTEM_MANAGED', 6, secondsTime(ago(-10, id)));
}

function ownKeys(account: AccountSpec): readonly object[] {
  if (account.key === undefined) return [];
  return [keyAsset(account, keyId(account), 'USER_MANAGED', account.key.made, '9999-12-31T23:59:59Z')];
}

/** The id of the key of an account that is kept in a file. */
export function keyId({ email }: Pick<AccountSpec, 'email'>): string {
  return hex(`key ${email}`);
}

function keyAsset(
  { project, email }: AccountSpec,
  id: string,
  keyType: string,
  made: number,
  validBeforeTime: string,
): object {
  const name = `projects/${project.id}/serviceAccounts/${email}/keys/${id}`;
  return asset(project, 'iam.googleapis.com/ServiceAccountKey', `//iam.googleapis.com/${name}`, {
    keyAlgorithm: 'KEY_ALG_RSA_2048',
    keyOrigin: 'GOOGLE_PROVIDED',
    keyType,
    name,
    validAfterTime: secondsTime(ago(made, `key ${id}`)),
    validBeforeTime,
  });
}

function instances({ email, instances: running = [] }: AccountSpec): readonly object[] {
  return running.map(([name, project]) => {
    const path = `projects/${project.id}/zones/europe-west1-b/instances/${name}`;
    return asset(project, 'compute.googleapis.com/Instance', `//compute.googleapis.com/${path}`, {
      creationTimestamp: secondsTime(ago(150, `instance ${name}`)),
      labels: { environment: project.environment },
      name,
      selfLink: `https://www.googleapis.com/compute/v1/${path}`,
      serviceAccounts: [{ email, scopes: ['https://www.googleapis.com/auth/cloud-platform'] }],
      status: 'RUNNING',
    });
  });
}

function asset({ number, folder }: Project, assetType: string, name: string, data: object): object {
  return {
    ancestors: [`projects/${number}`, folder, ORGANIZATION],
    assetType,
    name,
    resource: { data, discoveryName: assetType.split('/')[1], version: 'v1' },
    updateTime: secondsTime(ago(3, `asset ${name}`)),
  };
}

/** The id of the key with which web pages ask for maps. */
export const MAPS_KEY = uuid('api key store finder');

/** `gcloud services api-keys list` of one project. */
export function apiKeys(project: Project): readonly object[] {
  if (project !== STOREFRONT) return [];
  return [
    {
      createTime: '2023-09-14T08:30:12.684219Z',
      displayName: 'Store finder on the web',
      etag: 'W/"dGhlIHN0b3JlIGZpbmRlcg=="',
      name: `projects/${project.number}/locations/global/keys/${MAPS_KEY}`,
      uid: MAPS_KEY,
      updateTime: '2023-09-14T08:30:12.701933Z',
    },
  ];
}

function accountsOf(project: Project): readonly AccountSpec[] {
  return ACCOUNTS.filter((account) => account.project === project);
}

/** Forty hexadecimal digits. */
function hex(key: string): string {
  return [20, 20].map((length, part) => characters(`${key} ${part}`, '0123456789abcdef', length)).join('');
}
