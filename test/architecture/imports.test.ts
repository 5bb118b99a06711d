import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMPOSITION_ROOT, IMPORT_TABLE, OWN_PACKAGES } from './import-table.ts';
import { importsOf, sourceFiles, textOf, type Import } from './source-files.ts';

interface Edge extends Import {
  readonly file: string;
  readonly from: string;
}

const files = sourceFiles('.ts', '.tsx').filter((file) => !/^(test|bench)\//u.test(file));
const edges: Edge[] = files.flatMap((file) =>
  importsOf(file).map((each) => ({ ...each, file, from: folderOf(file) })),
);

describe('the import graph', () => {
  it('is read from real files and has imports in it', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(edges.filter(({ specifier }) => specifier.startsWith('#')).length).toBeGreaterThan(50);
  });

  it('keeps to the import table', () => {
    const broken = edges.filter(({ from, specifier }) => crosses(specifier) && !mayImport(from, specifier));
    expect(broken.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  it('has a row in the table for every folder', () => {
    const folders = new Set(files.map(folderOf));
    expect([...folders].filter((folder) => folder !== COMPOSITION_ROOT && !(folder in IMPORT_TABLE))).toEqual(
      [],
    );
  });

  it('crosses folders by # paths and stays relative inside one', () => {
    const wrong = edges.filter(({ file, from, specifier }) =>
      specifier.startsWith('.')
        ? folderOf(posix.join(posix.dirname(file), specifier)) !== from
        : specifier.startsWith('#') &&
          specifier.slice(1).split('/')[0] === from &&
          !file.endsWith('index.ts') &&
          from !== 'collectors',
    );
    expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  it('lets a package that belongs to one folder be imported there alone', () => {
    const wrong = edges.filter(({ from, specifier }) => {
      const owners = OWN_PACKAGES[specifier];
      return owners !== undefined && !owners.includes(from);
    });
    expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  it('is drawn in ARCHITECTURE.md as it is enforced', () => {
    const text = textOf('ARCHITECTURE.md');
    for (const [folder, { folders }] of Object.entries(IMPORT_TABLE)) {
      const row = text.split('\n').find((line) => line.startsWith(`| \`${folder}\``));
      expect(row, `ARCHITECTURE.md has a row for ${folder}`).toBeDefined();
      for (const each of folders) expect(row, `${folder} may import ${each}`).toContain(`\`${each}\``);
    }
  });
});

/** `src/model/x.ts` → `model`, `collectors/aws/x.ts` → `collectors`. */
function folderOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return top === 'src' ? second : top;
}

function crosses(specifier: string): boolean {
  return specifier.startsWith('#');
}

function mayImport(from: string, specifier: string): boolean {
  const path = specifier.slice(1);
  const folder = path.split('/')[0] ?? '';
  if (from === COMPOSITION_ROOT || folder === from) return true;
  return (IMPORT_TABLE[from]?.folders ?? []).some((each) => path === each || path.startsWith(`${each}/`));
}
