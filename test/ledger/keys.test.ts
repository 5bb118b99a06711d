import { generateKeyPairSync } from 'node:crypto';
import { chmod, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ledgerFiles } from '#ledger/files.ts';
import { keyIdOf, loadPublicKey, loadSigningKey, writeKeyPair } from '#ledger/keys.ts';
import { openLedger } from '#ledger/open-ledger.ts';
import { rotateKey } from '#ledger/rotate.ts';
import { verifyLedger } from '#ledger/verify-ledger.ts';
import { tempDir } from '../temp-dir.ts';
import { TIME } from './ledger-for-test.ts';

const clock = () => TIME;

async function withKey() {
  const dataDir = await tempDir();
  const file = join(dataDir, 'keys', 'ledger-key.pem');
  const key = await writeKeyPair(file);
  return { dataDir, file, key };
}

describe('a signing key', () => {
  it('is kept from other users, with its public half beside it', async () => {
    const { file, key } = await withKey();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(keyIdOf(await loadSigningKey(file))).toBe(keyIdOf(key));
    expect(keyIdOf(await loadPublicKey(`${file}.pub`))).toBe(keyIdOf(key));
  });

  it('is never overwritten', async () => {
    const { file } = await withKey();
    const before = await readFile(file, 'utf8');
    await expect(writeKeyPair(file)).rejects.toThrow('there is a key already');
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  it.skipIf(process.platform === 'win32')('is refused where other users can read it', async () => {
    const { file } = await withKey();
    await chmod(file, 0o640);
    await expect(loadSigningKey(file)).rejects.toThrow('open to other users');
  });

  it('is refused where it is of another kind or no key, without what the file holds in the message', async () => {
    const { file } = await withKey();
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    for (const text of [rsa.export({ type: 'pkcs8', format: 'pem' }).toString(), 'TOP-SECRET']) {
      await writeFile(file, text);
      const error = await loadSigningKey(file).catch((reason: unknown) => reason);
      expect(String(error)).toContain('not a private key of Ed25519');
      expect(String(error)).not.toContain('TOP-SECRET');
    }
    await expect(loadSigningKey(`${file}.none`)).rejects.toThrow('cannot be read');
    await expect(loadPublicKey(file)).rejects.toThrow('not a public key of Ed25519');
  });
});

describe('rotating the key', () => {
  it('hands over by an entry of the old key, so that one known key verifies it all', async () => {
    const { dataDir, file } = await withKey();
    const first = await loadPublicKey(`${file}.pub`);
    await openLedger(dataDir, await loadSigningKey(file), clock).append({ kind: 'scan', body: {} });
    for (let turn = 0; turn < 2; turn++) {
      const { key } = await rotateKey(dataDir, file, clock);
      expect(keyIdOf(await loadSigningKey(file))).toBe(keyIdOf(key));
      await openLedger(dataDir, key, clock).append({ kind: 'scan', body: {} });
    }
    const verdict = await verifyLedger(ledgerFiles(dataDir), { publicKey: first, knownHead: null });
    expect(verdict).toMatchObject({ ok: true, entries: 6 });
  });

  it('lets the old key enter nothing more', async () => {
    const { dataDir, file, key } = await withKey();
    await rotateKey(dataDir, file, clock);
    const late = openLedger(dataDir, key, clock).append({ kind: 'scan', body: {} });
    await expect(late).rejects.toThrow('is signed by key');
  });

  it('goes on where it was stopped between the entry and the change of files', async () => {
    const { dataDir, file } = await withKey();
    const { key } = await rotateKey(dataDir, file, clock);
    // As it was before the files changed places.
    await rename(file, `${file}.next`);
    await rename(`${file}.pub`, `${file}.next.pub`);
    const again = await rotateKey(dataDir, file, clock);
    expect(again.entry).toBeNull();
    expect(keyIdOf(await loadSigningKey(file))).toBe(keyIdOf(key));
    expect(await verifyLedger(ledgerFiles(dataDir), { publicKey: null, knownHead: null })).toMatchObject({
      ok: true,
      entries: 2,
    });
  });

  it('does nothing without a key to hand over from', async () => {
    const { dataDir, file } = await withKey();
    await rm(file);
    await expect(rotateKey(dataDir, file, clock)).rejects.toThrow('cannot be read');
  });
});
