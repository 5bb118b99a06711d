import { describe, expect, it } from 'vitest';
import { complaints, importTexts, only, type Rows } from './importing.ts';

const MANIFEST = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: sound, namespace: pay}\n';

/** Lines that are nested `depth` deep by indentation. */
function stairs(line: string, depth: number): string {
  return Array.from({ length: depth }, (_, at) => `${' '.repeat(at)}${line}`).join('\n');
}

function names({ identities }: Rows): string[] {
  return identities.map(({ name }) => name);
}

describe('a YAML file', () => {
  it.each([
    [
      'a document that is not YAML',
      'apiVersion: v1\nkind: Pod\nmetadata:\n\tname: x\n',
      'document 2, line 9: not valid YAML',
    ],
    [
      'a template of Helm',
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n',
      'Render it first: helm template',
    ],
    [
      'a key that is there twice',
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n  name: y\n',
      'document 2, line 10: a mapping has the same key twice',
    ],
    ['a scalar', 'hello\n', 'document 2, line 5: not an object of Kubernetes: no mapping'],
    [
      'no kind',
      'apiVersion: v1\n',
      'document 2, line 5: not an object of Kubernetes: no apiVersion and kind',
    ],
  ])('with %s names document and line, and the rest is read', async (_, text, expected) => {
    const rows = await importTexts({
      'a.yaml': `---\n${MANIFEST}---\n${text}---\n${MANIFEST.replace('sound', 'after')}`,
    });
    expect(names(rows)).toEqual(['sound', 'after']);
    expect(only(complaints(rows))).toContain(expected);
  });

  it('with a list loses only the item that does not parse', async () => {
    const item = (name: string): string =>
      `- apiVersion: v1\n  kind: ServiceAccount\n  metadata:\n    name: ${name}\n    namespace: pay\n`;
    const rows = await importTexts({
      'a.yaml': `apiVersion: v1\nitems:\n${item('a')}${item('"b')}${item('c')}kind: List\nmetadata: {}\n`,
    });
    expect(names(rows)).toEqual(['a', 'c']);
    expect(only(complaints(rows))).toMatch(/^prod\/a\.yaml: document 1, line \d+: not valid YAML/u);
  });

  it('that is not UTF-8 is read up to there', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${MANIFEST}---\n${' # pad\n'.repeat(50_000)}`),
      Buffer.from([0xff, 0xfe, 0x80]),
    ]);
    const rows = await importTexts({ 'a.yaml': bytes });
    expect(names(rows)).toEqual(['sound']);
    expect(only(complaints(rows))).toContain('not UTF-8 text');
  });

  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...Array.from('bcdefghi', (key, at) => `${key}: &${key} [${`*${'abcdefgh'[at]},`.repeat(9)}]`),
  ];
  it.each([
    ['aliases that multiply', `${bomb.join('\n')}\n`],
    [
      'a hundred thousand aliases',
      `x: &x 1\n${Array.from({ length: 100_000 }, (_, at) => `k${at}: *x\n`).join('')}`,
    ],
    [
      'merges that multiply',
      `${['a: &a {x: 1}', ...Array.from('bcdefghi', (key, at) => `${key}: &${key} {<<: [${`*${'abcdefgh'[at]},`.repeat(9)}]}`)].join('\n')}\n`,
    ],
    ['an anchor within itself', 'a: &a [*a]\n'],
    ['brackets', `x: ${'['.repeat(200_000)}\n`],
    ['braces', `x: ${'{a: '.repeat(100_000)}\n`],
    ['dashes', `x:\n${'- '.repeat(100_000)}\n`],
    ['explicit keys', `? ${'? '.repeat(5000)}\n`],
    ['keys that are mappings', `${'{'.repeat(3000)}a: b${'}: c'.repeat(3000)}\n`],
    ['keys that are lists, many times over', `${'['.repeat(60)}a${']: c'.repeat(60)}\n`.repeat(500)],
    ['stairs', `${stairs('a:', 3000)}\n`],
    ['stairs of questions', `${stairs('?', 3000)}\n`],
    ['a hundred thousand keys', Array.from({ length: 100_000 }, (_, at) => `k${at}: 1\n`).join('')],
    ['a line of a million characters', `x: ${'y'.repeat(1_000_000)}\n`],
    ['errors without end', `x: ${'}'.repeat(200_000)}\n`],
    ['commas without end', `x: [${','.repeat(200_000)}\n`],
    ['control characters', 'x: "\u0000\u0001\u001b[31m"\n\u0000: 1\n'],
    ['tags', `x: ${'!<a> '.repeat(10_000)}\n`],
    ['a tag of another language', 'x: !!js/function "() => 1"\n'],
  ])('with %s costs little, and the rest is read', async (_, text) => {
    const hostile = `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: hostile, namespace: pay}\n${text}`;
    const rows = await importTexts({
      'a.yaml': `${MANIFEST}---\n${hostile}---\n${MANIFEST.replace('sound', 'after')}`,
    });
    expect(names(rows)).toContain('sound');
    expect(names(rows)).toContain('after');
    // It is read or complained of, and never both missing and silent.
    expect(names(rows).includes('hostile') || complaints(rows).length === 1).toBe(true);
  });

  it('that is one line without end is refused', async () => {
    const rows = await importTexts({ 'a.yaml': `${MANIFEST}---\nx: ${'y'.repeat(65 * 1024 * 1024)}` });
    expect(names(rows)).toEqual(['sound']);
    expect(only(complaints(rows))).toContain('a line is longer than');
  });

  it('whose document is too long is refused there, and the rest is read', async () => {
    const long = `apiVersion: v1\nkind: Pod\nx: |\n${`  ${'y'.repeat(1000)}\n`.repeat(67_000)}`;
    const rows = await importTexts({
      'a.yaml': `${MANIFEST}---\n${long}---\n${MANIFEST.replace('sound', 'after')}`,
    });
    expect(names(rows)).toEqual(['sound', 'after']);
    expect(only(complaints(rows))).toContain('document 2, line 4: longer than');
  });
});
