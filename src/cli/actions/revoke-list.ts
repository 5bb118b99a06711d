import { ledgerEntries } from '#ledger/open-ledger.ts';
import { isDone, readJournal } from '#revocation/journal.ts';
import { planDigest } from '#revocation/plan.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { print, type Io } from '../io.ts';
import type { CommonOptions } from '../options.ts';
import { loadPlan, revocationIds } from '../revoke/folder.ts';
import { loadSettings } from '../settings.ts';
import { printRows } from '../terminal/print-rows.ts';

/** `nhi revoke list` */
export async function revokeListAction(
  options: CommonOptions & { readonly format: 'text' | 'json' },
  io: Io,
): Promise<ExitCode> {
  const { dataDir } = await loadSettings(options, io);
  const rows = [];
  for (const id of await revocationIds(dataDir)) {
    const plan = await loadPlan(id, dataDir, io.cwd);
    const journal = await readJournal(ledgerEntries(dataDir), planDigest(plan));
    rows.push({
      id,
      identity: plan.identities[0]?.uid ?? '',
      requester: plan.requester,
      steps: plan.steps.length,
      done: plan.steps.filter((step) => isDone(journal.steps.get(step.id))).length,
      verdict: journal.verdict,
    });
  }
  if (options.format === 'json') {
    await print(io, `${JSON.stringify(rows, null, 2)}\n`);
    return EXIT.fine;
  }
  await printRows(io, rows, {
    format: 'table',
    colour: options.color,
    empty: 'No revocations yet. nhi revoke plan makes one.',
    columns: [
      { title: 'revocation', value: ({ id }) => id },
      { title: 'identity', value: ({ identity }) => identity, flexible: true },
      { title: 'asked for by', value: ({ requester }) => requester, optional: 1 },
      { title: 'steps', value: ({ steps, done }) => `${done} of ${steps}` },
      { title: 'verdict', value: ({ verdict }) => verdict ?? 'not verified' },
    ],
  });
  return EXIT.fine;
}
