import { createPublicKey, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ledgerFiles } from '#ledger/files.ts';
import { ledgerEntries, openLedger } from '#ledger/open-ledger.ts';
import { verifyLedger } from '#ledger/verify-ledger.ts';
import { approve } from '#revocation/approvals.ts';
import { applyPlan, type ApplyOptions, type StepResult } from '#revocation/apply.ts';
import { beforeStates } from '#revocation/before-states.ts';
import { readJournal } from '#revocation/journal.ts';
import { planDigest, type Plan } from '#revocation/plan.ts';
import { rollBack } from '#revocation/roll-back.ts';
import { NOW } from '../estates/estate.ts';
import { newKey, TIME } from '../ledger/ledger-for-test.ts';
import { tempDir } from '../temp-dir.ts';
import type { FolderSystem } from './folder-system.ts';
import { planFor, UNUSED } from './small-plan.ts';

const approverKey = newKey();

/** A plan that is in the ledger and approved, with what carries it out. */
async function ready(deletes = false) {
  const acted: string[] = [];
  const { plan, system } = await planFor(UNUSED, {
    deletes,
    acted: (id, name) => acted.push(`${id} ${name}`),
  });
  const dataDir = await tempDir();
  const key = newKey();
  const ledger = openLedger(dataDir, key, () => TIME);
  await ledger.append({ kind: 'plan', body: { plan: planDigest(plan) } });
  return { plan, system, dataDir, key, acted };
}

async function apply(
  { plan, system, dataDir, key }: { plan: Plan; system: FolderSystem; dataDir: string; key: KeyObject },
  more: Partial<ApplyOptions> = {},
) {
  const options: ApplyOptions = {
    plan,
    pack: system.pack,
    approvals: [
      approve(plan, { approver: 'ada', overrules: [], time: NOW, key: approverKey }),
      approve(plan, { approver: 'ben', overrules: [], time: NOW, key: approverKey }),
    ],
    approvers: ['ada', 'ben'].map((name) => ({ name, key: createPublicKey(approverKey) })),
    journal: await readJournal(ledgerEntries(dataDir), planDigest(plan)),
    ledger: openLedger(dataDir, key, () => TIME),
    states: beforeStates(dataDir),
    contextOf: system.contextOf,
    now: () => NOW,
    onApproved: async () => undefined,
    onStep: async () => undefined,
    ...more,
  };
  return applyPlan(options);
}

const wordsOf = (results: readonly StepResult[]) => results.map(({ step, result }) => `${step.id} ${result}`);

