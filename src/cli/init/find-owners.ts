import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseBackstage } from '#config/owners/backstage.ts';
import { parseCodeowners } from '#config/owners/codeowners.ts';
import { parseRegistry } from '#config/owners/registry.ts';
import { readTextFile } from '#config/yaml-file.ts';
import { ConfigError } from '#model/errors.ts';
import type { FoundFiles, Remark } from './found.ts';

/** Where GitHub and GitLab look, in this order. */
const CODEOWNERS = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

const PARSERS = { codeowners: parseCodeowners, backstage: parseBackstage, registry: parseRegistry } as const;

type Owning = Pick<FoundFiles, keyof typeof PARSERS>;

/** Files that say who owns what, as far as a scan would read them; one that it would stop at is left out, and said. */
export async function findOwners(
  folder: string,
  files: readonly string[],
  remarks: Remark[],
): Promise<Owning> {
  const usable = async (kind: keyof Owning, paths: readonly string[]): Promise<string[]> => {
    const good: string[] = [];
    for (const file of paths) {
      try {
        PARSERS[kind](await readTextFile(file), file);
        good.push(file);
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        remarks.push({ what: 'owners', detail: `left out: ${error.message}` });
      }
    }
    return good;
  };
  const codeowners = CODEOWNERS.map((path) => join(folder, path)).filter((path) => existsSync(path));
  return {
    codeowners: await usable('codeowners', codeowners.slice(0, 1)),
    backstage: await usable(
      'backstage',
      files.filter((file) => /^catalog-info\.ya?ml$/u.test(basename(file))),
    ),
    registry: await usable(
      'registry',
      files.filter((file) => basename(file) === 'nhi-registry.yaml'),
    ),
  };
}
