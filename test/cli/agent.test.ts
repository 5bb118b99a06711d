import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import { listSnapshots } from '#store/read/list-snapshots.ts';
import { receiver } from '../agent/receiver.ts';
import { tempDir } from '../temp-dir.ts';
import { runCli } from './run-cli.ts';
import { writeSmallEstate } from './small-estate.ts';

const ACME = join(import.meta.dirname, '../../examples/acme');

/** A folder with the small estate and a configuration of the agent. */
async function estate(agent: object, more: object = {}): Promise<string> {
  const folder = await tempDir();
  await writeSmallEstate(folder);
  await configure(folder, agent, more);
  return folder;
}

function configure(folder: string, agent: object, more: object = {}): Promise<void> {
  return writeFile(join(folder, 'nhi.yaml'), stringify({ import: ['exports'], agent, ...more }));
}

interface Told {
  readonly id: string;
  readonly subject: string;
  readonly counts: Record<string, number>;
  readonly news: readonly { readonly kind: string; readonly [field: string]: unknown }[];
}

const toldIn = (body: string | undefined) => JSON.parse(body ?? '{}') as Told;

describe('nhi agent --once', { timeout: 240_000 }, () => {
  it('on the demonstration estate writes reports and one notification, and none the second time', async () => {
    const { url, posted } = await receiver();
    const folder = await tempDir();
    const agent = {
      schedules: [
        {
          name: 'acme',
          import: [join(ACME, 'aws'), join(ACME, 'kubernetes')],
          reports: [
            { format: 'html', file: 'out/report.html' },
            { format: 'sarif', file: 'out/findings.sarif' },
            { format: 'json', to: 'hook' },
          ],
        },
      ],
      notify: [{ name: 'hook', kind: 'webhook', url, secret: { env: 'HOOK_SECRET' } }],
    };
    await writeFile(join(folder, 'nhi.yaml'), stringify({ agent }));
    const env = { HOOK_SECRET: 'whsec_c2VjcmV0' };
    const first = await runCli(folder, ['agent', '--once'], { env });
    expect(first).toMatchObject({ code: 1, stdout: 'acme: FAIL: findings\n' });
    expect((await readdir(join(folder, 'out'))).toSorted()).toEqual(['findings.sarif', 'report.html']);
    expect(JSON.parse(await readFile(join(folder, 'out/findings.sarif'), 'utf8'))).toMatchObject({
      version: '2.1.0',
    });
    // What was written at the same time is sent in no order.
    const told = posted.find(({ body }) => Object.hasOwn(toldIn(body), 'subject'));
    const report = posted.find((each) => each !== told);
    expect(posted).toHaveLength(2);
    expect(toldIn(told?.body)).toMatchObject({
      id: told?.headers['webhook-id'],
      schedule: 'acme',
      subject: expect.stringMatching(/^nhi acme: gate FAIL, \d+ new findings \(\d+ critical, \d+ high\)$/u),
    });
    expect(told?.headers['webhook-signature']).toMatch(/^v1,[A-Za-z\d+/]{43}=$/u);
    expect(JSON.parse(report?.body ?? '')).toHaveProperty('findings');

    const second = await runCli(folder, ['agent', '--once'], { env });
    expect(second.code).toBe(1);
    const again = posted.slice(2).map(({ body }) => Object.keys(JSON.parse(body) as object));
    expect(again).toEqual([expect.arrayContaining(['findings', 'rules'])]);
    expect(await listSnapshots(join(folder, '.nhi'))).toMatchObject([{ problem: null }, { problem: null }]);
  });

  it('tells what changed between two rounds, and nothing of what did not', async () => {
    const folder = await estate({
      notify: [{ name: 'box', kind: 'folder', folder: 'told', severity: 'info' }],
    });
    await runCli(folder, ['agent', '--once']);
    const [before = ''] = await readdir(join(folder, 'told'));
    const file = join(folder, 'exports', 'shop', 'rbac.yaml');
    const admin = `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: api-is-admin }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects: [{ kind: ServiceAccount, name: api, namespace: web }]
`;
    await writeFile(file, (await readFile(file, 'utf8')) + admin);
    await runCli(folder, ['agent', '--once'], { now: () => new Date('2026-11-20T18:00:00Z') });
    const names = (await readdir(join(folder, 'told'))).filter((name) => name !== before);
    expect(names).toHaveLength(1);
    const { news } = toldIn(await readFile(join(folder, 'told', names[0] ?? ''), 'utf8'));
    expect(news.length).toBeGreaterThan(0);
    for (const item of news) expect(JSON.stringify(item)).toContain('web');
  });

  it('exits with 0 where the gate passes, and takes only what is new where it is asked for', async () => {
    const folder = await estate({ schedules: [{ name: 'estate', gate: { newOnly: true } }] });
    expect(await runCli(folder, ['agent', '--once'])).toMatchObject({ code: 1 });
    const later = { now: () => new Date('2026-11-20T18:00:00Z') };
    expect(await runCli(folder, ['agent', '--once'], later)).toMatchObject({
      code: 0,
      stdout: 'estate: PASS\n',
    });
  });

  it('goes on with the other schedules where a scan fails, tells it, and exits with 2', async () => {
    const folder = await estate({
      schedules: [
        { name: 'broken', import: ['exports'], data: 'broken-data' },
        { name: 'whole', import: ['exports'], gate: { policy: 'lax.yaml' } },
      ],
      notify: [{ name: 'box', kind: 'folder', folder: 'told' }],
    });
    await writeFile(join(folder, 'lax.yaml'), 'fail_on: none\n');
    await mkdir(join(folder, 'broken-data'));
    await writeFile(join(folder, 'broken-data', 'staging'), 'a file in the place of a folder');
    const { code, stdout, stderr } = await runCli(folder, ['agent', '--once']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: 'whole: PASS\n' });
    expect(stderr).toContain('broken: error: cannot write a snapshot');
    const names = await readdir(join(folder, 'told'));
    const told = await Promise.all(names.map((name) => readFile(join(folder, 'told', name), 'utf8')));
    const subjects = told.map((text) => toldIn(text).subject);
    expect(subjects).toContain('nhi broken: the scan failed');
  });

  it('keeps what cannot be delivered for the next time, and says so', async () => {
    const { url, posted } = await receiver((n) => ({ status: n === 1 ? 503 : 204 }));
    const folder = await estate({ notify: [{ name: 'hook', kind: 'webhook', url }] });
    const first = await runCli(folder, ['agent', '--once']);
    expect(first.stderr).toContain('1 messages could not be delivered');
    const second = await runCli(folder, ['agent', '--once']);
    expect(second.stderr).not.toContain('could not be delivered');
    expect(posted).toHaveLength(2);
    expect(posted[0]).toMatchObject({
      body: posted[1]?.body,
      headers: { 'webhook-id': posted[1]?.headers['webhook-id'] },
    });
  });

  it('runs only the schedules that are asked for, or are due', async () => {
    const schedules = ['one', 'two'].map((name) => ({ name, every: '6h', data: name }));
    const folder = await estate({ schedules });
    expect((await runCli(folder, ['agent', '--once', '--schedule', 'two'])).stdout).toMatch(/^two: FAIL/u);
    expect((await runCli(folder, ['agent', '--once', '--due'])).stdout).toMatch(/^one: FAIL[^\n]*\n$/u);
    expect((await runCli(folder, ['agent', '--once', '--due'])).stdout).toBe('No schedule is due.\n');
  });

  it('removes old snapshots', async () => {
    const folder = await estate({ retention: { keep: 1 } });
    for (const hour of ['10', '11']) {
      await runCli(folder, ['agent', '--once'], { now: () => new Date(`2026-11-20T${hour}:00:00Z`) });
    }
    expect((await listSnapshots(join(folder, '.nhi'))).map(({ id }) => id.slice(0, 11))).toEqual([
      '20261120T11',
    ]);
  });
});

