import type { Account } from './account.ts';

interface Owned {
  readonly team: string | null;
  readonly tags?: Readonly<Record<string, string>>;
}

/** The tags that Acme's tagging standard asks for; what nobody owns has none. */
export function ownerTags(account: Account, { team, tags = {} }: Owned): readonly object[] {
  const standard: Readonly<Record<string, string>> =
    team === null ? {} : { owner: team, environment: account.environment };
  return Object.entries({ ...standard, ...tags }).map(([Key, Value]) => ({ Key, Value }));
}

/** What Acme writes on users that are programs. */
export const SERVICE = { 'identity-type': 'service' } as const;
