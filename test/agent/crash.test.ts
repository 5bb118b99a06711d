import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runOnce } from '#agent/agent.ts';
import { diskFiles, type AgentFiles } from '#agent/files.ts';
import { readdir, readFile } from 'node:fs/promises';
import { tempDir } from '../temp-dir.ts';
import { failingDisk } from './failing-disk.ts';
import { facts, finding, world } from './world.ts';

const FOUND = facts({ findings: [finding('a'), finding('b')] });

/** Runs a round on a disk that stops answering after so many calls, as a process does that is killed; how many it made. */
async function roundOn(folder: string, told: string, dies: number): Promise<number> {
  let calls = 0;
  const disk = failingDisk(() => {
    calls += 1;
    return calls > dies ? new Error('killed') : null;
  });
  const channels = ['one', 'two'].map((name) => ({ name, kind: 'folder', folder: join(told, name) }));
  const { options } = await world({
    folder,
    files: disk,
    config: { notify: channels },
    work: { scan: async () => FOUND },
  });
  await runOnce(options, false).catch(() => undefined);
  return calls;
}

/** What was delivered to a channel: the keys of the news of every message. */
async function deliveredTo(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) =>
    (JSON.parse(text) as { news: { key: string }[] }).news.map(({ key }) => key),
  );
}

describe('an agent that is killed', () => {
  it('loses and doubles no news, wherever it is killed', async () => {
    const whole = await roundOn(join(await tempDir(), 'agent'), await tempDir(), Infinity);
    expect(whole).toBeGreaterThan(15);
    for (let dies = 0; dies <= whole; dies += 1) {
      const [folder, told] = [join(await tempDir(), 'agent'), await tempDir()];
      await roundOn(folder, told, dies);
      await roundOn(folder, told, Infinity);
      await roundOn(folder, told, Infinity);
      for (const channel of ['one', 'two']) {
        const news = await deliveredTo(join(told, channel));
        expect(news, `killed after ${dies} calls`).toEqual([
          'finding a fail critical',
          'finding b fail critical',
        ]);
      }
    }
  });

  it('leaves nothing behind that a later run does not clear', async () => {
    const [folder, told] = [join(await tempDir(), 'agent'), await tempDir()];
    for (let dies = 0; dies < 25; dies += 1) await roundOn(folder, told, dies);
    await roundOn(folder, told, Infinity);
    expect(await readdir(join(folder, 'outbox'))).toEqual([]);
    expect((await readdir(folder)).filter((name) => !name.endsWith('.json'))).toEqual(['outbox']);
  });
});

describe('what the agent remembers', () => {
  it('is set aside where it cannot be understood, which is said, and begun anew', async () => {
    const files: AgentFiles = diskFiles;
    const first = await world();
    const { folder } = first.options;
    await files.write(join(folder, 'estate.runs.json'), '{"version":1,"planned":');
    await files.write(join(folder, 'estate.told.json'), '{"version":9}');
    await files.write(join(folder, 'outbox', `${'0'.repeat(32)}.json`), '[]');
    expect((await runOnce(first.options, false)).runs).toEqual([{ schedule: 'estate', error: null }]);
    const aside = first.events.flatMap((event) => (event.event === 'set-aside' ? [event.file] : []));
    expect(aside.map((file) => file.slice(folder.length + 1)).toSorted()).toEqual([
      'estate.runs.json.broken',
      'estate.told.json.broken',
      `outbox/${'0'.repeat(32)}.json.broken`,
    ]);
  });
});
