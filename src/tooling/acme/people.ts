import { uuid } from './seed.ts';

/** Somebody at Acme who owns something or answers for a team; none of them exists. */
export interface Person {
  readonly name: string;
  readonly team: string;
  readonly hasLeft?: true;
}

/** Those of Acme's people whom the estate names, by the first part of their address. */
export const PEOPLE = {
  'mara.lindqvist': { name: 'Mara Lindqvist', team: 'platform' },
  'tomas.okafor': { name: 'Tomas Okafor', team: 'web-shop' },
  'priya.venn': { name: 'Priya Venn', team: 'data' },
  'jonas.ekdahl': { name: 'Jonas Ekdahl', team: 'payments' },
  'ines.moreau': { name: 'Ines Moreau', team: 'operations' },
  'sol.haraldsen': { name: 'Sol Haraldsen', team: 'monitoring' },
  'noor.castell': { name: 'Noor Castell', team: 'security' },
  'wren.halloway': { name: 'Wren Halloway', team: 'operations', hasLeft: true },
} as const satisfies Readonly<Record<string, Person>>;

export type PersonId = keyof typeof PEOPLE;

/** Everybody, in the order of the register. */
export function everybody(): readonly (Person & { readonly id: PersonId })[] {
  // Keys of a literal object are those of its type.
  return (Object.keys(PEOPLE) as PersonId[]).map((id) => ({ id, ...PEOPLE[id] }));
}

/** The mail address, which is the name to sign in with as well. */
export function address(id: PersonId): string {
  return `${id}@acme.example`;
}

/** The object id in Entra. */
export function userId(id: PersonId): string {
  return uuid(`user ${id}`);
}
