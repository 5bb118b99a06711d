import { ConfigError } from '#model/errors.ts';
import type { People } from '#model/ownership.ts';
import { parseCsv } from './csv.ts';
import { peopleFrom, type Member } from './people.ts';

const COLUMNS = ['id', 'email', 'name', 'active', 'teams'];
const TRUE: readonly string[] = ['true', 'yes', '1', 'active'];
const FALSE: readonly string[] = ['false', 'no', '0', 'inactive'];

/**
 * Parses people from CSV with a header: `id` and `active` are needed, `email`, `name` and `teams` (with semicolons
 * between) may be there, other columns are passed over. Throws ConfigError that names file, line and what was expected.
 */
export function parsePeopleCsv(text: string, file: string): People {
  const [header, ...rows] = parseCsv(text, file);
  const names = header?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  for (const needed of ['id', 'active']) {
    if (names.filter((each) => each === needed).length !== 1) {
      throw wrong(file, 1, `expected one column ${needed} in the header (${COLUMNS.join(', ')})`);
    }
  }
  const members = rows.map(({ cells, line }): Member => {
    if (cells.length !== names.length) {
      throw wrong(file, line, `${cells.length} cells where the header has ${names.length}`);
    }
    const cell = (name: string) => cells[names.indexOf(name)]?.trim() ?? '';
    const active = cell('active').toLowerCase();
    if (cell('id') === '') throw wrong(file, line, 'id is empty');
    if (!TRUE.includes(active) && !FALSE.includes(active)) {
      throw wrong(file, line, `active is ${JSON.stringify(active)}: expected true or false`);
    }
    return {
      aliases: [cell('id'), cell('email'), cell('name')],
      active: TRUE.includes(active),
      teams: cell('teams').split(';'),
    };
  });
  return peopleFrom(members, []);
}

function wrong(file: string, line: number, what: string): ConfigError {
  return new ConfigError(`${file}:${line}: ${what}`, { hint: 'docs/owners.md shows such a file.' });
}
