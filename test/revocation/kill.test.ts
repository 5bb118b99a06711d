import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ledgerFiles } from '#ledger/files.ts';
import { openLedger } from '#ledger/open-ledger.ts';
import { verifyLedger } from '#ledger/verify-ledger.ts';
import { planDigest } from '#revocation/plan.ts';
import { newKey, TIME } from '../ledger/ledger-for-test.ts';
import { tempDir } from '../temp-dir.ts';
import { planFor, UNUSED } from './small-plan.ts';

/** Where the child stops itself, as hard as kill -9 does. */
const POINTS = ['before-keep', 'before-intent', 'before-act', 'after-act', 'after-outcome'] as const;

describe('a run that is killed', () => {
  it.each(POINTS.flatMap((point) => ['s1', 's2', 's3'].map((step) => [point, step] as const)))(
    '%s of %s is gone on with, and no step is done twice',
    async (point, step) => {
      const { plan, system } = await planFor(UNUSED);
      const dataDir = await tempDir();
      const key = newKey();
      await openLedger(dataDir, key, () => TIME).append({ kind: 'plan', body: { plan: planDigest(plan) } });
      await writeFile(join(dataDir, 'plan.json'), JSON.stringify(plan));
      const env = {
        ...process.env,
        LEDGER_TEST_KEY: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
      const run = async (...words: string[]) => {
        const loader = ['--import', 'tsx', '--conditions=source', 'test/revocation/kill-child.ts'];
        const child = spawn(process.execPath, [...loader, dataDir, system.folder, ...words], {
          env,
          stdio: 'inherit',
        });
        const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
        return signal ?? code;
      };
      expect(await run(point, step)).toBe('SIGKILL');
      expect(await run()).toBe(0);
      for (const name of ['app', 'AK1', 'AK2']) expect(await system.get(name)).toEqual({ active: false });
      const acted = (await readFile(join(dataDir, 'acted.txt'), 'utf8')).trim().split('\n');
      expect(acted.toSorted()).toEqual(['AK1', 'AK2', 'app']);
      const verdict = await verifyLedger(ledgerFiles(dataDir), { publicKey: null, knownHead: null });
      expect(verdict.ok).toBe(true);
    },
  );
});
