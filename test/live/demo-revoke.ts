import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IAM } from '@aws-sdk/client-iam';
import { stringify } from 'yaml';
import { run } from '../../src/cli/program.ts';
import { startKubeApiserver, whyNoKubeApiserver } from './kube-apiserver.ts';
import { openApi, type Api } from './kubernetes/api.ts';
import { startMoto, whyNoMoto } from './moto.ts';
import { buildWorld } from './revoke/kubernetes-world.ts';

/**
 * A workload with an identity in a cluster and a twin in AWS is revoked in both: plan, approval, apply, verification and
 * the ledger's, by the commands that a user would type, against moto and a real API server on the loopback.
 */
const AWS_KEYS = {
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  AWS_ACCESS_KEY_ID: 'demo',
  AWS_SECRET_ACCESS_KEY: 'demo',
  AWS_REGION: 'us-east-1',
};

async function demo(): Promise<void> {
  const missing = whyNoMoto() ?? whyNoKubeApiserver();
  if (missing !== null) throw new Error(`the demonstration cannot run here: ${missing}`);
  const folder = await mkdtemp(join(tmpdir(), 'nhi-demo-'));
  say('Starting moto and a Kubernetes API server on the loopback');
  const moto = await startMoto();
  const cluster = await startKubeApiserver();
  try {
    const api = openApi(cluster.url, cluster.ca, cluster.adminToken);
    await buildCluster(api);
    await buildAccount(moto.endpoint);
    api.close();
    const kubeconfig = await cluster.kubeconfigFor(cluster.adminToken);
    const targets = [
      { system: 'aws', endpoint: moto.endpoint },
      { system: 'kubernetes', name: 'demo', kubeconfig },
    ];
    const config = {
      targets,
      aws: { organization: 'none' },
      ledger: { key: 'keys/ledger.pem' },
      revocation: {
        targets,
        approvers: [{ name: 'ada', key: 'keys/ada.pem.pub' }],
        settleSeconds: { aws: 1, kubernetes: 5 },
      },
    };
    await writeFile(join(folder, 'nhi.yaml'), stringify(config));
    await tell(folder);
  } finally {
    await cluster.stop();
    await moto.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function buildCluster(api: Api): Promise<void> {
  await buildWorld(api);
  const annotations = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/pay-app' };
  const path = '/api/v1/namespaces/pay/serviceaccounts/app';
  const account = await api.must('GET', path);
  await api.must('PUT', path, { ...account, metadata: { ...account.metadata, annotations } });
}

async function buildAccount(endpoint: string): Promise<void> {
  const iam = new IAM({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'demo', secretAccessKey: 'demo' },
  });
  const host = 'kubernetes.default.svc';
  const made = await iam.createOpenIDConnectProvider({
    Url: `https://${host}`,
    ClientIDList: ['sts.amazonaws.com'],
    ThumbprintList: ['0'.repeat(40)],
  });
  const allow = (statement: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
  await iam.createRole({
    RoleName: 'pay-app',
    AssumeRolePolicyDocument: allow({
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated: made.OpenIDConnectProviderArn },
      Condition: { StringEquals: { [`${host}:sub`]: 'system:serviceaccount:pay:app' } },
    }),
  });
  await iam.putRolePolicy({
    RoleName: 'pay-app',
    PolicyName: 'secrets',
    PolicyDocument: allow({ Action: 'secretsmanager:GetSecretValue', Resource: '*' }),
  });
}

/** The commands, as a user would type them. */
async function tell(folder: string): Promise<void> {
  const nhi = async (...words: string[]) => command(folder, words);
  await nhi('ledger', 'keygen');
  await nhi('ledger', 'keygen', '--output', 'keys/ada.pem');
  await nhi('scan', '--quiet');
  await nhi(
    'revoke',
    'plan',
    '--identity',
    'k8s:demo:serviceaccount:pay/app',
    '--requester',
    'kim',
    '--reason',
    'offboarding',
  );
  const [plan = ''] = await plans(folder);
  await nhi('revoke', 'approve', plan, '--as', 'ada', '--key', 'keys/ada.pem');
  await nhi('revoke', 'apply', plan, '--execute');
  const verdict = await nhi('revoke', 'verify', plan, '--wait');
  const verified = await nhi('ledger', 'verify');
  say('Changing one byte of the ledger');
  const entries = join(folder, '.nhi', 'ledger', 'entries.jsonl');
  await writeFile(entries, (await readFile(entries, 'utf8')).replace('offboarding', 'offboardinG'));
  const broken = await nhi('ledger', 'verify');
  if (verdict !== 0 || verified !== 0 || broken !== 6) {
    throw new Error(`not as it should be: verdict ${verdict}, ledger ${verified}, changed ledger ${broken}`);
  }
}

async function plans(folder: string): Promise<string[]> {
  const { revocationIds } = await import('../../src/cli/revoke/folder.ts');
  return revocationIds(join(folder, '.nhi'));
}

async function command(cwd: string, words: readonly string[]): Promise<number> {
  say(`$ nhi ${words.join(' ')}`);
  return run(words, {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    env: { ...process.env, ...AWS_KEYS },
    cwd,
    now: () => new Date(),
    signal: new AbortController().signal,
  });
}

function say(text: string): void {
  process.stdout.write(`\n${text}\n`);
}

Object.assign(process.env, AWS_KEYS);
await demo();
