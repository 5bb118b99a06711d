import { createPrivateKey, createPublicKey } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ledgerEntries, openLedger, type Ledger } from '#ledger/open-ledger.ts';
import { approve } from '#revocation/approvals.ts';
import { applyPlan } from '#revocation/apply.ts';
import { beforeStates } from '#revocation/before-states.ts';
import { readJournal } from '#revocation/journal.ts';
import { parsePlan, planDigest } from '#revocation/plan.ts';
import { folderSystem } from './folder-system.ts';

/** Carries a plan out and kills itself at a point of a step: `kill-child.ts DATA SYSTEM [POINT STEP]`. */
const [dataDir = '', folder = '', point = '', stopAt = ''] = process.argv.slice(2);
const key = createPrivateKey(process.env['LEDGER_TEST_KEY'] ?? '');
const time = () => '2026-11-20T12:00:00.000Z';

function at(here: string, step: unknown): void {
  if (here === point && step === stopAt) process.kill(process.pid, 'SIGKILL');
}

const plan = parsePlan(readFileSync(join(dataDir, 'plan.json'), 'utf8'), 'plan.json');
const stepOf = (name: string) => plan.steps.find(({ parameters }) => parameters['name'] === name)?.id;
const system = folderSystem(folder, (_id, name) => {
  at('before-act', stepOf(name));
  appendFileSync(join(dataDir, 'acted.txt'), `${name}\n`);
});
const real = openLedger(dataDir, key, time);
const ledger: Ledger = {
  append: async (entry) => {
    const { step } = entry.body;
    at(entry.kind === 'intent' ? 'before-intent' : 'after-act', step);
    const entered = await real.append(entry);
    if (entry.kind === 'outcome') at('after-outcome', step);
    return entered;
  },
};
const states = beforeStates(dataDir);
await applyPlan({
  plan,
  pack: system.pack,
  approvals: [approve(plan, { approver: 'ada', overrules: [], time: time(), key })],
  approvers: [{ name: 'ada', key: createPublicKey(key) }],
  journal: await readJournal(ledgerEntries(dataDir), planDigest(plan)),
  ledger,
  states: {
    ...states,
    keep: async (id, state) => {
      at('before-keep', id);
      await states.keep(id, state);
    },
  },
  contextOf: system.contextOf,
  now: time,
  onApproved: async () => undefined,
  onStep: async () => undefined,
});
