import { request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serveHealth, type Watched } from '#agent/health/server.ts';
import { NEVER_RAN, type RunRecord } from '#agent/run-record.ts';
import { facts, NOON } from './world.ts';

const RAN: RunRecord = {
  ...NEVER_RAN,
  finished: NOON,
  succeeded: NOON,
  seconds: 1.5,
  runs: 3,
  failures: 1,
  skipped: 2,
  numbers: {
    ...facts().numbers,
    findings: { critical: 4, high: 0, medium: 0, low: 0, info: 0 },
    kpis: [
      { name: 'owned', value: 87.5 },
      { name: 'stale', value: null },
    ],
  },
};

const watched = (record: RunRecord, change: Partial<Watched> = {}): Watched => ({
  schedules: [{ name: 'estate', record: () => record }],
  outbox: {
    waiting: () => [{ id: 'x', channel: 'hook', createdAt: NOON - 60_000, series: null }],
    dead: () => 1,
  },
  now: () => NOON,
  toolVersion: '1.2.3',
  problems: () => 5,
  stopping: () => false,
  ...change,
});

async function serve(record: RunRecord, change: Partial<Watched> = {}, hosts: readonly string[] = []) {
  const server = await serveHealth({ listen: '127.0.0.1:0', hosts: [...hosts] }, watched(record, change));
  if (server === null) throw new Error('nobody listens');
  onTestFinished(() => server.close());
  return (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<{ status: number; type: string; text: string }>((resolve, reject) => {
      const asked = request(`${server.address}${path}`, { headers, method }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text }),
        );
      });
      asked.on('error', reject).end();
    });
}

describe('health', () => {
  it('is alive at once, and ready once a scan ended well, until the agent stops', async () => {
    const never = await serve(NEVER_RAN);
    expect(await never('/healthz')).toMatchObject({ status: 200 });
    expect(await never('/readyz')).toMatchObject({ status: 503, text: 'no scan has ended well yet\n' });
    expect(await (await serve(RAN))('/readyz')).toMatchObject({ status: 200 });
    expect(await (await serve(RAN, { stopping: () => true }))('/readyz')).toMatchObject({ status: 503 });
  });

  it('is told to nobody who asks by a name that is not known', async () => {
    const ask = await serve(RAN, {}, ['nhi.monitoring.svc']);
    expect(await ask('/metrics', { host: 'evil.example' })).toMatchObject({ status: 421 });
    expect(await ask('/metrics', { host: 'localhost.evil.example:9479' })).toMatchObject({ status: 421 });
    for (const host of ['localhost:9479', '10.0.0.7:9479', '[::1]:9479', 'NHI.monitoring.svc:9479']) {
      expect(await ask('/metrics', { host }), host).toMatchObject({ status: 200 });
    }
  });

  it('only answers questions', async () => {
    const ask = await serve(RAN);
    expect(await ask('/metrics', {}, 'POST')).toMatchObject({ status: 405 });
    expect(await ask('/', {})).toMatchObject({ status: 404 });
    expect(await ask('/metrics', {}, 'HEAD')).toMatchObject({ status: 200, text: '' });
  });

  it('cannot be served where somebody else listens, which is an error that names the key', async () => {
    const first = await serveHealth({ listen: '127.0.0.1:0', hosts: [] }, watched(RAN));
    onTestFinished(() => first?.close());
    const listen = first?.address.replace('http://', '') ?? '';
    await expect(serveHealth({ listen, hosts: [] }, watched(RAN))).rejects.toThrow('agent.listen');
  });

  it('is served to nobody where the configuration says so', async () => {
    expect(await serveHealth({ listen: 'none', hosts: [] }, watched(RAN))).toBeNull();
  });
});

describe('metrics', () => {
  it('are text that Prometheus reads, with what was never measured left out', async () => {
    const { text, type } = await (await serve(RAN))('/metrics');
    expect(type).toBe('text/plain; version=0.0.4; charset=utf-8');
    for (const line of text.trimEnd().split('\n')) {
      expect(line).toMatch(
        /^(?:# (?:HELP|TYPE) nhi_\w+ .+|nhi_\w+(?:\{\w+="[^"\n]*"(?:,\w+="[^"\n]*")*\})? -?[\d.e+]+)$/u,
      );
    }
    for (const line of [
      'nhi_build_info{version="1.2.3"} 1',
      `nhi_last_success_timestamp_seconds{schedule="estate"} ${NOON / 1000}`,
      'nhi_run_duration_seconds{schedule="estate"} 1.5',
      'nhi_runs_skipped_total{schedule="estate"} 2',
      'nhi_findings{schedule="estate",severity="critical"} 4',
      'nhi_kpi{schedule="estate",kpi="owned"} 87.5',
      'nhi_gate_passed{schedule="estate"} 1',
      'nhi_problems_total 5',
      'nhi_outbox_messages 1',
      'nhi_outbox_oldest_seconds 60',
      'nhi_outbox_dead_messages 1',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    expect(text).not.toContain('kpi="stale"');
  });

  it('of a schedule that never ran claim nothing', async () => {
    const { text } = await (await serve(NEVER_RAN))('/metrics');
    expect(text).not.toMatch(/nhi_(?:findings|feeds|last_success|gate)/u);
    expect(text).toContain('nhi_runs_total{schedule="estate"} 0');
  });
});
