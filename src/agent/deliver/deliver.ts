import { join } from 'node:path';
import type { ChannelConfig, SecretSource } from '#config/agent/notify.ts';
import { problemOf } from '../events.ts';
import type { AgentFiles } from '../files.ts';
import type { OutboxEntry } from '../outbox.ts';
import { sendEmail } from './email.ts';
import type { Outcome } from './outcome.ts';
import { post } from './post.ts';
import { signedHeaders } from './signature.ts';

/** What delivering takes. */
export interface Delivering {
  readonly files: AgentFiles;
  readonly now: () => number;
  /** The value of a secret. Throws where there is none. */
  readonly secret: (source: SecretSource) => Promise<string>;
  readonly signal: AbortSignal;
}

/** Makes one attempt to deliver an entry. Never throws. */
export async function deliver(
  entry: OutboxEntry,
  channel: ChannelConfig,
  means: Delivering,
): Promise<Outcome> {
  try {
    return await attempt(entry, channel, means);
  } catch (error) {
    return { kind: 'unavailable', problem: problemOf(error), retryAfter: null };
  }
}

async function attempt(
  entry: OutboxEntry,
  channel: ChannelConfig,
  { files, now, secret, signal }: Delivering,
): Promise<Outcome> {
  switch (channel.kind) {
    case 'webhook': {
      const key = channel.secret === undefined ? null : await secret(channel.secret);
      const headers = {
        'content-type': entry.contentType,
        ...signedHeaders(entry.id, entry.body, now(), key),
      };
      return post(channel.url, headers, entry.body, now(), signal);
    }
    case 'slack': {
      const headers = { 'content-type': 'application/json', 'webhook-id': entry.id };
      const body = JSON.stringify({ text: slackText(entry.text ?? entry.body) });
      return post(await secret(channel.url), headers, body, now(), signal);
    }
    case 'email': {
      const { login } = channel;
      return sendEmail(
        channel,
        entry,
        login === undefined ? null : { user: await secret(login.user), pass: await secret(login.password) },
      );
    }
    case 'folder':
      // Named by the delivery: written twice it is there once.
      await files.write(join(channel.folder, `${entry.id}.json`), `${entry.body}\n`);
      return { kind: 'delivered' };
  }
}

const LONGEST_SLACK_TEXT = 35_000;

/** https://docs.slack.dev/messaging/formatting-message-text: three characters are special, and 40,000 are the limit. */
function slackText(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.length > LONGEST_SLACK_TEXT ? `${escaped.slice(0, LONGEST_SLACK_TEXT)}…` : escaped;
}
