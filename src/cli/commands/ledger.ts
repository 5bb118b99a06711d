import { Option } from 'commander';
import { ENTRY_KINDS, type EntryKind } from '#ledger/entry.ts';
import { listOf, wholeNumber, withCommon, type CommonOptions, type RowOptions } from '../options.ts';
import type { Define } from '../program.ts';
import { ROW_FORMATS } from '../terminal/print-rows.ts';

export interface LedgerVerifyOptions extends CommonOptions {
  readonly publicKey?: string;
  readonly head?: string;
  readonly format: 'text' | 'json';
}

export interface LedgerShowOptions extends RowOptions {
  readonly kind?: readonly EntryKind[];
}

export interface LedgerKeyOptions extends CommonOptions {
  readonly output?: string;
}

/** `nhi ledger` */
export const defineLedger: Define = (program, io, perform) => {
  const ledger = program
    .command('ledger')
    .summary('the evidence: what was scanned, planned, approved, done and proved');

  withCommon(ledger.command('verify'))
    .description(
      'Checks every entry’s digest, signature and link, without a network, and names the first that does not fit. ' +
        'Exit code 6 where one does not.',
    )
    .option('--public-key <file>', 'the key that opened the ledger, kept apart from it')
    .option('--head <digest>', 'the digest of an entry that must be there, noted earlier')
    .addOption(new Option('--format <format>', 'text or json').choices(['text', 'json']).default('text'))
    .action(async (options: LedgerVerifyOptions) => {
      const { ledgerVerifyAction } = await import('../actions/ledger.ts');
      await perform(ledgerVerifyAction(options, io));
    });

  withCommon(ledger.command('show'))
    .description('Prints the entries. It does not verify them.')
    .option('--kind <list>', 'only these kinds', listOf(ENTRY_KINDS))
    .option('--limit <n>', 'only the last so many', wholeNumber)
    .addOption(new Option('--format <format>', 'how to print').choices(ROW_FORMATS).default('table'))
    .action(async (options: LedgerShowOptions) => {
      const { ledgerShowAction } = await import('../actions/ledger.ts');
      await perform(ledgerShowAction(options, io));
    });

  withCommon(ledger.command('keygen'))
    .description('Makes the key that signs entries, and its public half beside it. Never overwrites one.')
    .option('--output <file>', 'where to put it (default: `ledger.key` in the configuration)')
    .action(async (options: LedgerKeyOptions) => {
      const { ledgerKeygenAction } = await import('../actions/ledger-keys.ts');
      await perform(ledgerKeygenAction(options, io));
    });

  withCommon(ledger.command('rotate'))
    .description('Makes a new key and lets an entry by the old one hand over to it.')
    .action(async (options: CommonOptions) => {
      const { ledgerRotateAction } = await import('../actions/ledger-keys.ts');
      await perform(ledgerRotateAction(options, io));
    });
};
