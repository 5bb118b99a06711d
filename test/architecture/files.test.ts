import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourceFiles, textOf } from './source-files.ts';

const LIMIT = 250;
const BANNED = /^(utils?|helpers?|managers?|services?|common)(\.|$)/u;

const files = sourceFiles('.ts', '.tsx', '.sql').filter((file) => !file.endsWith('.generated.ts'));
/** Tables of facts are data: how long they are says nothing. */
const isTable = (file: string) => file.startsWith('src/catalogue/');

describe('source files', () => {
  it(`have at most ${LIMIT} lines`, () => {
    expect(files.length).toBeGreaterThan(50);
    const long = files.filter((file) => !isTable(file) && textOf(file).split('\n').length - 1 > LIMIT);
    expect(long).toEqual([]);
  });

  it('are named in kebab-case, components in PascalCase', () => {
    const odd = files.filter((file) => {
      const name = basename(file).replace(/\.(test|generated)?\.?(ts|tsx|sql)$/u, '');
      return !(file.endsWith('.tsx') ? /^([A-Z][A-Za-z0-9]*|[a-z0-9-]+)$/u : /^[a-z0-9-]+$/u).test(name);
    });
    expect(odd).toEqual([]);
  });

  it('are named for what they do', () => {
    const vague = files.filter((file) => file.split('/').some((part) => BANNED.test(part)));
    expect(vague).toEqual([]);
  });

  it('have no default exports outside configuration', () => {
    const found = files.filter((file) => file.endsWith('.ts') && /^export default /mu.test(textOf(file)));
    expect(found).toEqual([]);
  });

  it('leave the process, the clock and the environment to the command line', () => {
    // A lock is about processes: who holds it, and whether that one still lives.
    const allowed = /^((src\/(cli|tooling|store)|test|bench)\/|src\/ledger\/lock\.ts)/u;
    const found = files.filter(
      (file) =>
        !allowed.test(file) &&
        /\bprocess\.|\bDate\.now\(|\bnew Date\(\)|\bconsole\./u.test(stripComments(textOf(file))),
    );
    expect(found).toEqual([]);
  });
});

function stripComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//gu, '').replace(/^\s*\/\/.*$/gmu, '');
}
