import { resolve } from 'node:path';
import { keyIdOf, writeKeyPair } from '#ledger/keys.ts';
import { rotateKey } from '#ledger/rotate.ts';
import type { LedgerKeyOptions } from '../commands/ledger.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { print, type Io } from '../io.ts';
import { ledgerKeyFile } from '../ledger-key.ts';
import type { CommonOptions } from '../options.ts';
import { loadSettings } from '../settings.ts';

/** `nhi ledger keygen` */
export async function ledgerKeygenAction(options: LedgerKeyOptions, io: Io): Promise<ExitCode> {
  const { config } = await loadSettings(options, io);
  const file = options.output === undefined ? ledgerKeyFile(config, io) : resolve(io.cwd, options.output);
  const key = await writeKeyPair(file);
  await print(
    io,
    `Key ${keyIdOf(key)}\n  private  ${file}\n  public   ${file}.pub\nKeep a copy of the public key where the ledger’s writer cannot change it: nhi ledger verify --public-key takes it.\n`,
  );
  return EXIT.fine;
}

/** `nhi ledger rotate` */
export async function ledgerRotateAction(options: CommonOptions, io: Io): Promise<ExitCode> {
  const { config, dataDir } = await loadSettings(options, io);
  const file = ledgerKeyFile(config, io);
  const { key } = await rotateKey(dataDir, file, () => io.now().toISOString());
  await print(io, `The ledger is signed by key ${keyIdOf(key)} from now on: ${file}\n`);
  return EXIT.fine;
}
