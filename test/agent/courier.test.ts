import { createHmac } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { courier, type CourierOptions } from '#agent/deliver/courier.ts';
import type { AgentEvent } from '#agent/events.ts';
import { diskFiles } from '#agent/files.ts';
import { openOutbox, type OutboxEntry } from '#agent/outbox.ts';
import { tempDir } from '../temp-dir.ts';
import { diskFull, failingDisk } from './failing-disk.ts';
import { receiver, unreachable } from './receiver.ts';
import { config, NOON } from './world.ts';

const DAY = 86_400_000;

const entry = (n: number, change: Partial<OutboxEntry> = {}): OutboxEntry => ({
  version: 1,
  id: String(n).padStart(32, '0'),
  channel: 'hook',
  schedule: 'estate',
  createdAt: NOON + n,
  subject: 'nhi estate: 1 new finding',
  text: 'a <b> & c',
  contentType: 'application/json',
  body: JSON.stringify({ n }),
  series: null,
  ...change,
});

async function post(
  notify: readonly object[],
  entries: readonly OutboxEntry[],
  change: Partial<CourierOptions> = {},
) {
  const folder = join(await tempDir(), 'outbox');
  const events: AgentEvent[] = [];
  const clock = { time: NOON };
  const files = change.files ?? diskFiles;
  const outbox = await openOutbox(folder, files, (event) => events.push(event));
  for (const each of entries) await outbox.put(each);
  const carry = courier({
    outbox,
    channels: config({ notify }).notify,
    giveUpAfter: 7 * DAY,
    files,
    now: () => clock.time,
    random: () => 1,
    secret: async () => 'a secret',
    signal: new AbortController().signal,
    log: (event) => events.push(event),
    ...change,
  });
  return { carry, clock, events, outbox, folder };
}

