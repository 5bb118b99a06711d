import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CollectedRecords } from '#model/record.ts';
import { openSnapshot } from '#store/read/open-snapshot.ts';
import { runCli } from '#test/cli/run-cli.ts';

/** The rows of one table of a snapshot. */
export type RowsOf = <T extends keyof CollectedRecords>(table: T) => readonly CollectedRecords[T][];

/** When the scans are taken to be: moto's own objects are made now. */
export const NOW = new Date();

/** Runs `nhi scan` in the folder with the configuration that a user would write, but for the endpoint; gives its rows. */
export async function scanLive(folder: string, endpoint: string): Promise<RowsOf> {
  const target = [
    'system: aws',
    'name: moto',
    'regions: [us-east-1]',
    'accounts: organization',
    'externalId: nhi-external',
    `endpoint: ${endpoint}`,
  ];
  await writeFile(join(folder, 'nhi.yaml'), `targets:\n  - ${target.join('\n    ')}\n`);
  return scan(folder, ['scan']);
}

/** Runs `nhi scan --import` on a folder of exports; gives its rows. */
export function scanImport(folder: string): Promise<RowsOf> {
  return scan(folder, ['scan', '--import', folder]);
}

async function scan(folder: string, words: readonly string[]): Promise<RowsOf> {
  const env = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', HOME: folder };
  const { code, stderr } = await runCli(folder, words, { env, now: () => NOW });
  if (code !== 0) throw new Error(`nhi ${words.join(' ')} ended with ${code}: ${stderr}`);
  const snapshot = await openSnapshot(join(folder, '.nhi'));
  const tables = new Map<string, readonly unknown[]>();
  for (const table of TABLES) {
    const rows = await snapshot.all(`SELECT * FROM ${snake(table)}`);
    tables.set(table, rows.map(camelKeys));
  }
  await snapshot.close();
  // A row's type goes with its table's name: the columns are the fields of the type.
  return <T extends keyof CollectedRecords>(table: T) =>
    (tables.get(table) ?? []) as readonly CollectedRecords[T][];
}

const TABLES = [
  'scopes',
  'identities',
  'groups',
  'memberships',
  'credentials',
  'roles',
  'grants',
  'guardrails',
  'resourcePolicies',
  'trusts',
  'usages',
  'owners',
  'workloads',
  'coverage',
] as const satisfies readonly (keyof CollectedRecords)[];

function snake(name: string): string {
  return name.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}

function camelKeys(row: Record<string, unknown>): object {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replace(/_([a-z])/gu, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
