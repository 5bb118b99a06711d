import { GITHUB } from '../aws/trust.ts';
import type { AppSpec } from './spec.ts';
import { groupPath, resourcePath, SANDBOX, STORES, subscriptionPath } from './tenant.ts';

const GITHUB_ISSUER = `https://${GITHUB}`;
const WEB = groupPath(STORES, 'rg-stores-web');
const BLOBS = resourcePath(STORES, 'rg-stores-data', 'Microsoft.Storage/storageAccounts', 'acmestoresdata');
const EVENTS = resourcePath(STORES, 'rg-stores-data', 'Microsoft.EventHub/namespaces', 'evhns-tills');

/** Acme's own applications; `../planted-azure.ts` says what is wrong with some of them. */
export const APPLICATIONS: readonly AppSpec[] = [
  {
    name: 'stores-deploy',
    age: 540,
    owner: 'tomas.okafor',
    signedIn: 1,
    federated: [
      {
        name: 'github-stores-production',
        issuer: GITHUB_ISSUER,
        subject: 'repo:acme-example/stores:environment:production',
      },
    ],
    roles: [{ role: 'Website Contributor', at: WEB }],
  },
  {
    name: 'data-pipelines',
    age: 410,
    owner: 'priya.venn',
    signedIn: 1,
    federated: [
      {
        name: 'github-data-pipelines-production',
        issuer: GITHUB_ISSUER,
        subject: 'repo:acme-example/data-pipelines:environment:production',
      },
    ],
    roles: [{ role: 'Storage Blob Data Contributor', at: BLOBS }],
  },
  {
    name: 'infrastructure-azure',
    age: 400,
    owner: 'mara.lindqvist',
    signedIn: 2,
    federated: [
      {
        name: 'github-infrastructure-development',
        issuer: GITHUB_ISSUER,
        subject: 'repo:acme-example/infrastructure:environment:development',
      },
    ],
    roles: [{ role: 'Owner', at: subscriptionPath(SANDBOX) }],
  },
  {
    name: 'directory-sync',
    age: 900,
    owner: 'ines.moreau',
    signedIn: 0,
    secrets: [{ name: 'sync', made: 60, ends: -120, used: 1 }],
    permissions: ['RoleManagement.ReadWrite.Directory'],
  },
  {
    name: 'till-telemetry',
    age: 610,
    owner: 'sol.haraldsen',
    signedIn: 0,
    secrets: [
      { name: 'tills 2025', made: 430, ends: 65, used: 66 },
      { name: 'tills 2026', made: 70, ends: -110, used: 0 },
    ],
    roles: [{ role: 'Azure Event Hubs Data Sender', at: EVENTS }],
  },
  {
    name: 'loyalty-portal',
    age: 350,
    owner: 'tomas.okafor',
    signedIn: 0,
    secrets: [{ name: 'portal', made: 84, ends: -12, used: 0 }],
    roles: [{ role: 'Storage Blob Data Reader', at: BLOBS }],
  },
  {
    name: 'payroll-bridge',
    age: 75,
    owner: 'jonas.ekdahl',
    signedIn: 3,
    secrets: [{ name: 'bridge', made: 74, ends: -3578, used: 3 }],
  },
  {
    name: 'photo-archive',
    age: 820,
    owner: 'wren.halloway',
    signedIn: 212,
    roles: [{ role: 'Storage Blob Data Reader', at: BLOBS }],
  },
];
