import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dueRegrowth, lookAgain } from '#cli/agent/regrowth.ts';
import { loadConfig } from '#config/load-config.ts';
import type { NewEntry } from '#ledger/entry.ts';
import { openLedger } from '#ledger/open-ledger.ts';
import { planDigest } from '#revocation/plan.ts';
import { newKey } from '../ledger/ledger-for-test.ts';
import { planFor, UNUSED } from '../revocation/small-plan.ts';
import { tempDir } from '../temp-dir.ts';
import { Readable, Writable } from 'node:stream';

const HOUR = 3_600_000;
const DELAYS = [HOUR, 24 * HOUR];
const PROVED = Date.parse('2026-11-20T12:00:00Z');

/** A data folder with one revocation, whose ledger says these things at these hours after noon. */
async function revoked(...entries: readonly (readonly [number, NewEntry['kind'], string?])[]) {
  const { plan } = await planFor(UNUSED);
  const dataDir = await tempDir();
  await mkdir(join(dataDir, 'revocations', plan.id), { recursive: true });
  await writeFile(join(dataDir, 'revocations', plan.id, 'plan.json'), JSON.stringify(plan));
  const key = newKey();
  for (const [hours, kind, verdict] of entries) {
    const ledger = openLedger(dataDir, key, () => new Date(PROVED + hours * HOUR).toISOString());
    await ledger.append({
      kind,
      body: { plan: planDigest(plan), ...(verdict === undefined ? {} : { verdict }) },
    });
  }
  return { dataDir, id: plan.id };
}

const hoursOf = async (dataDir: string, looked: Record<string, number> = {}) =>
  (await dueRegrowth(dataDir, DELAYS, looked)).map(({ at }) => (at - PROVED) / HOUR);

describe('a revocation that was proved', () => {
  it('is looked at again so long after the proof, each time once', async () => {
    const { dataDir, id } = await revoked([0, 'verification', 'proved']);
    expect(await hoursOf(dataDir)).toEqual([1]);
    expect(await hoursOf(dataDir, { [id]: PROVED + HOUR })).toEqual([24]);
    expect(await hoursOf(dataDir, { [id]: PROVED + 25 * HOUR })).toEqual([]);
  });

  it('is not looked at again where somebody else did so', async () => {
    const { dataDir } = await revoked([0, 'verification', 'proved'], [2, 'verification', 'proved']);
    expect(await hoursOf(dataDir)).toEqual([24]);
  });

  it('is left alone once it was rolled back, and before it was proved', async () => {
    const back = await revoked([0, 'verification', 'proved'], [1, 'rollback']);
    expect(await hoursOf(back.dataDir)).toEqual([]);
    const never = await revoked([0, 'verification', 'partially-proved']);
    expect(await hoursOf(never.dataDir)).toEqual([]);
  });

  it('that cannot be looked at again is said to be so, with the reason', async () => {
    const { dataDir, id } = await revoked([0, 'verification', 'proved']);
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    const fact = await lookAgain(
      id,
      '20261120T120000Z-000001',
      { config: await loadConfig(undefined, dataDir), dataDir },
      {
        stdout: nowhere,
        stderr: nowhere,
        stdin: Readable.from([]),
        env: { HOME: dataDir },
        cwd: dataDir,
        now: () => new Date(PROVED + HOUR),
        signal: new AbortController().signal,
      },
    );
    expect(fact).toMatchObject({
      revocation: id,
      verdict: null,
      detail: expect.stringContaining('no key for the ledger'),
    });
  });
});

describe('a folder without revocations', () => {
  it('has none to look at', async () => {
    expect(await dueRegrowth(await tempDir(), DELAYS, {})).toEqual([]);
  });
});
