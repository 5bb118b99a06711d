import type { System } from '#model/system.ts';
import type { ConfigInput } from './examples.ts';

/** An entry of `targets`. */
export type TargetInput = NonNullable<ConfigInput['targets']>[number];

/** Something to tell about what was looked for. */
export interface Remark {
  readonly what: string;
  readonly detail: string;
}

/** Live systems that this machine has credentials for. */
export interface FoundTargets {
  readonly targets: readonly TargetInput[];
  /** Others that it could read: contexts of the kubeconfig beside the current one. */
  readonly spare: readonly TargetInput[];
  readonly remarks: readonly Remark[];
}

/** What lies in the folders that were looked into. Paths are absolute. */
export interface FoundFiles {
  /** Folders and files with exports, and of which systems. */
  readonly exports: readonly { readonly path: string; readonly systems: readonly System[] }[];
  readonly codeowners: readonly string[];
  readonly backstage: readonly string[];
  readonly registry: readonly string[];
  /** Folders with Kubernetes manifests that are no exports. */
  readonly manifests: readonly string[];
  /** Folders with Terraform's files. */
  readonly terraform: readonly string[];
  readonly remarks: readonly Remark[];
}
