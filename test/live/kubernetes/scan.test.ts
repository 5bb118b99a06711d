import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubernetesLive } from '#collectors/kubernetes/live/index.ts';
import { runCli } from '#test/cli/run-cli.ts';
import { importTexts } from '#test/collectors/kubernetes/importing.ts';
import { liveContext } from '#test/collectors/live-context.ts';
import { startKubeApiserver, whyNoKubeApiserver, type KubeApiserver } from '#test/live/kube-apiserver.ts';
import { tempDir } from '#test/temp-dir.ts';
import { openApi, type Api } from './api.ts';
import { auditorToken, buildEstate, MANIFESTS, targetOf, tokenIn } from './estate.ts';
import { questionsOf, verdictsOf } from './questions.ts';
import { exportLists, readLive, type RowsOf } from './reading.ts';

const why = whyNoKubeApiserver();
const without = existsSync(MANIFESTS) ? '' : ' (without the manifests of ../shared/data, which are missing)';
const TABLES = [
  'identities',
  'groups',
  'memberships',
  'credentials',
  'roles',
  'grants',
  'workloads',
] as const;

describe.skipIf(why !== null)(
  `a cluster that is read live${why === null ? without : ` (skipped: ${why})`}`,
  () => {
    let server: KubeApiserver;
    let admin: Api;
    let kubeconfig: string;
    let rows: RowsOf;

    beforeAll(async () => {
      server = await startKubeApiserver();
      admin = openApi(server.url, server.ca, server.adminToken);
      await buildEstate(admin);
      kubeconfig = await server.kubeconfigFor(await auditorToken(admin));
      rows = await readLive(targetOf(kubeconfig));
    });
    afterAll(async () => {
      admin?.close();
      await server?.stop();
    });

    it('is read whole with the rights that permissions prints', () => {
      const gaps = rows('coverage').filter(({ status }) => status !== 'complete');
      expect(gaps.map(({ feed, status, detail }) => [feed, status, detail])).toEqual([
        ['usages', 'partial', 'only the use of token Secrets is on record; the rest is in audit logs'],
      ]);
      tell(
        `read from a real API server: ${TABLES.map((table) => `${rows(table).length} ${table}`).join(', ')}`,
      );
    });

    it('has none of those rights missing by its own account', async () => {
      const probes = [];
      for await (const probe of kubernetesLive.probe(targetOf(kubeconfig), liveContext())) probes.push(probe);
      expect(probes.length).toBeGreaterThan(20);
      expect(probes.filter(({ status }) => status !== 'allowed')).toEqual([]);
    });

    it('lets the auditor read no value of a Secret', () => {
      expect(rows('credentials').map(({ name }) => name)).toEqual(
        expect.arrayContaining(['api-token', 'batch-token']),
      );
      const all = [...TABLES, 'coverage'] as const;
      expect(JSON.stringify(all.map((table) => rows(table)))).not.toContain('must-not-be-read');
    });

    it('gives the same rows as the import of what kubectl prints', async () => {
      const imported = await importTexts(await exportLists(admin));
      for (const table of TABLES) {
        const sorted = (all: readonly object[]): string[] =>
          all.map((row) => JSON.stringify(row).replaceAll('k8s:prod', 'k8s:real')).toSorted();
        expect(imported[table].length, table).toBeGreaterThan(0);
        expect(sorted(rows(table)), table).toEqual(sorted(imported[table]));
      }
    });

    it('has its audit log tell who used which token and binding', async () => {
      const api = openApi(server.url, server.ca, await tokenIn(admin, 'pay', 'api-token'));
      await api.must('GET', '/api/v1/namespaces/pay/services');
      await api.call('GET', '/api/v1/namespaces/kube-system/secrets');
      api.close();
      const log = await readFile(server.auditLog, 'utf8');
      const { usages, coverage } = await importTexts({ 'audit.log': log });
      const own = usages.filter(({ identityUid }) => identityUid === 'k8s:prod:serviceaccount:pay/api');
      expect(
        own.map(({ subject, credentialUid, permission }) => [subject, credentialUid, permission]),
      ).toEqual([
        ['identity', null, null],
        ['permission', null, 'k8s:prod:rolebinding:pay/named'],
        ['credential', 'k8s:prod:secret:pay/api-token', null],
      ]);
      expect(coverage).toMatchObject([{ feed: 'usages', call: 'audit log', status: 'complete' }]);
    });

    it('answers as SubjectAccessReview does, question by question', async () => {
      const folder = await tempDir();
      const target = [`  - system: kubernetes`, `    name: real`, `    kubeconfig: ${kubeconfig}`];
      await writeFile(join(folder, 'nhi.yaml'), ['targets:', ...target, ''].join('\n'));
      const now = { now: () => new Date() };
      const scanned = await runCli(folder, ['scan'], now);
      expect(scanned.code, scanned.stderr).toBe(0);

      const reviews = await questionsOf(admin, 4000);
      const file = join(folder, 'questions.ndjson');
      const lines = reviews.map(({ request }, id) =>
        JSON.stringify({ id, system: 'kubernetes', ...request }),
      );
      await writeFile(file, lines.join('\n'));
      const answered = await runCli(folder, ['can', '--batch', file], now);
      // The form that `nhi can --batch` documents.
      const answers = answered.stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as { readonly id: number; readonly decision: string });
      const verdicts = await verdictsOf(admin, reviews);
      const said = new Map(answers.map(({ id, decision }) => [id, decision]));
      const others = reviews.flatMap((review, id) => {
        const expected = verdicts[id] === true ? 'allowed' : 'denied';
        return said.get(id) === expected ? [] : [{ review, expected, said: said.get(id) }];
      });
      const allowed = verdicts.filter(Boolean).length;
      tell(
        `${reviews.length} SubjectAccessReviews: ${allowed} allowed, ${reviews.length - allowed} not, ${others.length} answered otherwise`,
      );
      expect(others).toEqual([]);
      expect(reviews.length).toBeGreaterThanOrEqual(3000);
      expect(allowed).toBeGreaterThan(500);
      expect(reviews.length - allowed).toBeGreaterThan(500);
    });
  },
);

/** The counts are part of what the run shows. */
function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
