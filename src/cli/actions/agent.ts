import { join } from 'node:path';
import { runAgent, runOnce, type Round } from '#agent/agent.ts';
import type { AgentLog } from '#agent/events.ts';
import { diskFiles } from '#agent/files.ts';
import type { AgentOptions } from '#agent/options.ts';
import type { LoadedConfig } from '#config/load-config.ts';
import type { GateVerdict } from '#gate/verdict.ts';
import { UsageError } from '#model/errors.ts';
import { checkAgent, readSecret } from '../agent/check.ts';
import { withAgentLock } from '../agent/lock.ts';
import { agentLog } from '../agent/log.ts';
import { agentWork } from '../agent/work.ts';
import type { AgentCommandOptions } from '../commands/agent.ts';
import { describeError } from '../describe-error.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { note, print, type Io } from '../io.ts';
import { liveClock } from '../live.ts';
import { loadSettings, type Settings } from '../settings.ts';
import { VERSION } from '../version.ts';
import { codeOf } from './gate.ts';

/** `nhi agent` */
export async function agentAction(options: AgentCommandOptions, io: Io): Promise<ExitCode> {
  if (options.due === true && options.once !== true) {
    throw new UsageError('--due goes with --once', {
      hint: 'Without --once the agent waits until they are due.',
    });
  }
  const loaded = await loadSettings(options, io);
  const settings = { ...loaded, config: only(options.schedule, loaded.config) };
  await checkAgent(settings.config, io);
  const log = agentLog(options, io);
  return locked(foldersOf(settings), io, log, async () => {
    const verdicts = new Map<string, GateVerdict>();
    const agent = agentOptions(settings, io, log, verdicts);
    if (options.once !== true) {
      await runAgent(agent);
      return EXIT.fine;
    }
    const round = await runOnce(agent, options.due === true);
    return tellRound(round, verdicts, options, io);
  });
}

function agentOptions(
  settings: Settings,
  io: Io,
  log: AgentLog,
  verdicts: Map<string, GateVerdict>,
): AgentOptions {
  const folder = join(settings.dataDir, 'agent');
  const { sleep } = liveClock(io);
  return {
    config: settings.config.agent,
    folder,
    files: diskFiles,
    work: agentWork(settings, folder, io, (schedule, verdict) => verdicts.set(schedule, verdict)),
    toolVersion: VERSION,
    now: () => io.now().getTime(),
    sleep,
    random: Math.random,
    secret: (source) => readSecret(source, io),
    log,
    signal: io.signal,
  };
}

/** The configuration with the schedules that are asked for. */
function only(names: readonly string[] | undefined, config: LoadedConfig): LoadedConfig {
  if (names === undefined) return config;
  const { schedules } = config.agent;
  const unknown = names.find((name) => schedules.every((each) => each.name !== name));
  if (unknown !== undefined) {
    throw new UsageError(`there is no schedule ${unknown}`, {
      hint: `Choose from ${schedules.map(({ name }) => name).join(', ')}.`,
    });
  }
  return {
    ...config,
    agent: { ...config.agent, schedules: schedules.filter(({ name }) => names.includes(name)) },
  };
}

/** Every folder that is written to, each once, in an order that is the same for all. */
function foldersOf({ config, dataDir }: Settings): string[] {
  const folders = config.agent.schedules.map(({ data }) => data ?? dataDir);
  return [...new Set([dataDir, ...folders])].toSorted();
}

function locked<T>(folders: readonly string[], io: Io, log: AgentLog, work: () => Promise<T>): Promise<T> {
  const [folder, ...others] = folders;
  if (folder === undefined) return work();
  return withAgentLock(join(folder, 'agent', 'lock'), io, log, () => locked(others, io, log, work));
}

async function tellRound(
  { runs, waiting }: Round,
  verdicts: ReadonlyMap<string, GateVerdict>,
  options: AgentCommandOptions,
  io: Io,
): Promise<ExitCode> {
  const codes: ExitCode[] = [];
  for (const { schedule, error } of runs) {
    const verdict = verdicts.get(schedule);
    if (error === null && verdict !== undefined) {
      codes.push(codeOf(verdict));
      const causes = verdict.passed ? '' : `: ${verdict.causes.join(', ')}`;
      await print(io, `${schedule}: ${verdict.passed ? 'PASS' : 'FAIL'}${causes}\n`);
      continue;
    }
    const { text, code } = describeError(error, false);
    codes.push(code);
    await note(io, `${schedule}: ${text}`);
  }
  if (runs.length === 0) await print(io, 'No schedule is due.\n');
  if (waiting > 0 && options.quiet !== true) {
    await note(io, `${waiting} messages could not be delivered and are kept for the next time`);
  }
  return WORST_FIRST.find((code) => codes.includes(code)) ?? EXIT.fine;
}

const WORST_FIRST: readonly ExitCode[] = [
  EXIT.bug,
  EXIT.usage,
  EXIT.gateFailed,
  EXIT.waiverExpired,
  EXIT.incomplete,
];
