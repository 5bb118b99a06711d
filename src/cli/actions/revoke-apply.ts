import { ledgerEntries, openLedger } from '#ledger/open-ledger.ts';
import { applyPlan, type StepResult } from '#revocation/apply.ts';
import { beforeStates } from '#revocation/before-states.ts';
import { readJournal } from '#revocation/journal.ts';
import { planDigest } from '#revocation/plan.ts';
import type { RevokeApplyOptions } from '../commands/revoke.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { print, type Io } from '../io.ts';
import { enterApprovals } from '../revoke/enter-approvals.ts';
import { loadActionPack } from '../revoke/action-pack.ts';
import { actingContexts } from '../revoke/acting.ts';
import { loadApprovals, loadPlan, revocationFolder } from '../revoke/folder.ts';
import { approversOf, evidenceKey } from '../revoke/ledger.ts';
import { loadSettings } from '../settings.ts';
import { paintFor } from '../terminal/colour.ts';
import { sanitise } from '../terminal/sanitise.ts';

const GOOD: ReadonlySet<StepResult['result']> = new Set(['done', 'found-done', 'done-before', 'would']);

/** `nhi revoke apply`: exit code 5 where a step did not end well. */
export async function revokeApplyAction(
  which: string,
  options: RevokeApplyOptions,
  io: Io,
): Promise<ExitCode> {
  const { config, dataDir } = await loadSettings(options, io);
  const plan = await loadPlan(which, dataDir, io.cwd);
  const folder = revocationFolder(dataDir, plan.id);
  const execute = options.execute === true;
  const ledger = execute
    ? openLedger(dataDir, await evidenceKey(config, io), () => io.now().toISOString())
    : null;
  const approvals = await loadApprovals(folder);
  const paint = paintFor(io, 'stdout', options.color);
  let first = true;
  const results = await applyPlan({
    plan,
    pack: await loadActionPack(),
    approvals,
    approvers: await approversOf(config),
    journal: await readJournal(ledgerEntries(dataDir), planDigest(plan)),
    ledger,
    states: beforeStates(folder.folder),
    contextOf: actingContexts(config, io),
    now: () => io.now().toISOString(),
    onApproved: async () => enterApprovals(approvals, ledger, dataDir),
    onStep: async ({ step, result, detail }) => {
      if (first && !execute) await print(io, 'Nothing is changed without --execute. It would:\n');
      first = false;
      const mark = GOOD.has(result) ? paint.green('✓') : paint.red('✗');
      const more = detail === null ? '' : `  ${paint.dim(sanitise(detail))}`;
      await print(
        io,
        `${mark} ${step.id.padEnd(4)} ${WORDS[result].padEnd(14)} ${sanitise(step.title)}${more}\n`,
      );
    },
  });
  const bad = results.filter(({ result }) => !GOOD.has(result));
  await print(io, summary(results.length, bad.length, plan.id, execute));
  return bad.length === 0 ? EXIT.fine : EXIT.notProved;
}

const WORDS: Readonly<Record<StepResult['result'], string>> = {
  done: 'done',
  'found-done': 'already so',
  'done-before': 'done before',
  would: 'would do',
  failed: 'failed',
  changed: 'changed',
  waits: 'not tried',
  'not-connected': 'not connected',
};

function summary(total: number, bad: number, id: string, execute: boolean): string {
  if (bad > 0) {
    return `${total - bad} of ${total} steps are done. Put right what is said above and run it again: what is done is not done twice.\n`;
  }
  return execute ? `All ${total} steps are done. Next: nhi revoke verify ${id} --wait\n` : '';
}
