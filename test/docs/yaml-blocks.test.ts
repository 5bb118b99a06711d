import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { loadFramework } from '#audit/load-frameworks.ts';
import { loadConfig } from '#config/load-config.ts';
import { parseRegistry } from '#config/owners/registry.ts';
import { readIntent } from '#drift/intent.ts';
import { readPolicy } from '#gate/policy.ts';
import { readWaivers } from '#gate/waivers/read-waivers.ts';
import { tempDir } from '../temp-dir.ts';
import { blocksOf, PAGES, type Block } from './blocks.ts';

/** What reads a file of each kind that docs show, by what it is usually called. */
const LOADERS: Readonly<Record<string, (file: string, text: string) => unknown>> = {
  'nhi.yaml': (file) => loadConfig(file, dirname(file)),
  'gate.yaml': (file) => readPolicy(file),
  'waivers.yaml': (file) => readWaivers([file]),
  'entitlements.yaml': (file) => readIntent(file),
  'nhi-registry.yaml': (file, text) => parseRegistry(text, file),
  'framework.yaml': (file) => loadFramework(file, null),
};

/** Files of other programs, which only have to be YAML. */
const OTHERS = /^(?:\.github\/|\.gitlab-ci|kustomization|catalog-info|docker-compose|compose|values)/u;

/** What a block says that it is, in its first line: `# gate.yaml`, `# in nhi.yaml; …`. */
function titleOf({ text }: Block): string | null {
  return /^# (?:in )?([\w./-]+\.ya?ml)\b/u.exec(text)?.[1] ?? null;
}

async function problemWith(block: Block, names: readonly string[]): Promise<string | null> {
  const folder = await tempDir();
  const problems: string[] = [];
  for (const name of names) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, block.text);
    try {
      const load = LOADERS[name];
      if (load === undefined) return `${name}: no file that nhi reads`;
      await load(file, block.text);
      return null;
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  return problems.join('\n');
}

const blocks = PAGES.flatMap(blocksOf);
const place = ({ page, line }: Block) => `${page}:${line}`;
const yaml = blocks
  .filter(({ language }) => /^ya?ml$/u.test(language))
  .map((block) => [place(block), block] as const);
const json = blocks
  .filter(({ language }) => /^json$/u.test(language))
  .map((block) => [place(block), block] as const);

describe('the YAML that docs show', () => {
  it('is there', () => {
    expect(yaml.length).toBeGreaterThan(15);
    expect(yaml.filter(([, block]) => titleOf(block) === 'nhi.yaml')).not.toEqual([]);
  });

  it.each(yaml)('is read by what it is for: %s', async (_place, block) => {
    const title = titleOf(block);
    expect(parseAllDocuments(block.text).flatMap(({ errors }) => errors)).toEqual([]);
    if (title !== null && OTHERS.test(title)) return;
    const names = title === null ? Object.keys(LOADERS) : [basename(title)];
    expect(await problemWith(block, names)).toBeNull();
  });
});

describe('the JSON that docs show', () => {
  it.each(json)('parses, whole or line by line: %s', (_place, { text }) => {
    const whole = () => JSON.parse(text);
    const lines = () =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    expect(text.trimStart().startsWith('{"') ? lines : whole).not.toThrow();
  });
});
