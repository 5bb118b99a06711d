import { ledgerEntries, openLedger } from '#ledger/open-ledger.ts';
import { beforeStates } from '#revocation/before-states.ts';
import { readJournal } from '#revocation/journal.ts';
import { planDigest } from '#revocation/plan.ts';
import { rollBack, type UndoResult } from '#revocation/roll-back.ts';
import type { RevokeApplyOptions } from '../commands/revoke.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { print, type Io } from '../io.ts';
import { loadActionPack } from '../revoke/action-pack.ts';
import { actingContexts } from '../revoke/acting.ts';
import { loadPlan, revocationFolder } from '../revoke/folder.ts';
import { evidenceKey } from '../revoke/ledger.ts';
import { loadSettings } from '../settings.ts';
import { paintFor } from '../terminal/colour.ts';
import { sanitise } from '../terminal/sanitise.ts';

/** `nhi revoke rollback`: exit code 5 where a step could not be undone. */
export async function revokeRollbackAction(
  which: string,
  options: RevokeApplyOptions,
  io: Io,
): Promise<ExitCode> {
  const { config, dataDir } = await loadSettings(options, io);
  const plan = await loadPlan(which, dataDir, io.cwd);
  const execute = options.execute === true;
  const paint = paintFor(io, 'stdout', options.color);
  if (!execute) await print(io, 'Nothing is changed without --execute. It would:\n');
  const results = await rollBack({
    plan,
    pack: await loadActionPack(),
    journal: await readJournal(ledgerEntries(dataDir), planDigest(plan)),
    ledger: execute ? openLedger(dataDir, await evidenceKey(config, io), () => io.now().toISOString()) : null,
    states: beforeStates(revocationFolder(dataDir, plan.id).folder),
    contextOf: actingContexts(config, io),
    onStep: async ({ step, result, detail }) => {
      const mark = result === 'undone' || result === 'would' ? paint.green('✓') : paint.red('✗');
      const more = detail === null ? '' : `  ${paint.dim(sanitise(detail))}`;
      await print(
        io,
        `${mark} ${step.id.padEnd(4)} ${WORDS[result].padEnd(14)} ${sanitise(step.title)}${more}\n`,
      );
    },
  });
  if (results.length === 0) await print(io, 'There is nothing to undo.\n');
  const bad = results.some(({ result }) => result !== 'undone' && result !== 'would');
  return bad ? EXIT.notProved : EXIT.fine;
}

const WORDS: Readonly<Record<UndoResult['result'], string>> = {
  undone: 'undone',
  would: 'would undo',
  cannot: 'cannot be',
  failed: 'failed',
  'not-connected': 'not connected',
};
