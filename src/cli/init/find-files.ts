import { existsSync } from 'node:fs';
import { dirname, extname, join, relative, sep } from 'node:path';
import { collectors } from '#collectors/index.ts';
import { readTextFile } from '#config/yaml-file.ts';
import type { System } from '#model/system.ts';
import { assignFiles } from '#scan/collect.ts';
import { findFiles as openFiles } from '#scan/find-files.ts';
import { findOwners } from './find-owners.ts';
import type { FoundFiles, Remark } from './found.ts';
import { walk } from './walk.ts';

/** Endings that exports have. What a file is, is told by its content. */
const ENDINGS = new Set(['', '.json', '.ndjson', '.jsonl', '.csv', '.yaml', '.yml', '.log', '.txt']);

/**
 * What lies in a folder. `isNamed`: somebody said that it holds exports, so that manifests in it count as such, and it is
 * imported as a whole.
 */
export async function findFiles(folder: string, isNamed: boolean): Promise<FoundFiles> {
  const { files, isCut } = await walk(folder);
  const remarks: Remark[] = isCut
    ? [{ what: 'files', detail: `there is more in ${folder} than was looked at: name folders with --dir` }]
    : [];
  if (!isNamed) remarks.push(...(await unignored(folder)));
  const topOf = ({ path }: { readonly path: string }) => relative(folder, path).split(sep)[0] ?? '';
  const recognised = await recognise(files.filter((file) => ENDINGS.has(extname(file))));
  // Manifests beside exports belong to them; alone they say what is meant to be. What names a cluster is no export of it.
  const isExport = ({ kind }: Recognised) => kind !== 'kubernetes-yaml' && kind !== 'kubernetes-facts';
  const exporting = new Set(recognised.filter(isExport).map(topOf));
  const exported = recognised.filter((file) => isNamed || exporting.has(topOf(file)));
  const owning = await findOwners(folder, files, remarks);
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

/** Snapshots say where an estate is weak: they belong into no repository. */
async function unignored(folder: string): Promise<Remark[]> {
  if (!existsSync(join(folder, '.git'))) return [];
  const ignored = await readTextFile(join(folder, '.gitignore')).catch(() => '');
  return /^\/?\.nhi\/?\s*$/mu.test(ignored)
    ? []
    : [
        {
          what: 'git',
          detail: '.nhi is not ignored: add it to .gitignore, snapshots say where you are weak',
        },
      ];
}

interface Recognised {
  readonly path: string;
  readonly kind: string;
  readonly system: System;
}

/** Files whose first bytes are in memory at once. */
const AT_ONCE = 200;

async function recognise(paths: readonly string[]): Promise<Recognised[]> {
  const found: Recognised[] = [];
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const { files } = await openFiles(paths.slice(at, at + AT_ONCE));
    for (const { collector, files: own } of assignFiles(files, collectors).assignments) {
      found.push(...own.map(({ path, kind }) => ({ path, kind, system: collector.system })));
    }
  }
  return found;
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
