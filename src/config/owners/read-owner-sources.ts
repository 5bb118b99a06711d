import type { OwnerSources, People } from '#model/ownership.ts';
import { readTextFile } from '../yaml-file.ts';
import { parseBackstage } from './backstage.ts';
import { parseCodeowners } from './codeowners.ts';
import { parsePeopleCsv } from './people-csv.ts';
import { parsePeopleScim } from './people-scim.ts';
import { parseRegistry } from './registry.ts';
import type { OwnersConfig } from './schema.ts';

/** A directory of a large organisation is larger than any file that a person writes. */
const MAX_PEOPLE_BYTES = 64_000_000;

/**
 * Reads every file that `owners:` names; paths are absolute. All or nothing: throws ConfigError that names file and line
 * for the first that is wrong.
 */
export async function readOwnerSources(config: OwnersConfig): Promise<OwnerSources> {
  const registry = await readAll(config.registry, parseRegistry);
  const catalogue = await readAll(config.backstage, parseBackstage);
  const codeowners = await Promise.all(
    config.codeowners.map(async ({ file, path }) => ({
      rules: parseCodeowners(await readTextFile(file), file),
      path: path ?? null,
    })),
  );
  const people = await Promise.all(config.people.map(readPeople));
  return {
    keys: config.keys,
    registry: registry.flat(),
    catalogue: catalogue.flat(),
    codeowners,
    people:
      people.length === 0
        ? null
        : {
            persons: people.flatMap(({ persons }) => persons),
            teams: people.flatMap(({ teams }) => teams),
          },
  };
}

async function readPeople(file: string): Promise<People> {
  const text = await readTextFile(file, MAX_PEOPLE_BYTES);
  return /^\uFEFF?\s*[[{]/u.test(text) ? parsePeopleScim(text, file) : parsePeopleCsv(text, file);
}

function readAll<Said>(
  files: readonly string[],
  parse: (text: string, file: string) => Said,
): Promise<Said[]> {
  return Promise.all(files.map(async (file) => parse(await readTextFile(file), file)));
}
