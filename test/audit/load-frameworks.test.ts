import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { frameworkNames, loadFramework, loadFrameworks } from '#audit/load-frameworks.ts';
import { ruleFiles } from '#rules/index.ts';
import { tempDir } from '../temp-dir.ts';

const FOLDER = join(process.cwd(), 'rules/frameworks');
const RULES = new Set(ruleFiles.map((file) => basename(file, '.sql')));

describe('the built-in frameworks', () => {
  it('name only rules that exist', async () => {
    const frameworks = await loadFrameworks(FOLDER, RULES);
    expect(frameworks.length).toBeGreaterThanOrEqual(9);
    expect(frameworks.map(({ id }) => id)).toEqual(await frameworkNames(FOLDER));
  });

  it('list all ten risks of OWASP, measured or not', async () => {
    const owasp = await loadFramework(join(FOLDER, 'owasp-nhi-2025.yaml'), RULES);
    expect(owasp.controls.map(({ id }) => id)).toEqual(
      Array.from({ length: 10 }, (_, at) => `NHI${at + 1}:2025`),
    );
  });

  it('have titles of a few words, which are our own', async () => {
    const titles = (await loadFrameworks(FOLDER, RULES)).flatMap(({ controls }) =>
      controls.map(({ title }) => title),
    );
    expect(titles.filter((title) => title.length > 80)).toEqual([]);
  });
});

describe('a framework of the user’s own', () => {
  it('is read whole', async () => {
    expect(await load(written({}))).toEqual({
      id: 'own-1',
      title: 'Own',
      version: '1',
      source: 'https://own.example/controls',
      controls: [
        { id: 'C-1', title: 'Keys', rules: [{ ruleId: 'a', relation: 'equal', rationale: 'same test' }] },
        { id: 'C-2', title: 'Doors', rules: [] },
      ],
    });
  });

  it.each([
    ['a rule that does not exist', { rule: 'b' }, 'own-1.yaml:8: control C-1: there is no rule `b`'],
    ['a control twice', { second: 'C-1' }, 'own-1.yaml:9: control C-1 is there already'],
    ['a relation that does not exist', { relation: 'same' }, 'own-1.yaml:8: controls.0.rules.a.relation'],
    ['a key that does not exist', { extra: 'logic: 1' }, 'own-1.yaml:4: logic: unknown key; known are title'],
    ['a source that is no web page', { source: 'javascript:x' }, 'own-1.yaml:3: source: Invalid'],
    ['broken YAML', { extra: '[' }, 'own-1.yaml:'],
  ])('is refused for %s, with file and line', async (_, change, message) => {
    await expect(load(written(change))).rejects.toThrow(message);
    await expect(load(written(change))).rejects.toMatchObject({ name: 'ConfigError' });
  });

  it('is refused where it is missing, too large, or no text', async () => {
    const folder = await tempDir();
    await expect(loadFramework(join(folder, 'no.yaml'), RULES)).rejects.toThrow('no.yaml:1: cannot be read');
    await expect(load(' '.repeat(600_000))).rejects.toThrow('expected at most');
    await expect(load(Uint8Array.from([0xff, 0xfe]))).rejects.toThrow('expected UTF-8 text');
  });
});

async function load(content: string | Uint8Array) {
  const file = join(await tempDir(), 'own-1.yaml');
  await writeFile(file, content);
  return loadFramework(file, new Set(['a']));
}

function written(change: {
  readonly rule?: string;
  readonly second?: string;
  readonly relation?: string;
  readonly source?: string;
  readonly extra?: string;
}): string {
  return `title: Own
version: '1'
source: ${change.source ?? 'https://own.example/controls'}
${change.extra ?? '# nothing more'}
controls:
  - id: C-1
    title: Keys
    rules: { ${change.rule ?? 'a'}: { relation: ${change.relation ?? 'equal'}, rationale: same test } }
  - { id: ${change.second ?? 'C-2'}, title: Doors, rules: {} }
`;
}
