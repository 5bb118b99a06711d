import { relative, resolve } from 'node:path';
import { readFindings } from '#gate/read-findings.ts';
import { checkWaivers, type WaiverProblem } from '#gate/waivers/check-waivers.ts';
import { readWaivers } from '#gate/waivers/read-waivers.ts';
import { dayOf, type WaivableFinding } from '#gate/waivers/waiver.ts';
import { UsageError } from '#model/errors.ts';
import { snapshotIds } from '#store/read/list-snapshots.ts';
import { openSnapshot } from '#store/read/open-snapshot.ts';
import type { WaiversOptions } from '../commands/waivers.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { loadPolicy } from '../gate-policy.ts';
import { note, print, type Io } from '../io.ts';
import { loadRulePack } from '../rule-pack.ts';
import { loadSettings, type Settings } from '../settings.ts';
import { sanitise } from '../terminal/sanitise.ts';

/** `nhi waivers check`: exit code 4 where one has expired, else 2 where one is wrong. */
export async function checkWaiversAction(
  paths: readonly string[],
  options: WaiversOptions,
  io: Io,
): Promise<ExitCode> {
  const settings = await loadSettings(options, io);
  const { config } = settings;
  const files = paths.length > 0 ? paths.map((path) => resolve(io.cwd, path)) : config.waivers;
  if (files.length === 0) {
    throw new UsageError('there are no waivers to check', {
      hint: 'Name a file, or write waivers.yaml beside nhi.yaml: see docs/waivers.md.',
    });
  }
  const waivers = await readWaivers(files);
  const { policy } = await loadPolicy(options.policy, config, io);
  const { rules } = await loadRulePack({ ...config, disable: [] }, io);
  const findings = await latestFindings(options, settings);
  const problems = checkWaivers(waivers, {
    on: dayOf(io.now().toISOString()),
    maxDays: policy.maxDays,
    rules: new Map(rules.map(({ header }) => [header.id, header.severity])),
    findings,
  }).map((problem) => ({ ...problem, file: relative(io.cwd, problem.file) }));
  await print(io, options.format === 'json' ? `${JSON.stringify(problems, null, 2)}\n` : textOf(problems));
  if (options.quiet !== true) {
    const unread = findings === null ? ' No snapshot yet: whether they are used is not known.' : '';
    await note(io, `Waivers: ${waivers.length}, ${countText(problems)}.${unread}`);
  }
  return codeOf(problems);
}

/** The findings of the chosen snapshot; null where none was chosen and there is none at all. */
async function latestFindings(
  { snapshot: which }: WaiversOptions,
  { dataDir }: Settings,
): Promise<WaivableFinding[] | null> {
  if (which === undefined && (await snapshotIds(dataDir)).length === 0) return null;
  const snapshot = await openSnapshot(dataDir, which);
  try {
    return await readFindings(snapshot);
  } finally {
    await snapshot.close();
  }
}

function textOf(problems: readonly WaiverProblem[]): string {
  return problems
    .map(({ file, waiver, level, kind, text }) => sanitise(`${file}: ${waiver}: ${level} ${kind}: ${text}`))
    .map((line) => `${line}\n`)
    .join('');
}

function countText(problems: readonly WaiverProblem[]): string {
  const count = (level: WaiverProblem['level']) => problems.filter((each) => each.level === level).length;
  return `errors: ${count('error')}, warnings: ${count('warning')}`;
}

function codeOf(problems: readonly WaiverProblem[]): ExitCode {
  if (problems.some(({ kind }) => kind === 'expired')) return EXIT.waiverExpired;
  return problems.some(({ level }) => level === 'error') ? EXIT.usage : EXIT.fine;
}
