import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CATEGORIES } from '#model/finding.ts';
import { newCollector, newReport, newRule } from './scaffolds.ts';
import type { Generated } from './plug-ins.ts';

/** `npm run new:rule -- stale/my-rule`, `new:collector -- github`, `new:report -- yaml`: writes a plug-in with its test. */
const root = join(import.meta.dirname, '../..');
const [family = '', name = ''] = process.argv.slice(2);

const files = filesFor(family, name);
if (typeof files === 'string') {
  process.stderr.write(`${files}\n`);
  process.exitCode = 2;
} else {
  for (const { file, text } of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
    process.stdout.write(`${file} written\n`);
  }
  process.stdout.write('Now: npm run generate && npm run check\n');
}

function filesFor(kind: string, wanted: string): readonly Generated[] | string {
  const made = scaffold(kind, wanted);
  if (typeof made === 'string') return made;
  const taken = made.find(({ file }) => existsSync(join(root, file)));
  return taken === undefined ? made : `${taken.file} is there already`;
}

function scaffold(kind: string, wanted: string): readonly Generated[] | string {
  const word = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u;
  if (kind === 'rule') {
    const [category = '', id = ''] = wanted.split('/');
    const known = CATEGORIES.find((each) => each === category);
    if (known === undefined || !word.test(id)) {
      return `Name it as CATEGORY/ID in kebab-case; the categories are ${CATEGORIES.join(', ')}.`;
    }
    return newRule(known, id);
  }
  if (!word.test(wanted)) return 'Name it in kebab-case.';
  return kind === 'collector' ? newCollector(wanted) : newReport(wanted);
}
