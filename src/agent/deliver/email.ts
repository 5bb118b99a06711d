import type { ChannelConfig } from '#config/agent/notify.ts';
import { problemOf } from '../events.ts';
import type { OutboxEntry } from '../outbox.ts';
import { plain } from '../words.ts';
import type { Outcome } from './outcome.ts';

type EmailChannel = Extract<ChannelConfig, { readonly kind: 'email' }>;

const PATIENCE_MS = 30_000;

/** Sends a message by SMTP. Its Message-ID is made of the delivery's id, so that a mail system can drop doubles. */
export async function sendEmail(
  channel: EmailChannel,
  entry: OutboxEntry,
  login: { readonly user: string; readonly pass: string } | null,
): Promise<Outcome> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    host: channel.host,
    port: channel.port,
    secure: channel.tls === 'implicit',
    requireTLS: channel.tls === 'starttls',
    ignoreTLS: channel.tls === 'none',
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    // What is attached is given here: a message never names a file or an address to read.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(login === null ? {} : { auth: login }),
  });
  try {
    await transport.sendMail({
      from: channel.from,
      to: channel.to,
      subject: plain(entry.subject),
      text: entry.text ?? entry.body,
      messageId: `<${entry.id}@nhi-auditor>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    return { kind: 'delivered' };
  } catch (error) {
    // RFC 5321, 4.2.1: answers from 500 up are for good, to this message or its recipients.
    const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
    const ofThisMessage = code >= 550 && code <= 554;
    const problem = problemOf(error);
    return ofThisMessage ? { kind: 'refused', problem } : { kind: 'unavailable', problem, retryAfter: null };
  } finally {
    transport.close();
  }
}
