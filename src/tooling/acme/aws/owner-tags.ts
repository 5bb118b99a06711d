import { type Account, DEV } from './account.ts';

interface Owned {
  readonly team: string | null;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What is in the development account is looked through each half-year. */
const REVIEWED = { 'review-by': '2027-03-31' };

/** The tags that Acme's tagging standard asks for; what nobody owns has none. */
export function ownerTags(account: Account, { team, tags = {} }: Owned): readonly object[] {
  const standard: Readonly<Record<string, string>> =
    team === null
      ? {}
      : { owner: team, environment: account.environment, ...(account === DEV ? REVIEWED : {}) };
  return Object.entries({ ...standard, ...tags }).map(([Key, Value]) => ({ Key, Value }));
}

/** What Acme writes on users that are programs. */
export const SERVICE = { 'identity-type': 'service' } as const;
