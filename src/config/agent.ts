import { resolve } from 'node:path';
import { z } from 'zod';
import { durationSchema } from './agent/duration.ts';
import { notifySchema } from './agent/notify.ts';
import { scheduleSchema } from './agent/schedule.ts';

/** The `agent` part of the configuration. */
export const agentSchema = z
  .strictObject({
    schedules: z
      .array(scheduleSchema)
      .min(1)
      .default([scheduleSchema.parse({ name: 'default' })])
      .superRefine((schedules, context) => {
        unique(schedules, 'name', 'two schedules have this name', context);
        unique(
          schedules,
          'data',
          'two schedules share a data folder, whose snapshots are compared with each other: give each its own `data`',
          context,
        );
      })
      .describe('What is scanned when; left out: what `nhi scan` reads, every six hours.'),
    notify: z
      .array(notifySchema)
      .default([])
      .superRefine((channels, context) => unique(channels, 'name', 'two channels have this name', context))
      .describe('Who is told of what is new.'),
    giveUpAfter: durationSchema
      .default('7d')
      .describe('How long a message that cannot be delivered is tried again before it is put aside.'),
    retention: z
      .strictObject({
        keep: z
          .int()
          .min(1)
          .optional()
          .describe('How many of the newest snapshots stay; left out: as `snapshots.keep`.'),
        days: z
          .int()
          .min(1)
          .optional()
          .describe('Of the others, only those older than so many days are removed; left out: all of them.'),
      })
      .prefault({})
      .describe('Which snapshots are removed after a scan.'),
    regrowth: z
      .array(durationSchema)
      .default(['1h', '1d', '7d'])
      .describe('When, after a revocation was proved, it is looked at again. Empty: never.'),
    listen: z
      .union([
        z.literal('none'),
        z.string().regex(/^(?:\[[\da-f:.]+\]|[\w.-]+):\d{1,5}$/iu, 'expected HOST:PORT or none'),
      ])
      .default('127.0.0.1:9479')
      .describe('Where health and metrics are served.'),
    hosts: z
      .array(z.string().min(1))
      .default([])
      .describe('Names beside localhost and addresses by which health and metrics may be asked for.'),
  })
  .prefault({})
  .describe('Scheduled scans: nhi agent.');

/** The `agent` part with every default filled in. */
export type AgentConfig = z.output<typeof agentSchema>;

/** The same with paths that are absolute, from the folder of the file. */
export function absoluteAgent(agent: AgentConfig, folder: string): AgentConfig {
  const from = (path: string | undefined) => (path === undefined ? undefined : resolve(folder, path));
  const secret = <S extends { readonly env: string } | { readonly file: string }>(source: S): S =>
    'file' in source ? { ...source, file: resolve(folder, source.file) } : source;
  return {
    ...agent,
    schedules: agent.schedules.map((each) => ({
      ...each,
      data: from(each.data),
      import: each.import?.map((path) => resolve(folder, path)),
      gate: { ...each.gate, policy: from(each.gate.policy) },
      reports: each.reports.map((report) => ({ ...report, file: from(report.file) })),
    })),
    notify: agent.notify.map((channel) => {
      switch (channel.kind) {
        case 'webhook':
          return channel.secret === undefined ? channel : { ...channel, secret: secret(channel.secret) };
        case 'slack':
          return { ...channel, url: secret(channel.url) };
        case 'email':
          return channel.login === undefined
            ? channel
            : {
                ...channel,
                login: { user: secret(channel.login.user), password: secret(channel.login.password) },
              };
        case 'folder':
          return { ...channel, folder: resolve(folder, channel.folder) };
      }
    }),
  };
}

function unique<Key extends string>(
  all: readonly { readonly [key in Key]?: string | undefined }[],
  key: Key,
  message: string,
  context: z.RefinementCtx,
): void {
  const seen = new Set<string | undefined>();
  for (const [at, each] of all.entries()) {
    if (seen.has(each[key])) context.addIssue({ code: 'custom', path: [at, key], message });
    seen.add(each[key]);
  }
}