describe('a webhook', () => {
  it('gets every message in order, signed as Standard Webhooks says, and then the outbox is empty', async () => {
    const { url, posted } = await receiver();
    const hook = { name: 'hook', kind: 'webhook', url, secret: { env: 'SECRET' } };
    const { carry, folder } = await post([hook], [entry(1), entry(2)]);
    await carry();
    expect(posted.map(({ body }) => body)).toEqual(['{"n":1}', '{"n":2}']);
    const { headers, body } = posted[0] ?? { headers: {}, body: '' };
    const signed = `${entry(1).id}.${NOON / 1000}.${body}`;
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': entry(1).id,
      'webhook-timestamp': String(NOON / 1000),
      'webhook-signature': `v1,${createHmac('sha256', 'a secret').update(signed).digest('base64')}`,
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('that is unavailable is tried again later and later, and no message overtakes another', async () => {
    const { url, posted } = await receiver((n) => ({ status: n < 4 ? 503 : 204 }));
    const { carry, clock, events } = await post(
      [{ name: 'hook', kind: 'webhook', url }],
      [entry(1), entry(2)],
    );
    for (let second = 0; second <= 40; second += 1) {
      clock.time = NOON + second * 1000;
      await carry();
    }
    expect(posted.map(({ body }) => body)).toEqual(['{"n":1}', '{"n":1}', '{"n":1}', '{"n":1}', '{"n":2}']);
    const again = events.flatMap((event) =>
      event.event === 'not-delivered' ? [Date.parse(event.again)] : [],
    );
    expect(again.map((time) => (time - NOON) / 1000)).toEqual([5, 15, 35]);
  });

  it('is left alone for as long as it asks', async () => {
    const { url, posted } = await receiver((n) => ({
      status: n === 1 ? 429 : 204,
      ...(n === 1 ? { headers: { 'retry-after': '120' } } : {}),
    }));
    const { carry, clock } = await post([{ name: 'hook', kind: 'webhook', url }], [entry(1)]);
    await carry();
    clock.time = NOON + 119_000;
    await carry();
    expect(posted).toHaveLength(1);
    clock.time = NOON + 120_000;
    await carry();
    expect(posted).toHaveLength(2);
  });

  it('that refuses one message gets the others', async () => {
    const { url, posted } = await receiver((n) => ({ status: n === 1 ? 413 : 204 }));
    const { carry, outbox } = await post([{ name: 'hook', kind: 'webhook', url }], [entry(1), entry(2)]);
    await carry();
    expect(posted.map(({ body }) => body)).toEqual(['{"n":1}', '{"n":2}']);
    expect(outbox.waiting()).toMatchObject([{ id: entry(1).id }]);
  });

  it('that points elsewhere is not followed', async () => {
    const other = await receiver();
    const { url } = await receiver(() => ({ status: 307, headers: { location: other.url } }));
    const { carry, outbox } = await post([{ name: 'hook', kind: 'webhook', url }], [entry(1)]);
    await carry();
    expect(other.posted).toEqual([]);
    expect(outbox.waiting()).toHaveLength(1);
  });

  it('that cannot be reached loses nothing and holds up no other channel', async () => {
    const { url, posted } = await receiver();
    const notify = [
      { name: 'dead', kind: 'webhook', url: await unreachable() },
      { name: 'hook', kind: 'webhook', url },
    ];
    const { carry, events, outbox } = await post(notify, [entry(1, { channel: 'dead' }), entry(2)]);
    await carry();
    expect(posted).toHaveLength(1);
    expect(outbox.waiting()).toMatchObject([{ channel: 'dead' }]);
    expect(events).toContainEqual(
      expect.objectContaining({ event: 'not-delivered', problem: expect.stringContaining('ECONNREFUSED') }),
    );
  });

  it('that could not be reached for a week is given up: the message is kept and counted', async () => {
    const dead = { name: 'hook', kind: 'webhook', url: await unreachable() };
    const { carry, clock, events, folder, outbox } = await post([dead], [entry(1)]);
    clock.time = NOON + 7 * DAY + 2;
    await carry();
    const kept = join(folder, 'dead', `${entry(1).id}.json`);
    expect(events).toContainEqual({ event: 'given-up', channel: 'hook', delivery: entry(1).id, kept });
    expect(outbox.waiting()).toEqual([]);
    expect(outbox.dead()).toBe(1);
    expect((await openOutbox(folder, diskFiles, () => undefined)).dead()).toBe(1);
  });

  it('gets a message once where the disk refuses to forget it', async () => {
    const { url, posted } = await receiver();
    let full = true;
    const files = failingDisk((call) => (call === 'remove' && full ? diskFull() : null));
    const { carry, folder, events } = await post([{ name: 'hook', kind: 'webhook', url }], [entry(1)], {
      files,
    });
    await carry();
    await carry();
    expect(posted).toHaveLength(1);
    expect(events.filter(({ event }) => event === 'problem')).toHaveLength(1);
    full = false;
    await carry();
    expect(posted).toHaveLength(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('that is not in the configuration any more keeps its messages, which is said', async () => {
    const { carry, events, outbox } = await post([], [entry(1)]);
    await carry();
    expect(outbox.waiting()).toHaveLength(1);
    expect(events).toContainEqual(
      expect.objectContaining({ problem: expect.stringContaining('no such channel') }),
    );
  });
});

describe('the outbox', () => {
  it('gives a report that waits up for a newer one of its series', async () => {
    const series = 'report estate sarif';
    const { outbox } = await post([], [entry(1, { series }), entry(2), entry(3, { series })]);
    expect(outbox.waiting().map(({ id }) => id)).toEqual([entry(2).id, entry(3).id]);
  });
});

describe('a Slack channel', () => {
  it('gets the text with its special characters escaped', async () => {
    const { url, posted } = await receiver();
    const slack = { name: 'hook', kind: 'slack', url: { env: 'URL' } };
    const { carry } = await post([slack], [entry(1)], { secret: async () => url });
    await carry();
    expect(posted.map(({ body }) => body)).toEqual(['{"text":"a &lt;b&gt; &amp; c"}']);
  });
});

describe('an address that is a secret', () => {
  it.each(['hooks.slack.example/T0/B0/s3cret', 'https://user:s3cret@slack.example/', 'file:///s3cret'])(
    'is not in the log where it cannot be used: %s',
    async (url) => {
      const slack = { name: 'hook', kind: 'slack', url: { env: 'URL' } };
      const { carry, events } = await post([slack], [entry(1)], { secret: async () => url });
      await carry();
      expect(events).toMatchObject([
        { event: 'not-delivered', problem: expect.stringMatching(/^the address/u) },
      ]);
      expect(JSON.stringify(events)).not.toContain('s3cret');
    },
  );
});

describe('a folder', () => {
  it('gets a file named by the delivery, so that a second delivery is no second file', async () => {
    const folder = await tempDir();
    const { carry, outbox } = await post([{ name: 'hook', kind: 'folder', folder }], [entry(1)]);
    await carry();
    await outbox.put(entry(1));
    await carry();
    expect(await readdir(folder)).toEqual([`${entry(1).id}.json`]);
  });
});
