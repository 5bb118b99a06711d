import type { People } from '#model/ownership.ts';

/** Somebody as a file names them, with the names of their teams. */
export interface Member {
  readonly aliases: readonly string[];
  readonly active: boolean;
  readonly teams: readonly string[];
}

/** People and teams from members; `teams` names those that may have none. Names are compared without case. */
export function peopleFrom(members: readonly Member[], teams: readonly string[]): People {
  const counts = new Map(teams.map((name) => [clean(name), 0]));
  for (const { active, teams: names } of members) {
    for (const name of new Set(names.map(clean))) {
      counts.set(name, (counts.get(name) ?? 0) + (active ? 1 : 0));
    }
  }
  counts.delete('');
  return {
    persons: members.map(({ aliases, active }) => ({
      aliases: [...new Set(aliases.map(clean))].filter((alias) => alias !== ''),
      active,
    })),
    teams: [...counts].map(([name, activeMembers]) => ({ aliases: [name], activeMembers })),
  };
}

function clean(name: string): string {
  return name.trim().toLowerCase();
}
