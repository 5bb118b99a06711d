import { Writable } from 'node:stream';
import type { AgentWork } from '#agent/work.ts';
import { milliseconds } from '#config/agent/duration.ts';
import type { ScheduleConfig } from '#config/agent/schedule.ts';
import { absoluteBaseline } from '#config/baseline.ts';
import type { GateVerdict } from '#gate/verdict.ts';
import { reports } from '#reports/index.ts';
import { nameOf } from '#scan/collect-live.ts';
import { pruneSnapshots } from '#store/write/prune-snapshots.ts';
import { reportAction } from '../actions/report.ts';
import { readFacts } from './facts.ts';
import { dueRegrowth, lookAgain } from './regrowth.ts';
import type { Io } from '../io.ts';
import { performScan } from '../perform-scan.ts';
import type { Settings } from '../settings.ts';

const DAY_MS = 86_400_000;

/** What the agent repeats: what the commands do, narrowed to a schedule. `onVerdict` hears of every verdict. */
export function agentWork(
  settings: Settings,
  folder: string,
  io: Io,
  onVerdict: (schedule: string, verdict: GateVerdict) => void,
): AgentWork {
  const { retention, regrowth } = settings.config.agent;
  const delays = regrowth.map(milliseconds);
  // What commands print for people is not for the log.
  const mute: Io = { ...io, stdout: nowhere() };
  return {
    readBy: (schedule) => {
      const { config } = settingsFor(schedule, settings);
      return [...config.targets.map(nameOf), ...config.import];
    },
    scan: async (schedule, signal) => {
      const own = settingsFor(schedule, settings);
      const summary = await performScan({ color: false, quiet: true }, own, { ...mute, signal });
      const { facts, verdict } = await readFacts(summary, schedule, own, folder, { ...mute, signal });
      onVerdict(schedule.name, verdict);
      return facts;
    },
    writeReport: async (schedule, { format, framework, trend }, snapshot, file) => {
      const { config, dataDir } = settingsFor(schedule, settings);
      const options = {
        data: dataDir,
        ...(config.file === null ? {} : { config: config.file }),
        snapshot,
        color: false,
        quiet: true,
        format,
        output: file,
        ...(framework === undefined ? {} : { framework }),
        ...(trend === undefined ? {} : { trend }),
      } as const;
      // Names of files in the configuration are relative to it.
      await reportAction(options, { ...mute, cwd: config.folder });
      return mediaType(format);
    },
    prune: (schedule) => {
      const { config, dataDir } = settingsFor(schedule, settings);
      const olderThan =
        retention.days === undefined
          ? {}
          : { olderThan: new Date(io.now().getTime() - retention.days * DAY_MS).toISOString() };
      return pruneSnapshots(dataDir, { keep: retention.keep ?? config.snapshots.keep, ...olderThan });
    },
    regrowth: (schedule, looked) => dueRegrowth(settingsFor(schedule, settings).dataDir, delays, looked),
    lookAgain: (schedule, revocation, snapshot, signal) =>
      lookAgain(revocation, snapshot, settingsFor(schedule, settings), { ...mute, signal }),
  };
}

/** The configuration as if it held what the schedule reads and nothing else. */
export function settingsFor(schedule: ScheduleConfig, { config, dataDir }: Settings): Settings {
  const { targets, data, baseline } = schedule;
  const named = targets !== undefined || schedule.import !== undefined;
  const own = {
    ...config,
    ...(baseline === undefined ? {} : { baseline: absoluteBaseline(baseline, config.folder) }),
    ...(named
      ? {
          targets: config.targets.filter((target) => targets?.includes(nameOf(target)) === true),
          import: [...(schedule.import ?? [])],
        }
      : {}),
  };
  return { config: own, dataDir: data ?? dataDir };
}

function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

/** The media type of a report, by the ending of its files. */
function mediaType(format: string): string {
  const extension = reports.find((each) => each.format === format)?.extension ?? '';
  const types: Readonly<Record<string, string>> = {
    html: 'text/html; charset=utf-8',
    md: 'text/markdown; charset=utf-8',
    csv: 'text/csv; charset=utf-8',
    xml: 'application/xml',
  };
  return types[extension] ?? 'application/json';
}
