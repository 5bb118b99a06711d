import { resolve } from 'node:path';
import type { Entry } from '#ledger/entry.ts';
import { ledgerFiles } from '#ledger/files.ts';
import { loadPublicKey } from '#ledger/keys.ts';
import { ledgerEntries } from '#ledger/open-ledger.ts';
import { verifyLedger, type LedgerVerdict } from '#ledger/verify-ledger.ts';
import type { LedgerShowOptions, LedgerVerifyOptions } from '../commands/ledger.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { print, type Io } from '../io.ts';
import { loadSettings } from '../settings.ts';
import { paintFor } from '../terminal/colour.ts';
import { printRows } from '../terminal/print-rows.ts';

/** `nhi ledger verify`: exit code 6 where an entry does not fit. */
export async function ledgerVerifyAction(options: LedgerVerifyOptions, io: Io): Promise<ExitCode> {
  const { dataDir } = await loadSettings(options, io);
  const { publicKey, head } = options;
  const verdict = await verifyLedger(ledgerFiles(dataDir), {
    publicKey: publicKey === undefined ? null : await loadPublicKey(resolve(io.cwd, publicKey)),
    knownHead: head ?? null,
  });
  const text =
    options.format === 'json' ? `${JSON.stringify(verdict, null, 2)}\n` : textOf(verdict, options, io);
  await print(io, text);
  return verdict.ok ? EXIT.fine : EXIT.ledgerBroken;
}

function textOf(verdict: LedgerVerdict, options: LedgerVerifyOptions, io: Io): string {
  const paint = paintFor(io, 'stdout', options.color);
  const notes = verdict.notes.map((each) => `  note: ${each}\n`).join('');
  if (verdict.flaw !== null) {
    const { entry, reason } = verdict.flaw;
    const before = entry > 1 ? `  Entries 1 to ${verdict.entries} fit.\n` : '';
    return `${paint.red('✗')} The ledger does not verify: entry ${entry}: ${reason}\n${before}${notes}`;
  }
  if (verdict.entries === 0) return 'The ledger has no entries yet.\n';
  return `${paint.green('✓')} The ledger verifies: ${verdict.entries} entries\n  head ${verdict.head ?? ''}\n${notes}`;
}

/** `nhi ledger show` */
export async function ledgerShowAction(options: LedgerShowOptions, io: Io): Promise<ExitCode> {
  const { dataDir } = await loadSettings(options, io);
  const entries: Entry[] = [];
  for await (const entry of ledgerEntries(dataDir)) {
    if (options.kind !== undefined && !options.kind.includes(entry.kind)) continue;
    entries.push(entry);
    if (options.limit !== undefined && entries.length > options.limit) entries.shift();
  }
  await printRows(io, entries, {
    format: options.format,
    colour: options.color,
    empty: 'No entries.',
    columns: [
      { title: 'entry', value: ({ sequence }) => String(sequence) },
      { title: 'time', value: ({ time }) => time },
      { title: 'kind', value: ({ kind }) => kind },
      { title: 'digest', value: ({ digest }) => digest.slice(0, 12) },
      { title: 'what', value: ({ body }) => JSON.stringify(body), flexible: true },
    ],
  });
  return EXIT.fine;
}
