import { dirname, isAbsolute, relative, sep } from 'node:path';
import { parseYaml } from '#config/yaml-file.ts';
import { configSchema } from '#config/schema.ts';
import { EXAMPLES, type ConfigInput } from './examples.ts';
import type { FoundFiles, FoundTargets } from './found.ts';
import { renderConfig } from './render.ts';
import type { Mapping } from './yaml-text.ts';

const HEAD = `# The configuration of nhi-auditor, as nhi init found things. Paths are relative to this file.
# Lines that begin with "# " explain. A # without a space switches a setting off: remove it to set it.
# Unknown keys are errors. More: docs/configuration.md

`;

/** The text of a configuration file for what was found. It loads. */
export function configText(
  file: string,
  data: string | undefined,
  { targets, spare }: FoundTargets,
  files: readonly FoundFiles[],
): string {
  const paths = (all: readonly string[]) => [...new Set(all)].map((path) => fromFile(file, path));
  const owners = {
    registry: paths(files.flatMap(({ registry }) => registry)),
    backstage: paths(files.flatMap(({ backstage }) => backstage)),
    codeowners: paths(files.flatMap(({ codeowners }) => codeowners)).map((path) => ({ file: path })),
  };
  const on = filled({
    data: data === undefined ? undefined : fromFile(file, data),
    import: paths(files.flatMap(({ exports }) => exports.map(({ path }) => path))),
    targets,
    owners: filled(owners),
  });
  const text = HEAD + renderConfig({ on, spare: filled({ targets: spare }), examples: asMapping(EXAMPLES) });
  parseYaml(text, file, configSchema);
  return text;
}

/** A path as the file names it, with the separators that work everywhere. */
function fromFile(file: string, path: string): string {
  const short = relative(dirname(file), path) || '.';
  return isAbsolute(short) ? short : short.split(sep).join('/');
}

/** Without what holds nothing. */
function filled(parts: Readonly<Record<string, unknown>>): Mapping {
  const isFull = (part: unknown) =>
    typeof part === 'object' ? Object.keys(part ?? {}).length > 0 : part !== undefined;
  return asMapping(Object.fromEntries(Object.entries(parts).filter(([, part]) => isFull(part))));
}

/** The configuration's own types are plain values. */
function asMapping(value: ConfigInput | Readonly<Record<string, unknown>>): Mapping {
  return value as Mapping;
}
