import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './package-root.ts';

/** The version in package.json. */
export const VERSION = readVersion();

function readVersion(): string {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8');
  // Our own file: its shape is known.
  return (JSON.parse(text) as { version: string }).version;
}
