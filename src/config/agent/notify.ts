import { z } from 'zod';
import { nameSchema, severitySchema } from './schedule.ts';

/** Where a secret is: never its value. */
const secretSchema = z.union([
  z.strictObject({ env: z.string().min(1).describe('The name of an environment variable.') }),
  z.strictObject({ file: z.string().min(1).describe('A file that holds it and nothing else.') }),
]);

/** Where a secret is. */
export type SecretSource = z.output<typeof secretSchema>;

const shared = {
  name: nameSchema.describe('How to name it in schedules, metrics and logs.'),
  severity: severitySchema
    .default('high')
    .describe(
      'Findings of this severity and worse are told. Drift, verdicts, coverage and revocations always are.',
    ),
};

const webhookSchema = z.strictObject({
  ...shared,
  kind: z.literal('webhook'),
  url: z
    .url({ protocol: /^https?$/u })
    .describe('Where messages are posted as JSON. Redirects are not followed.'),
  secret: secretSchema.optional().describe('Signs every message with HMAC-SHA256: see docs/agent.md.'),
});

const slackSchema = z.strictObject({
  ...shared,
  kind: z.literal('slack'),
  url: secretSchema.describe('Where the address of the incoming webhook is: it is a secret itself.'),
});

const emailSchema = z.strictObject({
  ...shared,
  kind: z.literal('email'),
  host: z.string().min(1).describe('The SMTP server.'),
  port: z.int().min(1).max(65_535).default(587).describe('Its port.'),
  tls: z
    .enum(['starttls', 'implicit', 'none'])
    .default('starttls')
    .describe('`starttls`: nothing is said before the connection is encrypted.'),
  login: z
    .strictObject({ user: secretSchema, password: secretSchema })
    .optional()
    .describe('What it is logged in with.'),
  from: z.string().min(3).describe('The sender.'),
  to: z.array(z.string().min(3)).min(1).describe('The recipients.'),
});

const folderSchema = z.strictObject({
  ...shared,
  kind: z.literal('folder'),
  folder: z.string().min(1).describe('A file for each message is written here.'),
});

/** An entry of `agent.notify`. */
export const notifySchema = z.discriminatedUnion('kind', [
  webhookSchema,
  slackSchema,
  emailSchema,
  folderSchema,
]);

/** Who is told, and how. */
export type ChannelConfig = z.output<typeof notifySchema>;
