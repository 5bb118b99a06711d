import { createHash } from 'node:crypto';
import { SEVERITIES, type Severity } from '#model/finding.ts';
import type { Instant } from '#model/system.ts';
import type { NewsItem } from './news-item.ts';
import { lineOf, subjectOf } from './words.ts';

/** So much news is in one message; the rest is counted. */
const MOST = 100;

/** A batch of news for one channel: the same batch has the same id. */
export interface Message {
  /** Sent with every attempt: a receiver that saw it before can drop it. */
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  /** For programs: docs/agent.md lists the fields. */
  readonly document: MessageDocument;
}

interface MessageDocument {
  readonly version: 1;
  readonly id: string;
  readonly schedule: string;
  readonly snapshot: string | null;
  readonly as_of: Instant | null;
  readonly subject: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly news: readonly object[];
  readonly left_out: number;
}

/** What a message is about. */
export interface Occasion {
  readonly schedule: string;
  /** null: the scan failed. */
  readonly snapshot: string | null;
  readonly asOf: Instant | null;
}

/** The message for a channel that is told of findings of a severity and worse; null: there is nothing for it. */
export function messageFor(
  channel: { readonly name: string; readonly severity: Severity },
  items: readonly NewsItem[],
  occasion: Occasion,
): Message | null {
  const worst = SEVERITIES.indexOf(channel.severity);
  const own = items.filter((item) => item.kind !== 'finding' || SEVERITIES.indexOf(item.severity) <= worst);
  if (own.length === 0) return null;
  const id = idOf(channel.name, own, occasion);
  const shown = own.slice(0, MOST);
  const left = own.length - shown.length;
  const subject = subjectOf(occasion.schedule, own);
  const counts: Record<string, number> = {};
  for (const { kind } of own) counts[kind] = (counts[kind] ?? 0) + 1;
  return {
    id,
    subject,
    text: [
      subject,
      '',
      ...shown.map((item) => `- ${lineOf(item)}`),
      ...(left > 0 ? [`and ${left} more: nhi findings lists them all`] : []),
      '',
      occasion.snapshot === null
        ? 'No snapshot was taken.'
        : `Snapshot ${occasion.snapshot} as of ${occasion.asOf}`,
    ].join('\n'),
    document: {
      version: 1,
      id,
      schedule: occasion.schedule,
      snapshot: occasion.snapshot,
      as_of: occasion.asOf,
      subject,
      counts,
      news: shown.map(documentOf),
      left_out: left,
    },
  };
}

function idOf(channel: string, items: readonly NewsItem[], { schedule, snapshot }: Occasion): string {
  const content = JSON.stringify([channel, schedule, snapshot, items.map(({ key }) => key)]);
  return createHash('sha256').update(content).digest('hex').slice(0, 32);
}

/** Scripts read the names of fields as all of our JSON has them. */
function documentOf(item: NewsItem): object {
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}
