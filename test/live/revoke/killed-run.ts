import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger, type Ledger } from '#ledger/open-ledger.ts';
import { parsePlan } from '#revocation/plan.ts';
import { targetAt } from './reading.ts';
import { carryOut, contextFor, TIME } from './revoking.ts';

/** Carries a plan out on moto and kills itself at a point of a step: `killed-run.ts DATA ENDPOINT [POINT STEP]`. */
const [dataDir = '', endpoint = '', point = '', stopAt = ''] = process.argv.slice(2);

function at(here: string, step: unknown): void {
  if (here === point && step === stopAt) process.kill(process.pid, 'SIGKILL');
}

const key = createPrivateKey(process.env['LEDGER_TEST_KEY'] ?? '');
const plan = parsePlan(readFileSync(join(dataDir, 'plan.json'), 'utf8'), 'plan.json');
const real = openLedger(dataDir, key, () => TIME);
const ledger: Ledger = {
  append: async (entry) => {
    const { step } = entry.body;
    if (entry.kind === 'outcome') at('after-act', step);
    const entered = await real.append(entry);
    if (entry.kind === 'intent') at('before-act', step);
    return entered;
  },
};
const results = await carryOut(plan, dataDir, key, contextFor(targetAt(endpoint, { accounts: [] })), {
  ledger,
});
process.exitCode = results.every(({ result }) => result.includes('done')) ? 0 : 1;
if (process.exitCode === 1) process.stderr.write(`${JSON.stringify(results, null, 2)}\n`);
