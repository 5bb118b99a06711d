import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { openSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { kubeconfigText, openApi, type Api } from '#test/live/kubernetes/api.ts';
import { buildProgram, whyNoProgram } from '#test/live/kubernetes/program.ts';

/** A running cluster without nodes: etcd, kube-apiserver and kube-controller-manager. */
export interface KubeApiserver {
  readonly url: string;
  /** The certificate that its own is signed by, as PEM. */
  readonly ca: string;
  /** A bearer token of `system:masters`. */
  readonly adminToken: string;
  /** Where the server writes its audit log: the metadata of every request. */
  readonly auditLog: string;
  /** Writes a kubeconfig with this token, and gives its path. */
  readonly kubeconfigFor: (token: string) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Why no API server can be started here; null: one can. */
export function whyNoKubeApiserver(): string | null {
  return whyNoProgram();
}

const ADMIN = 'admin-token-of-a-test';
const CONTROLLERS = [
  'clusterrole-aggregation-controller',
  'serviceaccount-controller',
  'serviceaccount-token-controller',
  'namespace-controller',
];

/** Builds the servers, unless that was done before, and starts them empty on free ports of the loopback. */
export async function startKubeApiserver(): Promise<KubeApiserver> {
  const program = await buildProgram();
  const folder = await mkdtemp(join(tmpdir(), 'nhi-apiserver-'));
  const running: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    for (const child of running.toReversed()) await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  const run = (name: string, flags: Readonly<Record<string, string>>): void => {
    const log = openSync(join(folder, `${name}.log`), 'w');
    const args = Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
    running.push(spawn(program, [name, ...args], { cwd: folder, stdio: ['ignore', log, log] }));
  };
  try {
    return { ...(await startAll(folder, run, running)), stop };
  } catch (error) {
    const logs = ['etcd', 'kube-apiserver', 'kube-controller-manager'];
    const tails = await Promise.all(logs.map((name) => tailOf(join(folder, `${name}.log`))));
    await stop();
    throw new Error(`the API server does not start:\n${tails.join('\n')}`, { cause: error });
  }
}

type Run = (name: string, flags: Readonly<Record<string, string>>) => void;

async function startAll(
  folder: string,
  run: Run,
  running: readonly ChildProcess[],
): Promise<Omit<KubeApiserver, 'stop'>> {
  const [etcd, peer, port, controllers] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const at = (name: string): string => join(folder, name);
  const url = `https://127.0.0.1:${port}`;
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  await writeFile(at('sa.key'), privateKey);
  await writeFile(at('sa.pub'), publicKey);
  await writeFile(at('tokens.csv'), `${ADMIN},admin,admin,"system:masters"\n`);
  await writeFile(at('audit.yaml'), AUDIT_POLICY);

  run('etcd', {
    'data-dir': at('etcd'),
    'listen-client-urls': `http://127.0.0.1:${etcd}`,
    'advertise-client-urls': `http://127.0.0.1:${etcd}`,
    'listen-peer-urls': `http://127.0.0.1:${peer}`,
    'unsafe-no-fsync': 'true',
  });
  run('kube-apiserver', {
    'etcd-servers': `http://127.0.0.1:${etcd}`,
    'bind-address': '127.0.0.1',
    'secure-port': String(port),
    'cert-dir': at('pki'),
    'service-account-issuer': 'https://kubernetes.default.svc',
    'service-account-key-file': at('sa.pub'),
    'service-account-signing-key-file': at('sa.key'),
    'token-auth-file': at('tokens.csv'),
    'authorization-mode': 'RBAC',
    'service-cluster-ip-range': '10.0.0.0/24',
    'endpoint-reconciler-type': 'none',
    'enable-priority-and-fairness': 'false',
    'max-requests-inflight': '0',
    'max-mutating-requests-inflight': '0',
    'audit-policy-file': at('audit.yaml'),
    'audit-log-path': at('audit.log'),
  });
  const ca = await eventually(running, () => readFile(at('pki/apiserver.crt'), 'utf8'));
  const api = openApi(url, ca, ADMIN);
  const kubeconfigFor = async (token: string): Promise<string> => {
    const path = join(await mkdtemp(at('kubeconfig-')), 'config');
    await writeFile(path, kubeconfigText(url, ca, token));
    return path;
  };
  // Ready means that its own roles are there too: /readyz waits for the hook that makes them.
  await eventually(running, () => api.must('GET', '/readyz'));
  run('kube-controller-manager', {
    kubeconfig: await kubeconfigFor(ADMIN),
    'service-account-private-key-file': at('sa.key'),
    'root-ca-file': at('pki/apiserver.crt'),
    'cert-dir': at('controllers'),
    'bind-address': '127.0.0.1',
    'secure-port': String(controllers),
    'leader-elect': 'false',
    'use-service-account-credentials': 'false',
    controllers: CONTROLLERS.join(','),
  });
  await eventually(running, () => controllersDone(api));
  api.close();
  return { url, ca, adminToken: ADMIN, auditLog: at('audit.log'), kubeconfigFor };
}

const AUDIT_POLICY = 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{ level: Metadata }]\n';

/** Aggregated roles and default ServiceAccounts are filled in by controllers. */
async function controllersDone(api: Api): Promise<void> {
  const role = await api.must('GET', '/apis/rbac.authorization.k8s.io/v1/clusterroles/admin');
  if ((role.rules ?? []).length === 0) throw new Error('the role admin has no rules yet');
  await api.must('GET', '/api/v1/namespaces/default/serviceaccounts/default');
}

/** Tries for two minutes, or until one of the servers has ended. */
async function eventually<T>(running: readonly ChildProcess[], work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries >= 1200 || running.some(({ exitCode }) => exitCode !== null)) throw error;
      await sleep(100);
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function tailOf(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').slice(-15).join('\n');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  const stubborn = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(stubborn);
}
