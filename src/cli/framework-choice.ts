import { join, resolve } from 'node:path';
import { frameworkNames, loadFramework } from '#audit/load-frameworks.ts';
import type { Framework } from '#contract/framework.ts';
import { UsageError } from '#model/errors.ts';
import type { Io } from './io.ts';
import { packageRoot } from './package-root.ts';

/**
 * The built-in framework of that name; or of the one name that begins with it, the newest where the others are only
 * other versions of it (`cis-aws`); or that of a YAML file. `ruleIds` are all that the controls of a file may name. Throws UsageError that lists the names.
 */
export async function chooseFramework(name: string, io: Io, ruleIds: readonly string[]): Promise<Framework> {
  if (/\.ya?ml$/u.test(name)) return loadFramework(resolve(io.cwd, name), new Set(ruleIds));
  const folder = join(packageRoot(), 'rules', 'frameworks');
  const names = await frameworkNames(folder);
  const begun = names.filter((each) => each.startsWith(`${name}-`));
  const found = names.includes(name) ? name : newest(name, begun);
  if (found === undefined) {
    throw new UsageError(`no framework ${name}`, {
      hint: `Choose from ${names.join(', ')}, or give a YAML file of your own.`,
    });
  }
  return loadFramework(join(folder, `${found}.yaml`), null);
}

/** The newest of the versions of one framework, or the only name; undefined: none, or names of several frameworks. */
function newest(name: string, begun: readonly string[]): string | undefined {
  const versions = begun.every((each) => /^[\d.]+$/u.test(each.slice(name.length + 1)));
  if (begun.length > 1 && !versions) return undefined;
  return begun.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
}
