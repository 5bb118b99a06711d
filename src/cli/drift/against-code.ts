import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectors } from '#collectors/index.ts';
import { driftFromCode, type ApprovedCode, type CodeDrift } from '#iac/approved.ts';
import type { Reader } from '#store/reader.ts';
import { VERSION } from '../version.ts';

/** What of a snapshot is not as approved code has it. The folder that this takes is removed. */
export async function againstCode(
  base: Reader,
  code: readonly ApprovedCode[],
  signal: AbortSignal,
): Promise<CodeDrift> {
  const folder = await mkdtemp(join(tmpdir(), 'nhi-'));
  try {
    return await driftFromCode({ base, code, collectors, folder, toolVersion: VERSION, signal });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
