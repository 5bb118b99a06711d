import { join, resolve } from 'node:path';
import { loadSigningKey } from '#ledger/keys.ts';
import { UsageError } from '#model/errors.ts';
import { approve } from '#revocation/approvals.ts';
import type { Guard } from '#revocation/plan.ts';
import type { RevokeApproveOptions } from '../commands/revoke.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { print, type Io } from '../io.ts';
import { loadPlan, revocationFolder, writePrivate } from '../revoke/folder.ts';
import { loadSettings } from '../settings.ts';

/** `nhi revoke approve` */
export async function revokeApproveAction(
  which: string,
  options: RevokeApproveOptions,
  io: Io,
): Promise<ExitCode> {
  const { dataDir } = await loadSettings(options, io);
  const plan = await loadPlan(which, dataDir, io.cwd);
  const held = plan.guards.filter(({ verdict }) => verdict === 'hold').map(({ id }) => id);
  const approval = approve(plan, {
    approver: options.as,
    overrules: (options.overrule ?? []).map((word) => guardOf(word, held)),
    time: io.now().toISOString(),
    key: await loadSigningKey(resolve(io.cwd, options.key)),
  });
  const name = options.as.toLowerCase().replaceAll(/[^a-z\d]+/gu, '-');
  const file = join(revocationFolder(dataDir, plan.id).approvals, `${name}.json`);
  await writePrivate(file, approval);
  await print(io, `Approved by ${options.as}: ${file}\nNext: nhi revoke apply ${plan.id} --execute\n`);
  return EXIT.fine;
}

function guardOf(word: string, held: readonly Guard['id'][]): Guard['id'] {
  const found = held.find((id) => id === word);
  if (found !== undefined) return found;
  throw new UsageError(`--overrule ${word}: no such guard holds the plan`, {
    hint: held.length === 0 ? 'Nothing holds it.' : `It is held by ${[...new Set(held)].join(', ')}.`,
  });
}
