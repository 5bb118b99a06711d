import { resolve } from 'node:path';
import { z } from 'zod';

const path = z.string().min(1);

/** `baseline:` in the configuration: where approved access is written. */
export const baselineSchema = z
  .union([
    path,
    z.array(
      z.union([
        path,
        z.strictObject({
          path: path.describe('The file or folder.'),
          cluster: z
            .string()
            .min(1)
            .optional()
            .describe('The cluster that Kubernetes objects are of; left out: the only one of the scan.'),
        }),
      ]),
    ),
  ])
  .optional()
  .describe(
    'Approved access: an entitlements.yaml, or Terraform states and folders of Kubernetes manifests. What differs is drift.',
  );

/** A file or folder with approved access; the path is absolute. */
export interface ApprovedBaseline {
  readonly path: string;
  /** How to name it. */
  readonly name: string;
  readonly cluster: string | null;
}

/** Every form of `baseline:` as one, with paths that are absolute. */
export function absoluteBaseline(
  baseline: z.output<typeof baselineSchema>,
  folder: string,
): ApprovedBaseline[] {
  const all = typeof baseline === 'string' ? [baseline] : (baseline ?? []);
  return all.map((each) => {
    const { path: name, cluster = null } = typeof each === 'string' ? { path: each } : each;
    return { path: resolve(folder, name), name, cluster };
  });
}
