import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../cli/run-cli.ts';
import { planJson } from '../iac/plan.ts';
import { ROOT } from './blocks.ts';

const ACME = join(ROOT, 'examples/acme');

/** A role that stays as it is: it says which account the plan is for. */
const ROLE = {
  arn: 'arn:aws:iam::111122223333:role/service/payments-api',
  name: 'payments-api',
  path: '/service/',
};

/** Files that examples name, beside those of the demonstration estate. */
const FILES: Readonly<Record<string, string>> = {
  'tfplan.json': planJson([
    { type: 'aws_iam_role', name: 'payments', before: ROLE, after: ROLE },
    {
      type: 'aws_iam_role_policy',
      name: 'logs',
      after: {
        id: 'payments-api:logs',
        name: 'logs',
        role: 'payments-api',
        policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: '*' }],
        }),
      },
    },
  ]),
  'state.json': JSON.stringify({
    format_version: '1.0',
    values: {
      root_module: {
        resources: [
          {
            address: 'aws_iam_role.payments',
            mode: 'managed',
            type: 'aws_iam_role',
            name: 'payments',
            values: ROLE,
          },
        ],
      },
    },
  }),
  'deploy/web.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: web, namespace: shop }\n',
  'questions.ndjson':
    '{"id":1,"system":"kubernetes","scope":"k8s:prod-eks","principal":"system:serviceaccount:shop:web","verb":"get","group":"","resource":"secrets","namespace":"shop"}\n',
};

/** Folders that examples run in. Nothing that they write is seen by the next page. */
export interface Estates {
  /** A copy of the demonstration estate, scanned twice, with its configuration. */
  readonly scanned: () => Promise<string>;
  /** A folder with exports and nothing else. */
  readonly fresh: () => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** Scans the demonstration estate once, for every example. */
export async function exampleEstates(): Promise<Estates> {
  const root = await mkdtemp(join(tmpdir(), 'nhi-docs-'));
  const first = join(root, 'first');
  await cp(ACME, first, { recursive: true });
  const config = await readFile(join(ACME, 'nhi.yaml'), 'utf8');
  await writeFile(join(first, 'nhi.yaml'), config.replace('../../.nhi/demo', '.nhi'));
  for (const [name, text] of Object.entries(FILES)) {
    await mkdir(join(first, name, '..'), { recursive: true });
    await writeFile(join(first, name), text);
  }
  for (const name of ['gate.yaml', 'waivers.yaml']) await cp(join(ACME, name), join(first, 'security', name));
  await cp(join(ACME, 'governance/entitlements.yaml'), join(first, 'entitlements.yaml'));
  await scan(first, '2026-11-19T12:00:00Z', ['--system', 'kubernetes']);
  await scan(first, '2026-11-20T12:00:00Z', []);
  await runCli(first, ['gate', '--write-baseline', 'main.json']);
  let copies = 0;
  return {
    scanned: async () => {
      const folder = join(root, `page-${copies++}`);
      await cp(first, folder, { recursive: true });
      return folder;
    },
    fresh: async () => {
      const folder = join(root, `page-${copies++}`);
      for (const part of ['aws/prod', 'kubernetes/onprem']) {
        await cp(join(ACME, part), join(folder, 'exports', part), { recursive: true });
      }
      return folder;
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

async function scan(folder: string, time: string, words: readonly string[]): Promise<void> {
  const at = ['--as-of', time, '--quiet'];
  const ran = await runCli(folder, ['scan', ...at, ...words], { now: () => new Date(time) });
  if (ran.code !== 0) throw new Error(`the demonstration estate cannot be scanned: ${ran.stderr}`);
}
