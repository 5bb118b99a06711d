import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Argument, Command, Option } from 'commander';
import { playbookFiles } from '#playbooks/index.ts';
import { reports } from '#reports/index.ts';
import { ruleFiles } from '#rules/index.ts';
import { snapshotIds } from '#store/read/list-snapshots.ts';
import type { Io } from '../io.ts';
import { packageRoot } from '../package-root.ts';
import { revocationIds } from '../revoke/folder.ts';
import { loadSettings, type Settings } from '../settings.ts';
import type { Completion } from './complete.ts';
import { commandsOf } from './position.ts';

/** What an option or argument can be given. */
export interface Values {
  readonly values: readonly string[];
  /** Several with commas between. */
  readonly isList: boolean;
  readonly paths: Completion['paths'];
}

/** The command line that is being completed. */
export interface Line {
  readonly program: Command;
  readonly command: Command;
  readonly words: readonly string[];
}

/** What an option or argument can be given; nothing where it can be anything. */
export async function valuesOf(asked: Option | Argument, line: Line, io: Io): Promise<Values> {
  const name = nameOf(asked);
  const isList = /<list>/u.test(flagsOf(asked));
  const paths = pathsOf(asked);
  const closed = asked.argChoices ?? wordsOf(asked);
  if (closed !== undefined) return { values: closed, isList, paths };
  const source = SOURCES[`${line.command.name()} ${name}`] ?? SOURCES[name];
  const values = source === undefined ? [] : await source(line, io).catch(() => []);
  return { values, isList, paths };
}

type Source = (line: Line, io: Io) => Promise<readonly string[]>;

const snapshots: Source = async (line, io) => snapshotIds((await settingsOf(line, io)).dataDir);
const revocations: Source = async (line, io) => revocationIds((await settingsOf(line, io)).dataDir);
const schedules: Source = async (line, io) =>
  (await settingsOf(line, io)).config.agent.schedules.map(({ name }) => name);
const approvers: Source = async (line, io) =>
  (await settingsOf(line, io)).config.revocation.approvers.map(({ name }) => name);
const closedSet =
  (words: readonly string[]): Source =>
  () =>
    Promise.resolve(words);
const FORMATS = reports.map(({ format }) => format);

/** Where values come from that are no closed set, by the name of the option or argument, perhaps of one command. */
const SOURCES: Readonly<Record<string, Source>> = {
  rule: rules,
  '--rule': rules,
  plan: revocations,
  command: ({ program }) => Promise.resolve(commandsOf(program).map((each) => each.name())),
  '--snapshot': snapshots,
  'drift --from': snapshots,
  'drift --to': snapshots,
  'paths --to': closedSet(['admin']),
  'gate --baseline': snapshots,
  'report --baseline': snapshots,
  '--schedule': schedules,
  '--as': approvers,
  'findings --status': closedSet(['fail', 'unknown']),
  'report --format': closedSet(FORMATS),
  'report --out': closedSet(FORMATS.map((format) => `${format}=`)),
  'gate --out': closedSet(['json=', 'sarif=', 'markdown=']),
  '--framework': () => namesIn(join(packageRoot(), 'rules', 'frameworks'), '.yaml'),
  '--playbook': () => Promise.resolve(playbookFiles.map((file) => basename(file, '.yaml'))),
};

async function rules(line: Line, io: Io): Promise<readonly string[]> {
  const builtIn = ruleFiles.map((file) => basename(file, '.sql'));
  const folders = await settingsOf(line, io).then(
    ({ config }) => config.rules,
    () => [],
  );
  const own = await Promise.all(folders.map((folder) => namesIn(folder, '.sql')));
  return [...new Set([...builtIn, ...own.flat()])].toSorted();
}

async function namesIn(folder: string, ending: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  return files.filter((file) => file.endsWith(ending)).map((file) => basename(file, ending));
}

/** The settings that the words before the cursor choose. */
function settingsOf({ words }: Line, io: Io): Promise<Settings> {
  const data = valueIn(words, '--data');
  const config = valueIn(words, '--config');
  return loadSettings(
    { color: false, ...(data === undefined ? {} : { data }), ...(config === undefined ? {} : { config }) },
    io,
  );
}

function valueIn(words: readonly string[], option: string): string | undefined {
  const at = words.lastIndexOf(option, -2);
  if (at >= 0) return words[at + 1];
  return words.findLast((word) => word.startsWith(`${option}=`))?.slice(option.length + 1);
}

/** The words of a `listOf`. */
function wordsOf(asked: Option | Argument): readonly string[] | undefined {
  const words: unknown = asked.parseArg === undefined ? undefined : Reflect.get(asked.parseArg, 'words');
  return Array.isArray(words) ? words.map(String) : undefined;
}

function pathsOf(asked: Option | Argument): Completion['paths'] {
  const metavariable = /[<[]([^>\]]+)[>\]]/u.exec(flagsOf(asked))?.[1] ?? '';
  if (/\bdir\b/u.test(metavariable)) return 'folders';
  return /\b(?:file|path)\b/u.test(metavariable) ? 'files' : null;
}

function nameOf(asked: Option | Argument): string {
  return 'flags' in asked ? (asked.long ?? asked.short ?? '') : asked.name();
}

function flagsOf(asked: Option | Argument): string {
  return 'flags' in asked ? asked.flags : `<${asked.name()}>`;
}