describe('a configuration of the agent', () => {
  const wrong: [string, object, string][] = [
    [
      'a cron expression that is none',
      { schedules: [{ name: 'a', cron: '61 * * * *' }] },
      'nhi.yaml:6: agent.schedules.0.cron: Invalid value for minute',
    ],
    [
      'a time zone that is none',
      { schedules: [{ name: 'a', cron: '0 6 * * *', timeZone: 'Mars/X' }] },
      'Mars/X is no time zone',
    ],
    ['a cron expression that never comes', { schedules: [{ name: 'a', cron: '0 0 30 2 *' }] }, 'never comes'],
    [
      'both a cron expression and an interval',
      { schedules: [{ name: 'a', cron: '0 6 * * *', every: '1h' }] },
      'either `cron` or `every`',
    ],
    [
      'an interval that is none',
      { schedules: [{ name: 'a', every: '90' }] },
      'expected a length of time such as 30s',
    ],
    [
      'two schedules of one name',
      { schedules: [{ name: 'a' }, { name: 'a', data: 'x' }] },
      'two schedules have this name',
    ],
    [
      'two schedules in one data folder',
      { schedules: [{ name: 'a' }, { name: 'b' }] },
      'share a data folder',
    ],
    [
      'a target that is not there',
      { schedules: [{ name: 'a', targets: ['prod'] }] },
      'targets: there is no prod',
    ],
    [
      'a report format that is not there',
      { schedules: [{ name: 'a', reports: [{ format: 'pdf', file: 'x' }] }] },
      'there is no pdf',
    ],
    [
      'a channel that is not there',
      { schedules: [{ name: 'a', notify: ['chat'] }] },
      'notify: there is no chat',
    ],
    [
      'a secret in the place of its name',
      { notify: [{ name: 'a', kind: 'slack', url: 'https://hooks.slack.com/x' }] },
      'agent.notify.0.url',
    ],
    [
      'a secret that is not set',
      { notify: [{ name: 'a', kind: 'slack', url: { env: 'NOT_SET' } }] },
      'the environment variable NOT_SET holds no secret',
    ],
  ];

  it.each(wrong)('with %s is an error', async (_what, agent, message) => {
    const { code, stderr } = await runCli(await estate(agent), ['agent', '--once']);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
