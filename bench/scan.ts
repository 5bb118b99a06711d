import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchLine } from './bench-line.ts';
import { writeAccount, type AccountSize } from './large-account.ts';

/** 100,000 identities with 500,000 grants. */
const SIZE: AccountSize = {
  accounts: 20,
  usersPerAccount: 1_000,
  rolesPerAccount: 4_000,
  policiesPerAccount: 500,
  grantsPerIdentity: 5,
};

/** Import, access and rules for 100,000 identities in one run of the program, as a user starts it. */
export async function run(): Promise<readonly BenchLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'nhi-bench-'));
  try {
    const exports = join(folder, 'exports');
    await mkdir(exports);
    for (let account = 0; account < SIZE.accounts; account++)
      await writeAccount(join(exports, `${account}.json`), account, SIZE);
    const { seconds, megabytes } = await measure([
      'scan',
      '--import',
      exports,
      '--data',
      join(folder, 'data'),
      '--quiet',
    ]);
    const ask = await measure([
      'can',
      '--data',
      join(folder, 'data'),
      'arn:aws:iam::100000000003:role/team/role-7',
      's3:GetObject',
      'arn:aws:s3:::bucket-1/x',
    ]);
    return [
      {
        name: 'scan of 100,000 identities and 500,000 grants',
        value: seconds,
        limit: 90,
        better: 'lower',
        unit: 's',
      },
      { name: 'peak memory of that scan', value: megabytes, limit: 1_500, better: 'lower', unit: 'MB' },
      {
        name: 'nhi can, one question of that snapshot, start included',
        value: ask.seconds,
        limit: 1,
        better: 'lower',
        unit: 's',
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs the built program and measures its time and its peak memory, as the system accounts for it. */
function measure(words: readonly string[]): Promise<{ seconds: number; megabytes: number }> {
  const program = join(import.meta.dirname, '../dist/src/cli/main.js');
  const probe = `process.on('exit', () => process.stderr.write('\\nPEAK ' + process.resourceUsage().maxRSS + '\\n'))`;
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(probe)}`, program, ...words],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = (performance.now() - started) / 1000;
      const peak = /PEAK (\d+)/u.exec(errors)?.[1];
      if (code === 0 && peak !== undefined) resolve({ seconds, megabytes: Number(peak) / 1024 });
      else reject(new Error(`nhi ${words[0] ?? ''} ended with ${code}: ${errors}`));
    });
  });
}
