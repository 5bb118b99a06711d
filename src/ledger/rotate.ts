import { access, readFile, rename } from 'node:fs/promises';
import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { Instant } from '#model/system.ts';
import type { Entry } from './entry.ts';
import { ledgerFiles } from './files.ts';
import { readHead } from './head.ts';
import { keyIdOf, loadSigningKey, publicPemOf, writeKeyPair } from './keys.ts';
import { openLedger } from './open-ledger.ts';

/**
 * Hands the ledger over to a new key: an entry by the old key names the new one, which takes its place in the file; the
 * old pair stays beside it as `<file>.<key id>`. Stopped at any point, it goes on when it is called again; the entry is
 * then null where it was made before.
 */
export async function rotateKey(
  dataDir: string,
  file: string,
  clock: () => Instant,
): Promise<{ readonly entry: Entry | null; readonly key: KeyObject }> {
  const next = `${file}.next`;
  const nextKey = (await exists(next)) ? await privateKeyIn(next) : await writeKeyPair(next);
  const head = await readHead(ledgerFiles(dataDir));
  const handedOver = head !== null && head !== 'broken' && head.key === keyIdOf(nextKey);
  const entry = handedOver ? null : await handOver(dataDir, await loadSigningKey(file), nextKey, clock);
  if (await exists(file)) await keepOld(file);
  await rename(next, file);
  await rename(`${next}.pub`, `${file}.pub`);
  return { entry, key: nextKey };
}

async function handOver(
  dataDir: string,
  old: KeyObject,
  next: KeyObject,
  clock: () => Instant,
): Promise<Entry> {
  return openLedger(dataDir, old, clock).append({
    kind: 'key-rotation',
    body: { nextKey: keyIdOf(next), publicKey: publicPemOf(next) },
  });
}

/** The public half stays readable under the name that goes with it; who verifies old entries may want it. */
async function keepOld(file: string): Promise<void> {
  const kept = `${file}.${keyIdOf(await loadSigningKey(file))}`;
  if (await exists(`${file}.pub`)) await rename(`${file}.pub`, `${kept}.pub`);
  await rename(file, kept);
}

async function privateKeyIn(file: string): Promise<KeyObject> {
  return createPrivateKey(await readFile(file, 'utf8'));
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
