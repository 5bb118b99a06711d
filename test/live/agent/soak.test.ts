import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import { readFindings } from '#gate/read-findings.ts';
import { listSnapshots } from '#store/read/list-snapshots.ts';
import { openSnapshot } from '#store/read/open-snapshot.ts';
import { startAgent, type AgentProcess } from '../../agent/agent-process.ts';
import { receiver, type Posted } from '../../agent/receiver.ts';
import { writeSmallEstate } from '../../cli/small-estate.ts';
import { tempDir } from '../../temp-dir.ts';

const MINUTES = Number(process.env['NHI_SOAK_MINUTES'] ?? '1');

/** A workload that becomes an administrator: new findings. */
const newcomer = (n: number) => `apiVersion: v1
kind: ServiceAccount
metadata: { name: newcomer-${n}, namespace: web }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: newcomer-${n} }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects: [{ kind: ServiceAccount, name: newcomer-${n}, namespace: web }]
`;

interface Told {
  readonly id: string;
  readonly news: readonly { readonly kind: string; readonly key: string }[];
  readonly left_out: number;
}

/** What was posted, doubles of one delivery dropped as receivers do; they must be the same to the letter. */
function received(posted: readonly Posted[]): Told[] {
  const byId = new Map<string, string>();
  for (const { headers, body } of posted) {
    const id = String(headers['webhook-id']);
    expect(byId.get(id) ?? body).toBe(body);
    byId.set(id, body);
  }
  return [...byId.values()].map((body) => JSON.parse(body) as Told);
}

describe('an agent on a five-second schedule that is killed again and again', () => {
  it(
    `keeps every snapshot readable, and loses and doubles no news, for ${MINUTES} minutes`,
    { timeout: MINUTES * 60_000 + 600_000 },
    async () => {
      const folder = await tempDir();
      await writeSmallEstate(folder);
      // A receiver that is busy now and then.
      const { url, posted } = await receiver((n) => ({ status: n % 3 === 1 ? 503 : 204 }));
      const agent = {
        schedules: [{ name: 'estate', every: '5s', reports: [{ format: 'json', file: 'out/report.json' }] }],
        notify: [{ name: 'hook', kind: 'webhook', url }],
        retention: { keep: 1000 },
        listen: 'none',
      };
      await writeFile(join(folder, 'nhi.yaml'), stringify({ import: ['exports'], agent }));
      await mkdir(join(folder, 'coming'));
      const end = performance.now() + MINUTES * 60_000;
      let running: AgentProcess = startAgent(folder);
      let kills = 0;
      for (let n = 0; performance.now() < end; n += 1) {
        const file = join(folder, 'coming', `newcomer-${n}.yaml`);
        await writeFile(file, newcomer(n));
        await rename(file, join(folder, 'exports', 'shop', `newcomer-${n}.yaml`));
        await delay(2000 + Math.random() * Math.min(43_000, MINUTES * 15_000));
        expect(await running.end('SIGKILL')).toBe('SIGKILL');
        kills += 1;
        running = startAgent(folder);
      }
      const settled = running.log.filter(({ event }) => event === 'run-finished').length + 2;
      await running.until('run-finished', settled);
      await expect.poll(() => readdir(join(folder, '.nhi/agent/outbox')), { timeout: 120_000 }).toEqual([]);
      expect(await running.end('SIGTERM')).toBe(0);

      const dataDir = join(folder, '.nhi');
      const snapshots = await listSnapshots(dataDir);
      expect(snapshots.filter(({ problem }) => problem !== null)).toEqual([]);
      expect(await readdir(join(dataDir, 'staging'))).toEqual([]);
      const told = received(posted);
      expect(told.filter(({ left_out: left }) => left > 0)).toEqual([]);
      const keys = told
        .flatMap(({ news }) => news.map(({ key }) => key))
        .filter((key) => key.startsWith('finding '));
      expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
      const snapshot = await openSnapshot(dataDir);
      try {
        const severe = (await readFindings(snapshot)).filter(
          ({ status, severity }) => status === 'fail' && (severity === 'critical' || severity === 'high'),
        );
        // Every newcomer is an administrator, and was killed after once.
        expect(severe.length).toBeGreaterThanOrEqual(kills);
        expect(
          severe
            .map(({ id, severity }) => `finding ${id} fail ${severity}`)
            .filter((key) => !keys.includes(key)),
        ).toEqual([]);
      } finally {
        await snapshot.close();
      }
      process.stdout.write(
        `${JSON.stringify({ minutes: MINUTES, kills, snapshots: snapshots.length, posts: posted.length, deliveries: told.length, news: keys.length })}\n`,
      );
    },
  );
});
