import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { platform } from 'node:os';
import { dirname } from 'node:path';
import { ConfigError } from '#model/errors.ts';
import { sha256 } from './canonical.ts';

/** A key's id: the first half of the SHA-256 of its public part (SubjectPublicKeyInfo, DER), in hexadecimal. */
export function keyIdOf(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return sha256(publicKey.export({ type: 'spki', format: 'der' })).slice(0, 32);
}

/** The public part of a key as PEM text. */
export function publicPemOf(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

/** Reads a public key's PEM text. Throws ConfigError naming `source` where it is none of Ed25519. */
export function parsePublicKey(pem: string, source: string): KeyObject {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below, without what the text holds.
  }
  throw new ConfigError(`${source}: not a public key of Ed25519 in PEM`, {
    hint: 'nhi ledger keygen writes one beside the private key.',
  });
}

/** Loads a public key from a file. Throws ConfigError. */
export async function loadPublicKey(file: string): Promise<KeyObject> {
  return parsePublicKey(await readKeyFile(file), file);
}

/**
 * Loads the private key that signs. Throws ConfigError where the file is missing, is no Ed25519 key, or can be read by
 * other users.
 */
export async function loadSigningKey(file: string): Promise<KeyObject> {
  const pem = await readKeyFile(file);
  const { mode } = await stat(file);
  // Windows has no such modes.
  if (platform() !== 'win32' && (mode & 0o077) !== 0) {
    throw new ConfigError(`${file}: the key is open to other users`, { hint: `chmod 600 ${file}` });
  }
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below: the cause could quote the key.
  }
  throw new ConfigError(`${file}: not a private key of Ed25519 in PEM`, {
    hint: 'Make one with nhi ledger keygen.',
  });
}

/** Makes a key pair: the private key in `file` (0600), the public one in `file`.pub. Never overwrites. */
export async function writeKeyPair(file: string): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync('ed25519');
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeNew(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600);
  await writeNew(`${file}.pub`, publicPemOf(privateKey), 0o644);
  return privateKey;
}

async function writeNew(file: string, text: string, mode: number): Promise<void> {
  const handle = await open(file, 'wx', mode).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw new ConfigError(`${file}: there is a key already`, {
      hint: 'Entries that it signed need it: choose another file, or nhi ledger rotate.',
    });
  });
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readKeyFile(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new ConfigError(`${file}: the key cannot be read`, {
      hint: 'Make one with nhi ledger keygen, or correct `ledger.key` in the configuration.',
      cause: error,
    });
  });
}
