import { existsSync } from 'node:fs';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { collectors } from '#collectors/index.ts';
import { parseBackstage } from '#config/owners/backstage.ts';
import { parseCodeowners } from '#config/owners/codeowners.ts';
import { parseRegistry } from '#config/owners/registry.ts';
import { readTextFile } from '#config/yaml-file.ts';
import type { RecognisedFile } from '#contract/collector.ts';
import { ConfigError } from '#model/errors.ts';
import type { System } from '#model/system.ts';
import { assignFiles } from '#scan/collect.ts';
import { findFiles as openFiles } from '#scan/find-files.ts';
import type { FoundFiles, Remark } from './found.ts';
import { walk } from './walk.ts';

/** Endings that exports have. What a file is, is told by its content. */
const ENDINGS = new Set(['', '.json', '.ndjson', '.jsonl', '.csv', '.yaml', '.yml', '.log', '.txt']);

/** Where GitHub and GitLab look, in this order. */
const CODEOWNERS = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

/**
 * What lies in a folder. `isNamed`: somebody said that it holds exports, so that manifests in it count as such, and it is
 * imported as a whole.
 */
export async function findFiles(folder: string, isNamed: boolean): Promise<FoundFiles> {
  const { files, isCut } = await walk(folder);
  const remarks: Remark[] = isCut
    ? [{ what: 'files', detail: `there is more in ${folder} than was looked at: name folders with --dir` }]
    : [];
  const topOf = ({ path }: { readonly path: string }) => relative(folder, path).split(sep)[0] ?? '';
  const recognised = await recognise(files.filter((file) => ENDINGS.has(extname(file))));
  // Manifests beside exports belong to them; alone they say what is meant to be. What names a cluster is no export of it.
  const isExport = ({ kind }: Recognised) => kind !== 'kubernetes-yaml' && kind !== 'kubernetes-facts';
  const exporting = new Set(recognised.filter(isExport).map(topOf));
  const exported = recognised.filter((file) => isNamed || exporting.has(topOf(file)));
  const owning = await usable(
    {
      codeowners: CODEOWNERS.map((path) => join(folder, path))
        .filter((path) => existsSync(path))
        .slice(0, 1),
      backstage: files.filter((file) => /^catalog-info\.ya?ml$/u.test(basename(file))),
      registry: files.filter((file) => basename(file) === 'nhi-registry.yaml'),
    },
    remarks,
  );
  return {
    exports: exportsIn(folder, exported, isNamed ? () => '' : topOf),
    ...owning,
    manifests: foldersOf(
      folder,
      recognised
        .filter((file) => file.kind === 'kubernetes-yaml' && !exported.includes(file))
        .map(({ path }) => path),
    ),
    terraform: foldersOf(
      folder,
      files.filter((file) => file.endsWith('.tf')),
    ),
    remarks,
  };
}

type Recognised = RecognisedFile & { readonly system: System };

async function recognise(paths: readonly string[]): Promise<Recognised[]> {
  const { files } = await openFiles(paths);
  return assignFiles(files, collectors).assignments.flatMap(({ collector, files: own }) =>
    own.map((file) => ({ ...file, system: collector.system })),
  );
}

/** What to import: `folder` itself for the group without a name, else what holds the group. */
function exportsIn(
  folder: string,
  files: readonly Recognised[],
  groupOf: (file: Recognised) => string,
): FoundFiles['exports'] {
  const groups = new Map<string, Recognised[]>();
  for (const file of files) {
    groups.set(groupOf(file), [...(groups.get(groupOf(file)) ?? []), file]);
  }
  return [...groups].map(([name, group]) => ({
    path: name === '' ? folder : together(group.map(({ path }) => path)),
    systems: [...new Set(group.map(({ system }) => system))],
  }));
}

/** The one file, or the innermost folder that holds all. */
function together(paths: readonly string[]): string {
  const [first = ''] = paths;
  return paths.length === 1 ? first : sharedFolder(paths);
}

function sharedFolder(paths: readonly string[]): string {
  let shared = dirname(paths[0] ?? '');
  while (!paths.every((path) => path.startsWith(shared + sep))) shared = dirname(shared);
  return shared;
}

/** By the folders within `folder`, the innermost folder that holds all the files of each; `folder` itself for its own files. */
function foldersOf(folder: string, files: readonly string[]): string[] {
  const groups = new Map<string, string[]>();
  for (const path of files) {
    const [top = '', ...below] = relative(folder, path).split(sep);
    const group = below.length === 0 ? '' : top;
    groups.set(group, [...(groups.get(group) ?? []), path]);
  }
  return [...groups].map(([group, paths]) => (group === '' ? folder : sharedFolder(paths)));
}

const PARSERS = { codeowners: parseCodeowners, backstage: parseBackstage, registry: parseRegistry } as const;

type Owning = Readonly<Record<keyof typeof PARSERS, readonly string[]>>;

/** The files that a scan would read; one that it would stop at is left out, and said. */
async function usable(found: Owning, remarks: Remark[]): Promise<Owning> {
  const read = async (kind: keyof Owning): Promise<string[]> => {
    const good: string[] = [];
    for (const file of found[kind]) {
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
  return {
    codeowners: await read('codeowners'),
    backstage: await read('backstage'),
    registry: await read('registry'),
  };
}
