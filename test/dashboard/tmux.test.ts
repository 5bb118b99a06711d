import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { scanAcme, type ScannedAcme } from '../examples/scanned-acme.ts';
import { tempDir } from '../temp-dir.ts';
import { HAS_TMUX, startTmux, type Tmux } from './tmux.ts';

const ROOT = join(import.meta.dirname, '../..');
const NODE = `TSX_TSCONFIG_PATH=${ROOT}/tsconfig.json node --import ${ROOT}/node_modules/tsx/dist/loader.mjs --conditions=source`;
const TIME_MS = 240_000;

let acme: ScannedAcme;

beforeAll(async () => {
  if (!HAS_TMUX) return undefined;
  acme = await scanAcme();
  return () => acme.discard();
}, TIME_MS);

/** A shell that has started the dashboard over Acme; its process id is in `pid`. */
async function started(columns: number, rows: number): Promise<{ tmux: Tmux; folder: string }> {
  const folder = await tempDir();
  const editor = join(folder, 'editor');
  await writeFile(editor, '#!/bin/sh\nprintf "the editor shows: "\nhead -c 30 "$1"\nread answer\n');
  await chmod(editor, 0o700);
  await mkdir(join(folder, 'work'));
  const tmux = await startTmux(columns, rows, join(folder, 'work'));
  onTestFinished(() => tmux.end());
  await tmux.line('echo this was here before');
  await tmux.line(
    `EDITOR=${editor} sh -c 'echo $$ > ../pid; export ${NODE.replace(' node', '; exec node')} ${ROOT}/src/cli/main.ts dashboard --data ${acme.dataDir}'; echo ended with $?`,
  );
  await tmux.until('[1 Overview]');
  await tmux.until(/\d+ identities in \d+ scopes/u);
  return { tmux, folder };
}

/** What the terminal was before: the shell's screen, cursor and wrapping on. */
async function expectGivenBack(tmux: Tmux, code: number): Promise<void> {
  const shown = await tmux.until(`ended with ${code}`);
  expect(shown).toContain('this was here before');
  expect(shown).not.toContain('Overview');
  expect(await tmux.state('alternate_on')).toBe('0');
  expect(await tmux.state('cursor_flag')).toBe('1');
  expect(await tmux.state('wrap_flag')).toBe('1');
}

describe.skipIf(!HAS_TMUX)('the dashboard in a terminal (skipped where tmux is missing)', () => {
  it(
    'is walked through at 80 by 24, and gives the terminal back with q',
    async () => {
      const { tmux } = await started(80, 24);
      expect(await tmux.state('alternate_on')).toBe('1');
      expect(await tmux.state('cursor_flag')).toBe('0');
      await tmux.keys('2');
      const findings = await tmux.until(/> . critical/u);
      expect(findings.split('\n').slice(0, 24)).toHaveLength(24);
      await tmux.keys('/', 'system:aws !critical', 'Enter');
      await tmux.until(/\/system:aws !critical {2}1 of \d+/u);
      await tmux.keys('Enter');
      await tmux.until(/Findings › Finding /u);
      await tmux.keys('Escape');
      await tmux.until(/1 of \d+/u);
      await tmux.keys(':', 'ops-auto-rem', 'Tab');
      await tmux.until(':ops-auto-remediation_');
      await tmux.keys('Enter');
      await tmux.until(/› Identity arn:aws:iam::\d+:role/u);
      await tmux.keys('x');
      await tmux.until(/› Plan /u);
      await tmux.keys('?');
      await tmux.until('this help');
      await tmux.keys('q');
      await expectGivenBack(tmux, 0);
    },
    TIME_MS,
  );

  it(
    'fits 120 by 40 and what it is resized to, copies, writes and comes back from the editor',
    async () => {
      const { tmux, folder } = await started(120, 40);
      await tmux.keys('3');
      await tmux.until(/> ops-auto-remediation .*│/u);
      await tmux.keys('c');
      await tmux.until('Copied 1 key');
      await expect.poll(() => tmux.clipboard().catch(() => '')).toMatch(/^arn:aws:iam::\d+:role\//u);
      await tmux.resize(80, 24);
      await tmux.until(/\? help.*\n+$/u);
      const small = (await tmux.screen()).split('\n').slice(0, 24);
      expect(small[0]).toMatch(/ read-only$/u);
      expect(small[23]).toMatch(/^\? help/u);
      await tmux.resize(50, 10);
      await tmux.until('The terminal is too small.');
      await tmux.resize(120, 40);
      await tmux.until(/> ops-auto-remediation .*│/u);
      await tmux.keys('o');
      await tmux.until(/Wrote \d+ rows to /u);
      const [csv = ''] = await readdir(join(folder, 'work'));
      expect(csv).toMatch(/^nhi-identities-.*\.csv$/u);
      expect(await readFile(join(folder, 'work', csv), 'utf8')).toContain('ops-auto-remediation');
      await tmux.keys('e');
      expect(await tmux.until('the editor shows: {')).toContain('this was here before');
      await tmux.keys('Enter');
      await tmux.until(/> ops-auto-remediation .*│/u);
      await tmux.keys('j');
      await tmux.until(/2 of \d+/u);
      await tmux.keys('C-c');
      await expectGivenBack(tmux, 0);
    },
    TIME_MS,
  );

  it(
    'gives the terminal back when it is terminated',
    async () => {
      const { tmux, folder } = await started(80, 24);
      process.kill(Number(await readFile(join(folder, 'pid'), 'utf8')), 'SIGTERM');
      await expectGivenBack(tmux, 130);
    },
    TIME_MS,
  );
});
