import { join } from 'node:path';
import { z } from 'zod';
import type { AgentLog } from './events.ts';
import { UNFINISHED, type AgentFiles } from './files.ts';
import { readChecked } from './run-record.ts';

const entrySchema = z.object({
  version: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{32}$/u),
  channel: z.string(),
  schedule: z.string(),
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
  subject: z.string(),
  /** For people; null: a report, which is sent as it is. */
  text: z.string().nullable(),
  contentType: z.string(),
  body: z.string(),
  /** A later entry with the same words takes the place of this one; null: none does. */
  series: z.string().nullable(),
});

/** Something to deliver: one file, that never changes. */
export type OutboxEntry = Readonly<z.output<typeof entrySchema>>;

/** What is known of an entry without reading it. */
export type Waiting = Pick<OutboxEntry, 'id' | 'channel' | 'createdAt' | 'series'>;

/**
 * Messages on their way, one file each. What is in it survives any end of the process; an entry goes when it was
 * delivered. A crash between delivery and removal delivers it again, with the same id: the only way to a double.
 */
export interface Outbox {
  /** Those that may be delivered, oldest first. */
  readonly waiting: () => readonly Waiting[];
  /** Those that were given up. */
  readonly dead: () => number;
  /** Writes entries that are not delivered before they are released. */
  readonly prepare: (entries: readonly OutboxEntry[]) => Promise<void>;
  /** Lets prepared entries be delivered; does nothing for others. */
  readonly release: (ids: readonly string[]) => Promise<void>;
  /** Removes prepared entries that nobody released. */
  readonly drop: () => Promise<void>;
  /** Writes an entry that may be delivered, in the place of earlier ones of its series. */
  readonly put: (entry: OutboxEntry) => Promise<void>;
  /** An entry in full; null: its file is gone or broken. */
  readonly read: (id: string) => Promise<OutboxEntry | null>;
  readonly remove: (id: string) => Promise<void>;
  /** Puts an entry aside, and tells where it is kept. */
  readonly giveUp: (id: string) => Promise<string>;
}

const READY = '.json';
const PREPARED = '.prepared';

/** Opens the outbox in a folder. */
export async function openOutbox(folder: string, files: AgentFiles, log: AgentLog): Promise<Outbox> {
  const waiting = new Map<string, Waiting>();
  const prepared = new Map<string, Waiting>();
  const deadFolder = join(folder, 'dead');
  const fileOf = (id: string, ending: string) => join(folder, `${id}${ending}`);
  const load = (id: string, ending: string) => readChecked(fileOf(id, ending), entrySchema, files, log);
  for (const name of await files.list(folder)) {
    const place = name.endsWith(READY) ? waiting : name.endsWith(PREPARED) ? prepared : null;
    if (name.endsWith(UNFINISHED)) await files.remove(join(folder, name));
    if (place === null) continue;
    const id = name.slice(0, name.lastIndexOf('.'));
    const entry = await load(id, place === waiting ? READY : PREPARED);
    if (entry !== null) place.set(id, outline(entry));
  }
  let dead = (await files.list(deadFolder)).length;

  const remove = async (id: string): Promise<void> => {
    await files.remove(fileOf(id, READY));
    waiting.delete(id);
  };
  return {
    waiting: () =>
      [...waiting.values()].toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)),
    dead: () => dead,
    prepare: async (entries) => {
      for (const entry of entries) {
        await files.write(fileOf(entry.id, PREPARED), JSON.stringify(entry));
        prepared.set(entry.id, outline(entry));
      }
    },
    release: async (ids) => {
      for (const id of ids) {
        const entry = prepared.get(id);
        if (entry === undefined) continue;
        await files.move(fileOf(id, PREPARED), fileOf(id, READY));
        prepared.delete(id);
        waiting.set(id, entry);
      }
    },
    drop: async () => {
      for (const id of prepared.keys()) await files.remove(fileOf(id, PREPARED));
      prepared.clear();
    },
    put: async (entry) => {
      await files.write(fileOf(entry.id, READY), JSON.stringify(entry));
      waiting.set(entry.id, outline(entry));
      for (const { id, series } of waiting.values()) {
        if (series !== null && series === entry.series && id !== entry.id) await remove(id);
      }
    },
    read: async (id) => {
      const entry = await load(id, READY);
      if (entry === null) waiting.delete(id);
      return entry;
    },
    remove,
    giveUp: async (id) => {
      const kept = join(deadFolder, `${id}${READY}`);
      await files.move(fileOf(id, READY), kept);
      waiting.delete(id);
      dead += 1;
      return kept;
    },
  };
}

function outline({ id, channel, createdAt, series }: OutboxEntry): Waiting {
  return { id, channel, createdAt, series };
}
