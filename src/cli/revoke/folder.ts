import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { RevocationError } from '#model/errors.ts';
import { parseApproval, type Approval } from '#revocation/approvals.ts';
import { parsePlan, type Plan } from '#revocation/plan.ts';

/** Where a revocation keeps what. */
export interface RevocationFolder {
  readonly folder: string;
  readonly plan: string;
  readonly approvals: string;
  readonly before: string;
  readonly evidence: string;
}

/** The folder of a revocation in a data folder. */
export function revocationFolder(dataDir: string, id: string): RevocationFolder {
  const folder = join(dataDir, 'revocations', id);
  return {
    folder,
    plan: join(folder, 'plan.json'),
    approvals: join(folder, 'approvals'),
    before: join(folder, 'before'),
    evidence: join(folder, 'evidence'),
  };
}

/** The ids of all revocations, newest first. */
export async function revocationIds(dataDir: string): Promise<string[]> {
  const names = await readdir(join(dataDir, 'revocations')).catch((): string[] => []);
  return names.toSorted().toReversed();
}

/** A plan by its id, the start of one, or its file. Throws RevocationError where there is none, or more than one. */
export async function loadPlan(which: string, dataDir: string, cwd: string): Promise<Plan> {
  if (which.endsWith('.json')) return parsePlan(await textOf(resolve(cwd, which)), which);
  const ids = await revocationIds(dataDir);
  const fitting = ids.includes(which) ? [which] : ids.filter((id) => id.startsWith(which));
  const [id, ...others] = fitting;
  if (id === undefined || others.length > 0) {
    throw new RevocationError(
      id === undefined ? `${which}: no such revocation` : `${which} can mean ${fitting.length} revocations`,
      { hint: 'nhi revoke list shows them.' },
    );
  }
  const file = revocationFolder(dataDir, id).plan;
  return parsePlan(await textOf(file), file);
}

/** Every approval that lies in a revocation's folder. */
export async function loadApprovals({ approvals }: RevocationFolder): Promise<Approval[]> {
  const names = await readdir(approvals).catch(() => []);
  const files = names.filter((name) => name.endsWith('.json')).toSorted();
  return Promise.all(
    files.map(async (name) => parseApproval(await textOf(join(approvals, name)), join(approvals, name))),
  );
}

/** Writes a file that only its owner can read, whole or not at all. */
export async function writePrivate(file: string, value: unknown): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true, mode: 0o700 });
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(value, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new RevocationError(`${file} cannot be read`, { cause: error });
  });
}
