import type { Uid } from '#model/system.ts';
import type { Holdings } from './entities/entity.ts';
import { textOf } from './fields.ts';
import { learnNames, type Naming } from './naming.ts';
import { readBindings, type Bound } from './rows/bindings.ts';
import { readHierarchy, type Hierarchy } from './rows/hierarchy.ts';

/** What was read, with what can only be told from all of it together. */
export interface Estate {
  readonly holdings: Holdings;
  readonly naming: Naming;
  readonly hierarchy: Hierarchy;
  /** Every member of every binding of every allow policy, each once. */
  readonly bindings: readonly Bound[];
  /** The uids of the service accounts that were listed. */
  readonly accounts: ReadonlySet<Uid>;
}

/** Puts together what was read; `problem` is told of parts that are not understood, with their place. */
export function estateOf(holdings: Holdings, problem: (detail: string) => void): Estate {
  const naming = learnNames(holdings);
  const accounts = (holdings.get('service-account') ?? []).flatMap(
    ({ fields }) => textOf(fields, 'email') ?? [],
  );
  return {
    holdings,
    naming,
    hierarchy: readHierarchy(holdings, naming),
    bindings: readBindings(holdings, naming, problem),
    accounts: new Set(accounts.map((email) => `gcp:serviceAccount:${email.toLowerCase()}`)),
  };
}
