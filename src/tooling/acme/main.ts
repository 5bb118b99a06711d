import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { acmeFiles } from './estate.ts';

/** Writes the estate anew into `examples/acme` of the current folder; its README is written by hand and stays. */
const root = join(process.cwd(), 'examples', 'acme');
for (const folder of ['aws', 'azure', 'gcp', 'kubernetes'])
  await rm(join(root, folder), { recursive: true, force: true });
for (const [name, text] of acmeFiles()) {
  const path = join(root, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
