import type { People } from '#model/ownership.ts';

/** What a name of an owner stands for. */
export interface KnownName {
  /** The same for names that stand for the same person or team. */
  readonly key: string;
  readonly kind: 'person' | 'team';
  /**
   * `known`: an active person, or a team with one. `left`: the person is not active, or the team is empty. `stranger`:
   * nobody knows the name. `unchecked`: there is nothing to look it up in.
   */
  readonly standing: 'known' | 'left' | 'stranger' | 'unchecked';
}

/** Tells what names of owners stand for, by the people and teams that are known. */
export function nameReader(people: People | null): (written: string) => KnownName {
  const persons = new Map<string, { readonly key: string; readonly good: boolean }>();
  const teams = new Map<string, { readonly key: string; readonly good: boolean }>();
  for (const [at, { aliases, active }] of (people?.persons ?? []).entries()) {
    // Of two records of one person, such as an old account and a new one, an active one stands.
    for (const alias of aliases)
      if (active || !persons.has(alias)) persons.set(alias, { key: `person ${at}`, good: active });
  }
  for (const { aliases, activeMembers } of people?.teams ?? []) {
    for (const alias of aliases) {
      if (activeMembers > 0 || !teams.has(alias))
        teams.set(alias, { key: `team ${aliases[0] ?? alias}`, good: activeMembers > 0 });
    }
  }
  return (written) => {
    const { forms, hint } = readName(written);
    const find = (known: typeof persons) =>
      forms.map((form) => known.get(form)).find((each) => each !== undefined);
    const person = hint === 'team' ? undefined : find(persons);
    const team = hint === 'person' ? undefined : find(teams);
    const found = person ?? team;
    if (found !== undefined) {
      return {
        key: found.key,
        kind: person === undefined ? 'team' : 'person',
        standing: found.good ? 'known' : 'left',
      };
    }
    const kind = hint ?? (isAddress(written) ? 'person' : 'team');
    // A source of people alone cannot miss a team.
    const isListed = people !== null && (kind === 'person' || teams.size > 0);
    return { key: `name ${forms.at(-1) ?? written}`, kind, standing: isListed ? 'stranger' : 'unchecked' };
  };
}

/** The forms under which a name may be known, the barest last; `hint`: what it says it is. */
function readName(written: string): {
  readonly forms: readonly string[];
  readonly hint: KnownName['kind'] | null;
} {
  const name = written.trim().toLowerCase();
  // https://backstage.io/docs/features/software-catalog/references
  const reference = /^(?<kind>user|group):(?:[^/]+\/)?(?<rest>.+)$/u.exec(name)?.groups;
  const rest = (reference?.['rest'] ?? name).replace(/^@/u, '');
  const forms = [...new Set([name, rest, rest.split('/').at(-1) ?? rest])];
  if (reference !== undefined) return { forms, hint: reference['kind'] === 'user' ? 'person' : 'team' };
  if (/^@[^/]+\/.+$/u.test(name)) return { forms, hint: 'team' };
  return { forms, hint: null };
}

function isAddress(name: string): boolean {
  return /^[^@\s]+@[^@\s]+$/u.test(name.trim());
}
