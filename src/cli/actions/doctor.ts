import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { checkRules } from '#audit/check-rules.ts';
import { KnownError } from '#model/errors.ts';
import { listSnapshots } from '#store/read/list-snapshots.ts';
import type { DoctorOptions } from '../commands/doctor.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { print, type Io } from '../io.ts';
import { builtInRuleFiles } from '../rule-pack.ts';
import { openScratch } from '../scratch.ts';
import { loadSettings, type Settings } from '../settings.ts';
import { paintFor } from '../terminal/colour.ts';
import { sanitise } from '../terminal/sanitise.ts';
import { VERSION } from '../version.ts';
import { targetChecks } from './doctor-targets.ts';

/** One thing that was looked at. `note` is worth knowing and no fault. */
export interface Check {
  readonly name: string;
  readonly status: 'ok' | 'note' | 'fault';
  readonly detail: string;
  readonly remedy: string | null;
}

/** `nhi doctor`: exit code 2 where something is at fault. */
export async function doctorAction(options: DoctorOptions, io: Io): Promise<ExitCode> {
  const checks = await runChecks(options, io);
  await print(
    io,
    options.format === 'json' ? `${JSON.stringify(checks, null, 2)}\n` : textOf(checks, options, io),
  );
  return checks.some(({ status }) => status === 'fault') ? EXIT.usage : EXIT.fine;
}

async function runChecks(options: DoctorOptions, io: Io): Promise<Check[]> {
  const program: Check = {
    name: 'program',
    status: 'ok',
    detail: `nhi ${VERSION}, Node ${process.versions.node}`,
    remedy: null,
  };
  let settings: Settings;
  try {
    settings = await loadSettings(options, io);
  } catch (error) {
    return [program, faultOf('configuration', error)];
  }
  const configured: Check = {
    name: 'configuration',
    status: 'ok',
    detail: settings.config.file ?? 'no nhi.yaml: the defaults hold',
    remedy: null,
  };
  return [
    program,
    configured,
    ...(await importChecks(settings)),
    ...(await targetChecks(settings, io)),
    await rulesCheck(settings, io),
    await dataCheck(settings),
    ...(await snapshotChecks(settings)),
  ];
}

async function importChecks({ config }: Settings): Promise<Check[]> {
  return Promise.all(
    config.import.map(async (path): Promise<Check> => {
      const readable = await access(path, constants.R_OK).then(
        () => true,
        () => false,
      );
      return readable
        ? { name: 'import', status: 'ok', detail: path, remedy: null }
        : {
            name: 'import',
            status: 'fault',
            detail: `${path} cannot be read`,
            remedy: 'Correct `import:` in the configuration.',
          };
    }),
  );
}

async function rulesCheck({ config }: Settings, io: Io): Promise<Check> {
  try {
    const { problems, checked } = await checkRules([...builtInRuleFiles(), ...config.rules], {
      openScratch: () => openScratch(io),
      examples: false,
    });
    const [first] = problems;
    if (first === undefined) return { name: 'rules', status: 'ok', detail: `${checked} rules`, remedy: null };
    return {
      name: 'rules',
      status: 'fault',
      detail: `${first.file}:${first.line}: ${first.message}`,
      remedy: 'nhi rules check lists every problem.',
    };
  } catch (error) {
    return faultOf('rules', error);
  }
}

async function dataCheck({ dataDir }: Settings): Promise<Check> {
  const found = await stat(dataDir).catch(() => null);
  if (found === null) {
    return {
      name: 'data',
      status: 'note',
      detail: `${dataDir} does not exist yet`,
      remedy: 'nhi scan makes it.',
    };
  }
  const writable = await access(dataDir, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!writable) {
    return {
      name: 'data',
      status: 'fault',
      detail: `${dataDir} is not writable`,
      remedy: 'Scans need to write there.',
    };
  }
  // Snapshots describe weak spots: nobody but their owner should read them. Windows has no such modes.
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
    return {
      name: 'data',
      status: 'fault',
      detail: `${dataDir} is open to other users`,
      remedy: `chmod -R go= ${dataDir}`,
    };
  }
  return { name: 'data', status: 'ok', detail: dataDir, remedy: null };
}

async function snapshotChecks({ dataDir }: Settings): Promise<Check[]> {
  const snapshots = await listSnapshots(dataDir);
  const bad = snapshots.filter(({ problem }) => problem !== null);
  const good = snapshots.length - bad.length;
  return [
    {
      name: 'snapshots',
      status: good === 0 ? 'note' : 'ok',
      detail: `${good} readable`,
      remedy: good === 0 ? 'Take one with nhi scan --import PATH.' : null,
    },
    ...bad.map((each): Check => ({
      name: 'snapshot',
      status: 'fault',
      detail: `${each.id}: ${each.problem ?? ''}`,
      remedy: 'Move the file away; nothing reads it.',
    })),
  ];
}

function faultOf(name: string, error: unknown): Check {
  if (!(error instanceof KnownError)) throw error;
  return { name, status: 'fault', detail: error.message, remedy: error.hint ?? null };
}

function textOf(checks: readonly Check[], options: DoctorOptions, io: Io): string {
  const paint = paintFor(io, 'stdout', options.color);
  const mark = { ok: paint.green('✓ ok   '), note: paint.yellow('· note '), fault: paint.red('✗ fault') };
  return checks
    .map(({ name, status, detail, remedy }) => {
      const advice = remedy === null || status === 'ok' ? '' : `\n${' '.repeat(23)}${sanitise(remedy)}`;
      return `${mark[status]} ${name.padEnd(14)} ${sanitise(detail)}${advice}\n`;
    })
    .join('');
}
