import { resolve } from 'node:path';
import { collectors } from '#collectors/index.ts';
import { readOwnerSources } from '#config/owners/read-owner-sources.ts';
import type { LoadedConfig } from '#config/load-config.ts';
import { UsageError } from '#model/errors.ts';
import type { Instant, System } from '#model/system.ts';
import type { Target } from '#model/target.ts';
import { nameOf } from '#scan/collect-live.ts';
import { scan } from '#scan/index.ts';
import type { ScanCommandOptions } from '../commands/scan.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { note, print, type Io } from '../io.ts';
import { ledgerKey } from '../ledger-key.ts';
import { liveSources, liveTargets } from '../live.ts';
import { loadRulePack } from '../rule-pack.ts';
import { loadSettings } from '../settings.ts';
import { showProgress } from '../terminal/progress.ts';
import { sanitise } from '../terminal/sanitise.ts';
import { VERSION } from '../version.ts';
import { waiversForScan } from '../waived.ts';
import { enterScan } from './scan-ledger.ts';
import { summaryText } from './scan-summary.ts';

/** `nhi scan` */
export async function scanAction(options: ScanCommandOptions, io: Io): Promise<ExitCode> {
  const { config, dataDir } = await loadSettings(options, io);
  const systems = options.system ?? config.systems;
  const imports = (options.import ?? config.import).map((path) => resolve(io.cwd, path));
  const targets = await targetsOf(options, config, io, systems);
  if (imports.length === 0 && targets.length === 0) {
    throw new UsageError('nothing to scan', {
      hint: 'Name systems under `targets:` in nhi.yaml, or exported files with --import PATH. docs/ says how to do either.',
    });
  }
  const owners = await readOwnerSources(config.owners);
  const key = await ledgerKey(config, io);
  const rulePack = await loadRulePack(config, io, options.rules);
  const waivers = await waiversForScan(config, rulePack.rules, io);
  const { progress, done } = showProgress(io, options.color);
  try {
    const summary = await scan({
      dataDir,
      collectors:
        systems === undefined ? collectors : collectors.filter(({ system }) => systems.includes(system)),
      rules: rulePack.rules,
      parameters: rulePack.parameters,
      imports,
      owners,
      waivers,
      live: liveSources(targets, io),
      asOf: options.asOf === undefined ? null : instant(options.asOf),
      clock: () => io.now().toISOString(),
      progress: options.quiet === true ? () => undefined : progress,
      signal: io.signal,
      toolVersion: VERSION,
    });
    done();
    if (key !== null) await enterScan(summary, dataDir, key, io);
    const text =
      options.format === 'json' ? `${JSON.stringify(summary, null, 2)}\n` : summaryText(summary, options, io);
    await print(io, text);
    return options.requireComplete === true && summary.gaps.length > 0 ? EXIT.incomplete : EXIT.fine;
  } finally {
    done();
  }
}

/** Exports that the command line names are read instead of live systems; those of the configuration beside its targets. */
async function targetsOf(
  options: ScanCommandOptions,
  config: LoadedConfig,
  io: Io,
  systems: readonly System[] | undefined,
): Promise<readonly Target[]> {
  if (options.import !== undefined) return [];
  if (config.targets.length === 0 && config.import.length > 0) return [];
  const targets = await liveTargets(config, io, systems);
  if (config.targets.length === 0 && targets.length > 0 && options.quiet !== true) {
    await note(io, `Found on this machine: ${targets.map(nameOf).map(sanitise).join(', ')}`);
  }
  return targets;
}

/** A date or time as the user wrote it; a date alone is its first moment in UTC. */
function instant(text: string): Instant {
  const time = /^\d{4}-\d{2}-\d{2}/u.test(text) ? new Date(text) : new Date(NaN);
  if (Number.isNaN(time.getTime())) {
    throw new UsageError(`--as-of ${text}: not a date or time`, {
      hint: 'Write it as 2026-11-20 or 2026-11-20T08:00:00Z.',
    });
  }
  return time.toISOString();
}
