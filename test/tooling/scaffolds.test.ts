import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { checkRules } from '#audit/check-rules.ts';
import { newCollector, newReport, newRule } from '#tooling/scaffolds.ts';
import { plugInIndexes } from '#tooling/plug-ins.ts';
import { emptySnapshot } from '#test/estates/estate.ts';
import { tempDir } from '../temp-dir.ts';

describe('scaffolds', () => {
  it('make a rule that passes every check, its examples among them', async () => {
    const folder = await tempDir();
    const [rule] = newRule('stale', 'too-old-identity');
    const file = join(folder, rule?.file ?? '');
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, rule?.text ?? '');
    expect(await checkRules([file], { openScratch: emptySnapshot, examples: true })).toEqual({
      problems: [],
      checked: 1,
    });
  });

  it('make TypeScript that parses, beside a test for each plug-in', () => {
    const made = [...newRule('trust', 'a-rule'), ...newCollector('git-hub'), ...newReport('yaml-lines')];
    for (const { file, text } of made.filter((each) => each.file.endsWith('.ts'))) {
      expect(parseSync(file, text).errors, file).toEqual([]);
    }
    expect(made.map(({ file }) => file).filter((file) => file.endsWith('.test.ts'))).toHaveLength(3);
  });

  it('name plug-ins as the generated indexes import them', async () => {
    const folder = await tempDir();
    for (const { file, text } of [
      ...newRule('trust', 'a-rule'),
      ...newCollector('git-hub'),
      ...newReport('yaml-lines'),
    ]) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    const [collectors, reports, rules] = plugInIndexes(folder);
    expect(collectors?.text).toContain("import { gitHubCollector } from './git-hub/index.ts';");
    expect(newCollector('git-hub')[0]?.text).toContain('export const gitHubCollector');
    expect(reports?.text).toContain("import { yamlLinesReport } from './yaml-lines/index.ts';");
    expect(newReport('yaml-lines')[0]?.text).toContain('export const yamlLinesReport');
    expect(rules?.text).toContain("'trust/a-rule.sql'");
  });
});
