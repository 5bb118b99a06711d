import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadRules } from '#audit/load-rules.ts';
import { configJsonSchema } from './config-json-schema.ts';
import { plugInIndexes, type Generated } from './plug-ins.ts';
import { ruleDocs } from './rule-docs.ts';
import { schemaDocs } from './schema-docs.ts';

/** `npm run generate` writes what is made from something else in the repository; with `--check` it only compares. */
const root = join(import.meta.dirname, '../..');
const check = process.argv.includes('--check');

async function generatedFiles(): Promise<Generated[]> {
  return [
    ...plugInIndexes(root),
    configJsonSchema(),
    { file: 'docs/schema.md', text: schemaDocs() },
    { file: 'docs/rules.md', text: ruleDocs(await loadRules([join(root, 'rules')], true)) },
  ];
}

let stale = 0;
for (const { file, text } of await generatedFiles()) {
  const path = join(root, file);
  if (readOr(path) === text) continue;
  stale += 1;
  if (check) process.stderr.write(`${file} is stale: run npm run generate\n`);
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    process.stdout.write(`${file} written\n`);
  }
}
if (check && stale > 0) process.exitCode = 1;

function readOr(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
