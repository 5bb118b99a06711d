import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { startKubeApiserver, whyNoKubeApiserver, type KubeApiserver } from '../kube-apiserver.ts';

const BASE = join(process.cwd(), 'deploy/kubernetes/base');
const OVERLAY = join(process.cwd(), 'deploy/kubernetes/overlays/cronjob');
const why =
  spawnSync('kubectl', ['version', '--client']).status === 0 ? whyNoKubeApiserver() : 'kubectl is missing';

describe.skipIf(why !== null)(`the manifests, by a real API server${why === null ? '' : ` (${why})`}`, () => {
  let server: KubeApiserver;
  let kubeconfig = '';
  let folder = '';

  beforeAll(async () => {
    server = await startKubeApiserver();
    kubeconfig = await server.kubeconfigFor(server.adminToken);
    folder = await mkdtemp(join(tmpdir(), 'nhi-deploy-'));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await server.stop();
  });

  const kubectl = (...words: string[]) =>
    execFileSync('kubectl', ['--kubeconfig', kubeconfig, ...words], { encoding: 'utf8', stdio: 'pipe' });

  it('are taken whole, as an agent and as a CronJob', () => {
    expect(kubectl('apply', '--validate=strict', '-k', BASE)).toMatch(/deployment\.apps\/nhi-agent created/u);
    expect(kubectl('apply', '--validate=strict', '-k', OVERLAY)).toMatch(
      /cronjob\.batch\/nhi-agent created/u,
    );
  });

  it('have pods that the namespace, which enforces the restricted profile, admits, and no other', async () => {
    const rendered = parseAllDocuments(kubectl('kustomize', BASE)).map((document) => document.toJS());
    const { template } = rendered.find(({ kind }) => kind === 'Deployment').spec;
    const create = async (name: string, spec: object) => {
      const metadata = { name, namespace: 'nhi-auditor' };
      const file = join(folder, `${name}.json`);
      await writeFile(file, JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata, spec }));
      return spawnSync('kubectl', ['--kubeconfig', kubeconfig, 'create', '--dry-run=server', '-f', file], {
        encoding: 'utf8',
      });
    };
    const admitted = await create('agent', template.spec);
    expect({ status: admitted.status, stderr: admitted.stderr }).toEqual({ status: 0, stderr: '' });
    const open = { ...template.spec, securityContext: {} };
    expect((await create('open', open)).stderr).toContain('violates PodSecurity "restricted:latest"');
  });

  it('give the agent what it lists, and nothing that it could change or read secrets one by one with', () => {
    const may = (...words: string[]) =>
      spawnSync(
        'kubectl',
        [
          '--kubeconfig',
          kubeconfig,
          'auth',
          'can-i',
          ...words,
          '--as',
          'system:serviceaccount:nhi-auditor:nhi-auditor',
        ],
        { encoding: 'utf8' },
      ).stdout.trim();
    expect(may('list', 'rolebindings', '-A')).toBe('yes');
    expect(may('get', 'configmaps/aws-auth', '-n', 'kube-system')).toBe('yes');
    expect(may('get', 'secrets', '-A')).toBe('no');
    expect(may('create', 'pods', '-n', 'nhi-auditor')).toBe('no');
    expect(may('get', 'configmaps', '-n', 'kube-system')).toBe('no');
  });
});
