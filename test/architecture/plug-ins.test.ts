import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, textOf } from './source-files.ts';
import { plugInIndexes } from '../../src/tooling/plug-ins.ts';
import { configJsonSchema } from '../../src/tooling/config-json-schema.ts';

describe('plug-ins', () => {
  it('stand in indexes that are up to date', () => {
    for (const { file, text } of [...plugInIndexes(ROOT), configJsonSchema()]) {
      expect(textOf(file), `${file}: run npm run generate`).toBe(text);
    }
  });

  it('that are collectors have tests and a guide', () => {
    for (const system of folders('collectors').filter((name) => name !== 'shared')) {
      expect(existsSync(join(ROOT, 'test/collectors', system)), `test/collectors/${system}`).toBe(true);
      expect(existsSync(join(ROOT, 'docs', `${system}.md`)), `docs/${system}.md`).toBe(true);
    }
  });

  it('that are reports have tests and stand in docs/reports.md', () => {
    const docs = textOf('docs/reports.md');
    for (const format of folders('reports')) {
      expect(testFor('test/reports', format), `a test for the report ${format}`).toBe(true);
      expect(docs).toContain(format);
    }
  });

  it('that are rules have a test of their own and stand in docs/rules.md', () => {
    const docs = textOf('docs/rules.md');
    const rules = folders('rules')
      .flatMap((category) => readdirSync(join(ROOT, 'rules', category)).map((file) => ({ category, file })))
      .filter(({ file }) => file.endsWith('.sql'))
      .map(({ category, file }) => ({ category, id: file.replace(/\.sql$/u, '') }));
    expect(rules.length).toBeGreaterThanOrEqual(14);
    for (const { category, id } of rules) {
      expect(
        existsSync(join(ROOT, 'test/rules', category, `${id}.test.ts`)),
        `test/rules/${category}/${id}.test.ts`,
      ).toBe(true);
      expect(docs).toContain(`\`${id}\``);
    }
  });
});

function folders(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

function testFor(folder: string, format: string): boolean {
  const base = join(ROOT, folder);
  return existsSync(join(base, format)) || existsSync(join(base, `${format}.test.ts`));
}
