import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { approvedText } from './approved.ts';

/** Takes what was planted out of the approved access that `nhi drift --write-baseline` has just written there. */
const path = join(process.cwd(), 'examples', 'acme', 'governance', 'entitlements.yaml');
await writeFile(path, approvedText(await readFile(path, 'utf8')));
