import { PROD } from './account.ts';
import { SERVICE } from './owner-tags.ts';
import { allow, grantsIn } from './policy.ts';
import type { UserSpec } from './spec.ts';

const { s3Read, s3Write, secret, send, bucket } = grantsIn(PROD);

/** The users of the production account that have something wrong with them. */
export const PLANTED_PROD_USERS: readonly UserSpec[] = [
  {
    name: 'svc-erp-sync',
    path: '/service/',
    tags: SERVICE,
    team: 'operations',
    age: 1300,
    groups: ['integrations'],
    keys: [
      { active: true, rotated: 412, used: 1, service: 's3' },
      { active: true, rotated: 140, used: null },
    ],
  },
  {
    name: 'svc-ftp-gateway',
    path: '/service/',
    tags: SERVICE,
    team: 'operations',
    age: 1460,
    inline: { inbox: [s3Write('ftp-inbox')] },
    keys: [{ active: true, rotated: 905, used: 310, service: 's3' }],
  },
  {
    name: 'svc-report-mailer',
    path: '/service/',
    tags: SERVICE,
    team: 'data',
    age: 640,
    managed: ['IAMUserChangePassword'],
    inline: { reports: [s3Read('reports')] },
    password: { changed: 640, used: 33, mfa: false },
    keys: [{ active: true, rotated: 47, used: 0, service: 's3' }],
  },
  {
    name: 'svc-old-crm',
    path: '/service/',
    tags: SERVICE,
    team: 'operations',
    age: 1500,
    managed: ['DataLakeRead'],
    inline: { contacts: [secret('crm/contacts')] },
    keys: [{ active: false, rotated: 1100, used: 62, service: 'secretsmanager' }],
  },
  {
    name: 'svc-soap-bridge',
    path: '/service/',
    tags: SERVICE,
    team: null,
    age: 1420,
    inline: { bridge: [send('supplier-orders')] },
    keys: [{ active: true, rotated: 72, used: 0, service: 'sqs' }],
    certificate: 1415,
  },
  {
    name: 'svc-photo-studio',
    path: '/service/',
    tags: SERVICE,
    team: 'web-shop',
    age: 240,
    inline: { upload: [allow('s3:PutObject', `${bucket('shop-uploads')}/studio/*`)] },
    keys: [{ active: true, rotated: 118, used: 0, service: 's3' }],
  },
];
