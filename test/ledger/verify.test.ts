import { createPublicKey } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openLedger } from '#ledger/open-ledger.ts';
import { verifyLedger } from '#ledger/verify-ledger.ts';
import { ledgerWith, newKey, TIME, verdictOf } from './ledger-for-test.ts';

const linesOf = async (file: string) => (await readFile(file, 'utf8')).split('\n').slice(0, -1);
const writeLines = async (file: string, lines: readonly string[]) =>
  writeFile(file, lines.map((line) => `${line}\n`).join(''));

describe('verifying a ledger', () => {
  it('passes what was entered, and says how many entries there are and where they end', async () => {
    const made = await ledgerWith(3);
    const lines = await linesOf(made.files.entries);
    const verdict = await verdictOf(made);
    expect(verdict).toMatchObject({ ok: true, entries: 4, flaw: null });
    expect(verdict.head).toBe(JSON.parse(lines[3] ?? '').digest);
  });

  it('passes an empty ledger', async () => {
    expect(await verdictOf(await ledgerWith(0))).toMatchObject({ ok: true, entries: 0, head: null });
  });

  it('finds any flipped bit of any byte', async () => {
    const made = await ledgerWith(3);
    const bytes = await readFile(made.files.entries);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
        const flipped = Buffer.from(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
        await writeFile(made.files.entries, flipped);
        const line = bytes.subarray(0, at).toString('utf8').split('\n').length;
        const { ok, flaw, entries } = await verdictOf(made);
        expect(ok).toBe(false);
        // A line's end that is gone makes one line of two: the first of them is where it no longer fits.
        expect(flaw?.entry).toBe(line);
        expect(entries).toBe(line - 1);
      }),
      { numRuns: 400 },
    );
  });

  it('finds any entry that was dropped, swapped, doubled or cut off', async () => {
    const made = await ledgerWith(6);
    const lines = await linesOf(made.files.entries);
    const change = fc.oneof(
      fc.nat(6).map((at) => lines.toSpliced(at, 1)),
      fc.nat(6).map((at) => lines.toSpliced(at, 0, lines[at] ?? '')),
      fc.nat(6).map((at) => lines.slice(0, at)),
      fc.tuple(fc.nat(6), fc.nat(6)).map(([a, b]) => {
        const swapped = [...lines];
        [swapped[a], swapped[b]] = [lines[b] ?? '', lines[a] ?? ''];
        return swapped;
      }),
    );
    await fc.assert(
      fc.asyncProperty(change, async (changed) => {
        fc.pre(changed.join('\n') !== lines.join('\n'));
        await writeLines(made.files.entries, changed);
        expect((await verdictOf(made)).ok).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  it('names the entries that are missing at the end', async () => {
    const made = await ledgerWith(5);
    await writeLines(made.files.entries, (await linesOf(made.files.entries)).slice(0, 3));
    expect((await verdictOf(made)).flaw).toEqual({ entry: 4, reason: 'entries 4 to 6 are missing' });
  });

  it('misses the head file, without which entries at the end could be missing', async () => {
    const made = await ledgerWith(2);
    await rm(made.files.head);
    expect((await verdictOf(made)).flaw?.reason).toBe('the head file is missing');
  });

  it('finds that the end and the head file were cut together, where a digest was noted elsewhere', async () => {
    const made = await ledgerWith(2);
    const head = await readFile(made.files.head, 'utf8');
    const { digest } = await made.ledger.append({ kind: 'scan', body: {} });
    await writeLines(made.files.entries, (await linesOf(made.files.entries)).slice(0, 3));
    await writeFile(made.files.head, head);
    expect((await verdictOf(made)).ok).toBe(true);
    const known = await verifyLedger(made.files, { publicKey: null, knownHead: digest });
    expect(known.flaw?.reason).toContain('is not in the ledger');
  });

  it('finds that all of it was made anew, where the key is known', async () => {
    const made = await ledgerWith(2);
    const forged = await ledgerWith(2);
    const publicKey = createPublicKey(made.key);
    const check = async (files: typeof made.files) => verifyLedger(files, { publicKey, knownHead: null });
    expect((await check(made.files)).ok).toBe(true);
    expect((await check(forged.files)).flaw).toMatchObject({ entry: 1 });
    expect((await verdictOf(forged)).notes[0]).toContain('--public-key');
  });

  it('finds an entry that another key signed and linked as it should be', async () => {
    const made = await ledgerWith(1);
    const other = newKey();
    const lines = await linesOf(made.files.entries);
    const elsewhere = await ledgerWith(0);
    await openLedger(elsewhere.dataDir, other, () => TIME).append({ kind: 'scan', body: {} });
    const foreign = await linesOf(elsewhere.files.entries);
    await writeLines(made.files.entries, [lines[0] ?? '', foreign[1] ?? '']);
    expect((await verdictOf(made)).flaw?.entry).toBe(2);
  });

  it('counts an unfinished last line for nothing, and says so', async () => {
    const made = await ledgerWith(2);
    await writeFile(made.files.entries, `${await readFile(made.files.entries, 'utf8')}{"body":{"snap`);
    const verdict = await verdictOf(made);
    expect(verdict).toMatchObject({ ok: true, entries: 3 });
    expect(verdict.notes.join()).toContain('after entry 3 is an unfinished line');
  });

  it.each(['', '\n', '{}\n', '[]\n', 'null\n', '\u0000\n', '{"sequence":1}\n', `${'['.repeat(100000)}\n`])(
    'answers on a file that holds %j',
    async (text) => {
      const made = await ledgerWith(1);
      await writeFile(made.files.entries, text);
      expect((await verdictOf(made)).ok).toBe(false);
    },
  );
});
