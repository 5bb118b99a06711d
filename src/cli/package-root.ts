import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of this package, from its source as well as from its build: where `rules/` and `examples/` lie. */
export function packageRoot(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new Error('package.json is missing above the program');
  }
}
