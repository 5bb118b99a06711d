import { readFileSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkRules } from '#audit/check-rules.ts';
import { loadRules } from '#audit/load-rules.ts';
import { problemText } from '#audit/rule-problem.ts';
import { loadProfile, resolveParameters } from '#audit/parameters.ts';
import { ruleDocs } from '#tooling/rule-docs.ts';
import { emptySnapshot } from '#test/estates/estate.ts';
import { tempDir } from '#test/temp-dir.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RULES = join(ROOT, 'rules');

describe('the built-in rules', () => {
  it('pass their own check, examples included', async () => {
    const { problems, checked } = await checkRules([RULES], { openScratch: emptySnapshot, examples: true });
    expect(problems.map(problemText)).toEqual([]);
    expect(checked).toBeGreaterThanOrEqual(24);
    // Each example is a snapshot of its own.
  }, 180_000);

  it('lie in the folder of their category, and have a remedy, a playbook and two examples or more', async () => {
    const rules = await loadRules([RULES], true);
    const unlike = rules.filter(
      ({ file, header: { category, remedy, playbook, examples = [] } }) =>
        basename(dirname(file)) !== category ||
        !/^1\. .+\n2\. /u.test(remedy) ||
        playbook === null ||
        examples.length < 2,
    );
    expect(unlike.map(({ file }) => file)).toEqual([]);
  });

  it('keep thresholds out of their ids', async () => {
    for (const { header } of await loadRules([RULES], true)) expect(header.id).not.toMatch(/\d/u);
  });

  it('are documented in docs/rules.md as they are', async () => {
    const text = readFileSync(join(ROOT, 'docs/rules.md'), 'utf8');
    expect(text).toBe(ruleDocs(await loadRules([RULES], true)));
  });
});

describe('the guide to writing rules', () => {
  it('shows a whole rule that passes the check with its examples', async () => {
    const guide = readFileSync(join(ROOT, 'docs/writing-rules.md'), 'utf8');
    const file = join(await tempDir(), 'key-without-expiry.sql');
    await writeFile(file, /```sql\n([\s\S]*?)```/u.exec(guide)?.[1] ?? '');
    const { problems, checked } = await checkRules([file], { openScratch: emptySnapshot, examples: true });
    expect({ problems, checked }).toEqual({ problems: [], checked: 1 });
  });
});

describe('the built-in profiles', () => {
  const names = readdirSync(join(RULES, 'profiles')).map((file) => basename(file, '.yaml'));

  it.each(names)('name real rules and values that fit: %s', async (name) => {
    const rules = await loadRules([RULES], true);
    const profile = await loadProfile(join(RULES, 'profiles'), name);
    expect(Object.keys(resolveParameters(rules, profile, {}))).toHaveLength(rules.length);
  });

  it('are default, cis, pci and strict', () => {
    expect(names.toSorted()).toEqual(['cis', 'default', 'pci', 'strict']);
  });
});
