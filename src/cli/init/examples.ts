import type { z } from 'zod';
import type { configSchema } from '#config/schema.ts';

/** What can be written into the configuration. */
export type ConfigInput = z.input<typeof configSchema>;

/** A value for each option that has no default to show: written into the file switched off. */
export const EXAMPLES: ConfigInput = {
  data: '.nhi',
  import: ['exports/aws', 'exports/prod'],
  targets: [
    {
      system: 'aws',
      name: 'production',
      profile: 'audit',
      regions: ['eu-west-1', 'us-east-1'],
      roleArn: 'arn:aws:iam::111122223333:role/nhi-auditor',
      externalId: 'nhi-auditor',
      accounts: 'organization',
      memberRole: 'nhi-auditor',
      lastAccessed: true,
      endpoint: 'https://aws.example',
    },
    {
      system: 'azure',
      name: 'tenant',
      tenant: '00000000-0000-4000-8000-000000000000',
      subscriptions: ['00000000-0000-4000-8000-000000000001'],
    },
    {
      system: 'gcp',
      name: 'organisation',
      organization: '123456789012',
      projects: ['shop-prod'],
      impersonate: 'nhi-auditor@shop-prod.iam.gserviceaccount.com',
      quotaProject: 'shop-prod',
      endpoint: 'https://google.example',
    },
    {
      system: 'kubernetes',
      name: 'prod',
      kubeconfig: 'kubeconfig.yaml',
      context: 'prod',
      inCluster: false,
      namespaces: ['pay', 'web'],
    },
  ],
  systems: ['aws', 'kubernetes'],
  rules: ['rules'],
  profile: 'default',
  parameters: { 'unused-identity': { days: 60 } },
  waivers: ['waivers.yaml'],
  baseline: 'entitlements.yaml',
  agent: {
    schedules: [
      {
        name: 'nightly',
        cron: '17 3 * * *',
        timeZone: 'Europe/Berlin',
        jitter: '5m',
        targets: ['production', 'prod'],
        import: ['exports/aws'],
        data: '.nhi/nightly',
        baseline: 'entitlements.yaml',
        gate: { policy: 'gate.yaml', baseline: 'gate-baseline.json', newOnly: true },
        reports: [{ format: 'html', file: 'report.html' }],
        notify: ['chat'],
      },
    ],
    notify: [
      { name: 'hook', kind: 'webhook', url: 'https://hooks.example/nhi', secret: { env: 'NHI_HOOK_SECRET' } },
      { name: 'chat', kind: 'slack', url: { env: 'NHI_SLACK_URL' } },
      {
        name: 'mail',
        kind: 'email',
        host: 'smtp.example',
        login: { user: { env: 'NHI_SMTP_USER' }, password: { env: 'NHI_SMTP_PASSWORD' } },
        from: 'nhi@acme.example',
        to: ['security@acme.example'],
      },
      { name: 'files', kind: 'folder', folder: '.nhi/messages' },
    ],
    retention: { keep: 30, days: 90 },
    hosts: ['nhi.example'],
  },
  ledger: { key: 'ledger-key.pem' },
  revocation: {
    targets: [{ system: 'aws', profile: 'revoke' }],
    approvers: [{ name: 'jane', key: 'approvers/jane.pub.pem' }],
    settleSeconds: { aws: 60 },
    breakGlass: ['*break-glass*'],
    ownIdentities: ['arn:aws:iam::111122223333:role/nhi-auditor'],
  },
  owners: {
    keys: ['steward'],
    registry: ['nhi-registry.yaml'],
    backstage: ['catalog-info.yaml'],
    codeowners: [{ file: '.github/CODEOWNERS', path: 'iam/{name}.tf' }],
    people: ['people.csv'],
  },
  disable: ['two-active-keys'],
  aws: { organization: 'none' },
};
