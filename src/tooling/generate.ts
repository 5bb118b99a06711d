import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configJsonSchema } from './config-json-schema.ts';
import { plugInIndexes, type Generated } from './plug-ins.ts';

const root = join(import.meta.dirname, '../..');
const check = process.argv.includes('--check');

/** Everything that is generated quickly from what is in the repository. */
export function generatedFiles(): Generated[] {
  return [...plugInIndexes(root), configJsonSchema()];
}

let stale = 0;
for (const { file, text } of generatedFiles()) {
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
