import { join } from 'node:path';
import { actions, evaluators, playbookFiles } from '#playbooks/index.ts';
import { readPlaybook } from '#playbooks/read-playbook.ts';
import type { ActionPack } from '#revocation/playbooks.ts';
import { packageRoot } from '../package-root.ts';

/** Every action, evaluator and playbook that comes with the program. Throws ConfigError. */
export async function loadActionPack(): Promise<ActionPack> {
  const files = playbookFiles.map((file) => join(packageRoot(), 'playbooks', file));
  return { actions, evaluators, playbooks: await Promise.all(files.map(readPlaybook)) };
}
