import { characters } from '../seed.ts';

export const ORGANIZATION = 'organizations/702418653190';
/** What full names of organisations, folders and projects begin with. */
export const CRM = '//cloudresourcemanager.googleapis.com';

/** One of Acme's projects in Google Cloud, each in a folder of its own. */
export interface Project {
  readonly id: string;
  readonly number: string;
  readonly folder: string;
  readonly folderName: string;
  readonly environment: 'production' | 'development';
  readonly team: string;
}

export const ANALYTICS: Project = {
  id: 'acme-analytics-prod',
  number: '640285917733',
  folder: 'folders/318274650911',
  folderName: 'analytics',
  environment: 'production',
  team: 'data',
};

export const STOREFRONT: Project = {
  id: 'acme-storefront-prod',
  number: '281940367512',
  folder: 'folders/559037184206',
  folderName: 'storefront',
  environment: 'production',
  team: 'web-shop',
};

export const LAB: Project = {
  id: 'acme-data-lab',
  number: '915732048861',
  folder: 'folders/904417720356',
  folderName: 'sandbox',
  environment: 'development',
  team: 'data',
};

export const PROJECTS: readonly Project[] = [ANALYTICS, STOREFRONT, LAB];

/** The address of a service account of a project. */
export function accountEmail({ id }: Project, name: string): string {
  return `${name}@${id}.iam.gserviceaccount.com`;
}

/** The address of the account that instances of a project run as where nobody says another. */
export function computeDefault({ number }: Project): string {
  return `${number}-compute@developer.gserviceaccount.com`;
}

/** The number that Google gives a service account. */
export function uniqueId(email: string): string {
  return `1${characters(`unique id ${email}`, '0123456789', 20)}`;
}

/** `gcloud organizations list` */
export const ORGANIZATIONS: readonly object[] = [
  {
    creationTime: '2021-02-09T09:21:17.402Z',
    displayName: 'acme.example',
    lifecycleState: 'ACTIVE',
    name: ORGANIZATION,
    owner: { directoryCustomerId: 'C04acme7q' },
  },
];

/** `gcloud resource-manager folders list` */
export function folders(): readonly object[] {
  return PROJECTS.map(({ folder, folderName }) => ({
    createTime: '2021-02-11T10:02:44.915Z',
    displayName: folderName,
    lifecycleState: 'ACTIVE',
    name: folder,
    parent: ORGANIZATION,
  }));
}

/** `gcloud projects list` */
export function projects(): readonly object[] {
  return PROJECTS.map(({ id, number, folder, environment, team }) => ({
    createTime: '2021-03-01T12:40:09.118Z',
    labels: { environment, team },
    lifecycleState: 'ACTIVE',
    name: id,
    parent: { id: folder.replace('folders/', ''), type: 'folder' },
    projectId: id,
    projectNumber: number,
  }));
}
