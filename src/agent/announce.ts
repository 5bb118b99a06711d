import { join } from 'node:path';
import type { ChannelConfig } from '#config/agent/notify.ts';
import type { AgentLog } from './events.ts';
import { UNFINISHED, type AgentFiles } from './files.ts';
import { messageFor, type Message, type Occasion } from './message.ts';
import type { News } from './news.ts';
import type { Outbox, OutboxEntry } from './outbox.ts';
import { readTold, TOLD, toldFile, type Told } from './told.ts';

/** What telling takes. */
export interface Announcing {
  /** Where the agent keeps its files. */
  readonly folder: string;
  readonly files: AgentFiles;
  readonly outbox: Outbox;
  readonly log: AgentLog;
  readonly now: () => number;
}

/**
 * Queues a message for every channel that the news are for, and remembers that they were told. A crash loses and
 * doubles nothing: the messages are prepared first; the memory, written in one go, names them; then they are released.
 * What the memory does not name was not told, and is news again.
 */
export async function announce(
  { items, told }: News,
  occasion: Occasion,
  channels: readonly ChannelConfig[],
  { folder, files, outbox, log, now }: Announcing,
): Promise<Told> {
  const queued = channels.flatMap((channel) => {
    const message = messageFor(channel, items, occasion);
    return message === null ? [] : [{ channel: channel.name, message }];
  });
  // Those of the time before, where releasing them failed then.
  await outbox.release(told.batch);
  const batch = queued.map(({ message }) => message.id);
  await outbox.prepare(queued.map((each) => entryOf(each.message, each.channel, occasion.schedule, now())));
  const committed = { ...told, batch };
  await files.write(toldFile(folder, occasion.schedule), JSON.stringify(committed));
  await outbox.release(batch);
  for (const { channel, message } of queued) {
    const { schedule } = occasion;
    log({ event: 'queued', schedule, channel, delivery: message.id, news: items.length });
  }
  return committed;
}

function entryOf(
  { id, subject, text, document }: Message,
  channel: string,
  schedule: string,
  createdAt: number,
): OutboxEntry {
  const body = JSON.stringify(document);
  const contentType = 'application/json';
  return { version: 1, id, channel, schedule, createdAt, subject, text, contentType, body, series: null };
}

/** Puts right what a crash left: messages that a memory names are released, others go, and are news again. */
export async function recover(means: Pick<Announcing, 'folder' | 'files' | 'outbox' | 'log'>): Promise<void> {
  const { folder, files, outbox, log } = means;
  for (const name of await files.list(folder)) {
    if (name.endsWith(UNFINISHED)) await files.remove(join(folder, name));
    if (!name.endsWith(TOLD)) continue;
    const told = await readTold(join(folder, name), files, log);
    await outbox.release(told.batch);
  }
  await outbox.drop();
}
