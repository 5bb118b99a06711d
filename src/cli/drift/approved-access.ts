import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ApprovedBaseline } from '#config/baseline.ts';
import type { LoadedConfig } from '#config/load-config.ts';
import { readIntent, type Intent } from '#drift/intent.ts';
import type { ApprovedCode } from '#iac/approved.ts';
import { ConfigError } from '#model/errors.ts';
import type { DriftOptions } from '../commands/drift.ts';

/** What was approved, as one file of facts or as code. */
export type ApprovedAccess =
  | { readonly kind: 'entitlements'; readonly name: string; readonly intent: Intent }
  | { readonly kind: 'code'; readonly name: string; readonly code: readonly ApprovedCode[] };

/** What the command line names as approved, else the configuration; null: nothing does. Throws ConfigError. */
export async function approvedAccess(
  given: Pick<DriftOptions, 'baseline' | 'cluster'>,
  config: LoadedConfig,
  cwd: string,
): Promise<ApprovedAccess | null> {
  const files = given.baseline?.map((name) => ({
    path: resolve(cwd, name),
    name,
    cluster: given.cluster ?? null,
  }));
  return readApproved(files ?? config.baseline);
}

/** Tells what the files are and reads approved facts at once; code is read where it is compared. Throws ConfigError. */
export async function readApproved(files: readonly ApprovedBaseline[]): Promise<ApprovedAccess | null> {
  const [first, ...others] = files;
  if (first === undefined) return null;
  const kinds = await Promise.all(files.map(kindOf));
  if (kinds[0] === 'entitlements' && others.length === 0) {
    const intent = { ...(await readIntent(first.path)), name: first.name };
    return { kind: 'entitlements', name: first.name, intent };
  }
  const code = files.map((file, at): ApprovedCode => {
    const kind = kinds[at];
    if (kind !== undefined && kind !== 'entitlements') return { ...file, kind };
    throw new ConfigError(`${file.name}: approved access in a file of facts stands alone`, {
      hint: 'Give one entitlements.yaml, or Terraform states and Kubernetes manifests.',
    });
  });
  return { kind: 'code', name: files.map(({ name }) => name).join(', '), code };
}

const HEAD_BYTES = 65_536;

async function kindOf({ path, name }: ApprovedBaseline): Promise<ApprovedCode['kind'] | 'entitlements'> {
  try {
    if ((await stat(path)).isDirectory()) return 'kubernetes-manifests';
    const head = await headOf(path);
    if (/"(?:terraform_version|format_version|lineage|resource_changes)"\s*:/u.test(head))
      return 'terraform-state';
    return /^(?:apiVersion|kind):|"apiVersion"\s*:/mu.test(head) ? 'kubernetes-manifests' : 'entitlements';
  } catch (cause) {
    throw new ConfigError(`${name}: cannot be read`, {
      hint: 'Approved access is an entitlements.yaml, a Terraform state, or Kubernetes manifests.',
      cause,
    });
  }
}

async function headOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
