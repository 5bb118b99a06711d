import { openSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import { listSnapshots } from '#store/read/list-snapshots.ts';
import { startAgent } from '../agent/agent-process.ts';
import { tempDir } from '../temp-dir.ts';
import { writeSmallEstate } from './small-estate.ts';

async function estate(agent: object = {}): Promise<string> {
  const folder = await tempDir();
  await writeSmallEstate(folder);
  const config = { schedules: [{ name: 'estate', every: '2s' }], listen: '127.0.0.1:0', ...agent };
  await writeFile(join(folder, 'nhi.yaml'), stringify({ import: ['exports'], agent: config }));
  return folder;
}

const staged = (folder: string) => readdir(join(folder, '.nhi', 'staging'));
const problems = async (folder: string) =>
  (await listSnapshots(join(folder, '.nhi'))).map(({ problem }) => problem);

describe('nhi agent', { timeout: 180_000 }, () => {
  it('is ready after its first scan, and on SIGTERM stops cleanly in the middle of the next', async () => {
    const folder = await estate();
    const agent = startAgent(folder);
    const { address } = await agent.until('listening');
    const ask = async (path: string) => (await fetch(`${String(address)}${path}`)).status;
    expect(await ask('/healthz')).toBe(200);
    expect(await ask('/readyz')).toBe(503);
    await agent.until('run-finished');
    expect(await ask('/readyz')).toBe(200);
    const metrics = await (await fetch(`${String(address)}/metrics`)).text();
    expect(metrics).toContain('nhi_findings{schedule="estate",severity="critical"}');
    await agent.until('run-started', 2);
    expect(await agent.end('SIGTERM')).toBe(0);
    expect(agent.log.at(-1)).toMatchObject({ event: 'stopped' });
    expect(await staged(folder)).toEqual([]);
    expect(new Set(await problems(folder))).toEqual(new Set([null]));
    expect(await readdir(join(folder, '.nhi', 'agent'))).not.toContain('lock');
  });

  it('that is killed is followed by one that takes its lock and its work up', async () => {
    const folder = await estate({ schedules: [{ name: 'estate', every: '6h' }] });
    const killed = startAgent(folder);
    await killed.until('run-started');
    expect(await killed.end('SIGKILL')).toBe('SIGKILL');
    const next = startAgent(folder);
    expect(await next.until('run-started')).toMatchObject({ reason: 'interrupted' });
    await next.until('run-finished');
    expect(await next.end('SIGTERM')).toBe(0);
    expect(await staged(folder)).toEqual([]);
    expect(new Set(await problems(folder))).toEqual(new Set([null]));
  });

  it('does not start on a folder on which another one runs', async () => {
    const folder = await estate();
    const first = startAgent(folder);
    await first.until('started');
    const second = startAgent(folder, ['--once']);
    expect(await second.ended).toBe(2);
    expect(second.text()).toContain('another agent runs on this folder');
    expect(await first.end('SIGTERM')).toBe(0);
  });

  it('takes the lock of one that ran elsewhere once that is silent', async () => {
    const folder = await estate();
    const holder = { place: `not-${hostname()}`, pid: 1, started: null, id: 'x' };
    await mkdir(join(folder, '.nhi', 'agent'), { recursive: true });
    await writeFile(join(folder, '.nhi', 'agent', 'lock'), JSON.stringify(holder));
    const next = startAgent(folder);
    await next.until('waiting-for-lock');
    await next.until('started');
    expect(await next.end('SIGTERM')).toBe(0);
  });

  it('goes on where nobody takes its log', async () => {
    const folder = await estate({ notify: [{ name: 'box', kind: 'folder', folder: 'told' }] });
    const agent = startAgent(folder, ['--once'], openSync('/dev/full', 'w'));
    expect(await agent.ended).toBe(1);
    expect(await readdir(join(folder, 'told'))).toHaveLength(1);
  });
});
