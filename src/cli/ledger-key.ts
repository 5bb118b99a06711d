import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { KeyObject } from 'node:crypto';
import type { LoadedConfig } from '#config/load-config.ts';
import { loadSigningKey } from '#ledger/keys.ts';
import type { Io } from './io.ts';

/** Where the signing key is: what the configuration says, else beside the user's other settings, apart from the data. */
export function ledgerKeyFile(config: LoadedConfig, io: Io): string {
  if (config.ledger.key !== undefined) return config.ledger.key;
  const home = io.env['HOME'] ?? homedir();
  const settings = io.env['XDG_CONFIG_HOME'] ?? join(home, '.config');
  return join(settings, 'nhi', 'ledger-key.pem');
}

/** The signing key; null where none is configured and there is none in the usual place. Throws ConfigError. */
export async function ledgerKey(config: LoadedConfig, io: Io): Promise<KeyObject | null> {
  const file = ledgerKeyFile(config, io);
  if (config.ledger.key === undefined && !(await exists(file))) return null;
  return loadSigningKey(file);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
