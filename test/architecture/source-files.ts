import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync } from 'oxc-parser';

export const ROOT = join(import.meta.dirname, '../..');

/** The top-level folders that hold code or rules. */
const CODE_FOLDERS = ['src', 'collectors', 'reports', 'rules', 'playbooks', 'test', 'bench'];

/** One import statement, `export … from` or `import()` with a literal, as written. */
export interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** Files below the code folders whose name ends in one of `endings`, relative to the root, sorted. */
export function sourceFiles(...endings: readonly string[]): string[] {
  return CODE_FOLDERS.flatMap((folder) => list(join(ROOT, folder)))
    .filter((file) => endings.some((ending) => file.endsWith(ending)))
    .map((file) => relative(ROOT, file))
    .toSorted();
}

/** The text of a file of the repository. */
export function textOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** Every import of a module, by parsing it. */
export function importsOf(file: string): Import[] {
  const text = textOf(file);
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0]?.message ?? ''}`);
  const statics = module.staticImports.map((each) => ({
    specifier: each.moduleRequest.value,
    typeOnly: each.entries.length > 0 && each.entries.every((entry) => entry.isType),
  }));
  const reExports = module.staticExports.flatMap((each) =>
    each.entries.flatMap((entry) =>
      entry.moduleRequest ? [{ specifier: entry.moduleRequest.value, typeOnly: entry.isType }] : [],
    ),
  );
  const dynamic = module.dynamicImports.flatMap((each) => {
    const literal = /^['"](.+)['"]$/u.exec(text.slice(each.moduleRequest.start, each.moduleRequest.end));
    return literal?.[1] === undefined ? [] : [{ specifier: literal[1], typeOnly: false }];
  });
  return [...statics, ...reExports, ...dynamic];
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}