describe('carrying a plan out', () => {
  it('enters an intent before each act and an outcome after it, and the ledger verifies', async () => {
    const made = await ready();
    expect(wordsOf(await apply(made))).toEqual(['s1 done', 's2 done', 's3 done']);
    expect(await made.system.get('AK1')).toEqual({ active: false });
    const entries = [];
    for await (const { kind, body } of ledgerEntries(made.dataDir)) entries.push([kind, body['step']]);
    expect(entries.slice(2)).toEqual(
      ['s1', 's2', 's3'].flatMap((step) => [
        ['intent', step],
        ['outcome', step],
      ]),
    );
    expect((await verifyLedger(ledgerFiles(made.dataDir), { publicKey: null, knownHead: null })).ok).toBe(
      true,
    );
  });

  it('changes nothing and enters nothing in a dry run', async () => {
    const made = await ready();
    expect(wordsOf(await apply(made, { ledger: null }))).toEqual(['s1 would', 's2 would', 's3 would']);
    expect(made.acted).toEqual([]);
  });

  it('does nothing twice when it is run again', async () => {
    const made = await ready();
    await apply(made);
    const before = [...made.acted];
    expect(wordsOf(await apply(made))).toEqual(['s1 done-before', 's2 done-before', 's3 done-before']);
    expect(made.acted).toEqual(before);
  });

  it('finds what is so already, by somebody else or by a run that was stopped, and leaves it', async () => {
    const made = await ready();
    await made.system.put('AK1', { active: false });
    expect(wordsOf(await apply(made))).toEqual(['s1 found-done', 's2 done', 's3 done']);
    expect(made.acted).not.toContain('aws/deactivate AK1');
  });

  it('stops at an object that changed since the plan was made, and says what to do', async () => {
    const made = await ready();
    await made.system.put('AK2', { active: true, note: 'rotated' });
    const results = await apply(made);
    expect(wordsOf(results)).toEqual(['s1 done', 's2 changed', 's3 waits']);
    expect(results[1]?.detail).toContain('make the plan again');
  });

  it('stops where a right is missing halfway, names it, and goes on from there later', async () => {
    const made = await ready();
    await made.system.lock('AK2', true);
    const results = await apply(made);
    expect(wordsOf(results)).toEqual(['s1 done', 's2 failed', 's3 waits']);
    expect(results[1]?.detail).toBe('denied: the key is locked (needs folder:Unlock)');
    await made.system.lock('AK2', false);
    expect(wordsOf(await apply(made))).toEqual(['s1 done-before', 's2 done', 's3 done']);
  });

  it('refuses a plan that the ledger does not know, and one that is too old', async () => {
    const made = await ready();
    const edited = { ...made, plan: { ...made.plan, reason: 'edited' } };
    await expect(apply(edited)).rejects.toThrow('the ledger knows no plan with this digest');
    const late = apply(made, { now: () => '2026-12-31T00:00:00.000Z' });
    await expect(late).rejects.toThrow('the plan was valid until');
    expect(made.acted).toEqual([]);
  });

  it('acts in no system that is not connected', async () => {
    const made = await ready();
    expect(wordsOf(await apply(made, { contextOf: () => null }))).toEqual([
      's1 not-connected',
      's2 waits',
      's3 waits',
    ]);
  });

  it('takes nothing from an object that it could not keep what undoing needs of', async () => {
    const made = await ready();
    const states = {
      ...beforeStates(made.dataDir),
      keep: async () => Promise.reject(new Error('disk full')),
    };
    await expect(apply(made, { states })).rejects.toThrow('disk full');
    expect(made.acted).toEqual([]);
  });
});

describe('rolling a plan back', () => {
  const undo = async (made: Awaited<ReturnType<typeof ready>>, dry = false) =>
    rollBack({
      plan: made.plan,
      pack: made.system.pack,
      journal: await readJournal(ledgerEntries(made.dataDir), planDigest(made.plan)),
      ledger: dry ? null : openLedger(made.dataDir, made.key, () => TIME),
      states: beforeStates(made.dataDir),
      contextOf: made.system.contextOf,
      onStep: async () => undefined,
    });

  it('puts every object back as it was, the last step first, once', async () => {
    const made = await ready();
    await apply(made);
    made.acted.length = 0;
    const results = await undo(made);
    expect(results.map(({ step, result }) => `${step.id} ${result}`)).toEqual([
      's3 undone',
      's2 undone',
      's1 undone',
    ]);
    for (const name of ['app', 'AK1', 'AK2']) expect(await made.system.get(name)).toEqual({ active: true });
    expect(await undo(made)).toEqual([]);
  });

  it('does not undo what was so before the plan', async () => {
    const made = await ready();
    await made.system.put('AK1', { active: false });
    await apply(made);
    const results = await undo(made);
    expect(results.find(({ step }) => step.id === 's1')?.result).toBe('cannot');
    expect(await made.system.get('AK1')).toEqual({ active: false });
  });

  it('says that a deletion cannot be undone', async () => {
    const made = await ready(true);
    expect(wordsOf(await apply(made)).at(-1)).toBe('s4 done');
    expect(await made.system.get('app')).toBeNull();
    const [first] = await undo(made);
    expect(first).toMatchObject({ result: 'cannot', detail: 'it cannot be undone' });
  });

  it('changes nothing in a dry run', async () => {
    const made = await ready();
    await apply(made);
    made.acted.length = 0;
    expect((await undo(made, true)).map(({ result }) => result)).toEqual(['would', 'would', 'would']);
    expect(made.acted).toEqual([]);
  });
});
