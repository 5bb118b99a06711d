import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempDir } from '../temp-dir.ts';
import { runCli } from './run-cli.ts';
import { writeSmallEstate } from './small-estate.ts';

async function scannedWithKey() {
  const folder = await tempDir();
  const exports = await writeSmallEstate(folder);
  const env = { HOME: folder };
  const cli = async (...words: string[]) => runCli(folder, words, { env });
  const made = await cli('ledger', 'keygen');
  expect(made.code).toBe(0);
  const scanned = await cli('scan', '--quiet', '--import', exports);
  expect(scanned.code).toBe(0);
  return { folder, cli, entries: join(folder, '.nhi/ledger/entries.jsonl'), exports };
}

describe('nhi ledger', () => {
  it('holds every scan with its snapshot’s digest, population and gaps once there is a key', async () => {
    const { cli } = await scannedWithKey();
    const { stdout } = await cli('ledger', 'show', '--kind', 'scan', '--format', 'json');
    const [entry] = JSON.parse(stdout) as { body: Record<string, unknown> }[];
    expect(entry?.body).toMatchObject({
      rows: { scopes: expect.any(Number) },
      feeds: { total: expect.any(Number) },
    });
    expect(entry?.body['sha256']).toMatch(/^[\da-f]{64}$/u);
  });

  it('verifies, and says what would rule out more', async () => {
    const { cli, folder } = await scannedWithKey();
    const verified = await cli('ledger', 'verify');
    expect(verified).toMatchObject({ code: 0, stderr: '' });
    expect(verified.stdout).toContain('✓ The ledger verifies: 2 entries');
    expect(verified.stdout).toContain('--public-key');
    const known = await cli(
      'ledger',
      'verify',
      '--public-key',
      join(folder, '.config/nhi/ledger-key.pem.pub'),
    );
    expect(known.stdout).not.toContain('note');
  });

  it('ends with exit code 6 and names the entry when one byte is changed', async () => {
    const { cli, entries } = await scannedWithKey();
    const text = await readFile(entries, 'utf8');
    await writeFile(entries, text.replace('"kind":"scan"', '"kind":"plan"'));
    const verified = await cli('ledger', 'verify');
    expect(verified.code).toBe(6);
    expect(verified.stdout).toContain('entry 2: its content does not have its digest');
  });

  it('is not there without a key, and a key that is configured and missing is an error', async () => {
    const folder = await tempDir();
    const exports = await writeSmallEstate(folder);
    const env = { HOME: folder };
    await runCli(folder, ['scan', '--quiet', '--import', exports], { env });
    expect((await runCli(folder, ['ledger', 'verify'], { env })).stdout).toBe(
      'The ledger has no entries yet.\n',
    );
    await writeFile(join(folder, 'nhi.yaml'), 'ledger:\n  key: keys/none.pem\n');
    const scanned = await runCli(folder, ['scan', '--quiet', '--import', exports], { env });
    expect(scanned.code).toBe(2);
    expect(scanned.stderr).toContain('keys/none.pem: the key cannot be read');
  });

  it('hands over to a new key', async () => {
    const { cli } = await scannedWithKey();
    expect((await cli('ledger', 'rotate')).stdout).toContain('from now on');
    expect((await cli('ledger', 'verify')).stdout).toContain('3 entries');
  });
});
