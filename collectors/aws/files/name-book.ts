import type { IamArn } from '../arn.ts';

/**
 * Ties the names of users and roles, which is all that some exports have, to ARNs. Only names that were asked for
 * before the survey are kept.
 */
export interface NameBook {
  readonly want: (name: string) => void;
  /** A user or role that the import has. */
  readonly found: (arn: IamArn) => void;
  /** A folder with an export of an account. */
  readonly seen: (accountId: string, folder: string) => void;
  /**
   * The one user or role of that name, or why there is none. Of several the one counts whose account is the one that
   * `folder` has exports of.
   */
  readonly resolve: (name: string, folder: string, type?: string) => Resolved;
}

export type Resolved =
  { readonly arn: IamArn; readonly problem: null } | { readonly arn: null; readonly problem: string };

/** A book without names. */
export function createNameBook(): NameBook {
  const wanted = new Map<string, IamArn[]>();
  const folders = new Map<string, Set<string>>();
  return {
    want: (name) => {
      if (!wanted.has(name)) wanted.set(name, []);
    },
    found: (arn) => {
      const arns = wanted.get(arn.name);
      if (arns !== undefined && !arns.some((other) => other.arn === arn.arn)) arns.push(arn);
    },
    seen: (accountId, folder) => {
      folders.set(folder, (folders.get(folder) ?? new Set()).add(accountId));
    },
    resolve: (name, folder, type) => {
      const arns = (wanted.get(name) ?? []).filter((arn) => type === undefined || arn.type === type);
      const here = arns.filter(({ accountId }) => accountId !== null && folders.get(folder)?.has(accountId));
      const candidates = here.length > 0 ? here : arns;
      const [arn] = candidates;
      const what = type ?? 'user or role';
      if (arn === undefined) return { arn: null, problem: `no ${what} of the import is called ${name}` };
      if (candidates.length === 1) return { arn, problem: null };
      return { arn: null, problem: `more than one ${what} of the import is called ${name}` };
    },
  };
}
