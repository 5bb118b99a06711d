import { resolve } from 'node:path';
import { collectors } from '#collectors/index.ts';
import type { LoadedConfig } from '#config/load-config.ts';
import { readOwnerSources } from '#config/owners/read-owner-sources.ts';
import { UsageError } from '#model/errors.ts';
import type { Instant, System } from '#model/system.ts';
import type { Target } from '#model/target.ts';
import { nameOf } from '#scan/collect-live.ts';
import { scan } from '#scan/index.ts';
import type { ScanSummary } from '#scan/summary.ts';
import { driftForScan } from './drift/for-scan.ts';
import { note, type Io } from './io.ts';
import { ledgerKey } from './ledger-key.ts';
import { liveSources, liveTargets } from './live.ts';
import type { CommonOptions } from './options.ts';
import { loadRulePack } from './rule-pack.ts';
import { enterScan } from './scan-ledger.ts';
import type { Settings } from './settings.ts';
import { showProgress } from './terminal/progress.ts';
import { sanitise } from './terminal/sanitise.ts';
import { VERSION } from './version.ts';
import { waiversForScan } from './waived.ts';

/** What a scan is asked for besides the configuration. */
export interface ScanRequest extends Pick<CommonOptions, 'quiet' | 'color'> {
  /** Exports to read instead of what the configuration says. */
  readonly import?: readonly string[];
  readonly system?: readonly System[];
  readonly rules?: readonly string[];
  readonly asOf?: Instant;
}

/** Takes one snapshot of what the configuration or the request names, and enters it in the ledger where there is a key. */
export async function performScan(
  request: ScanRequest,
  { config, dataDir }: Settings,
  io: Io,
): Promise<ScanSummary> {
  const systems = request.system ?? config.systems;
  const imports = (request.import ?? config.import).map((path) => resolve(io.cwd, path));
  const targets = await targetsOf(request, config, io, systems);
  if (imports.length === 0 && targets.length === 0) {
    throw new UsageError('nothing to scan', {
      hint: 'Name systems under `targets:` in nhi.yaml, or exported files with --import PATH. docs/ says how to do either.',
    });
  }
  const owners = await readOwnerSources(config.owners);
  const key = await ledgerKey(config, io);
  const rulePack = await loadRulePack(config, io, request.rules);
  const drift = await driftForScan(config, dataDir, io.signal);
  const waivers = await waiversForScan(config, rulePack.rules, io);
  const { progress, done } = showProgress(io, request.color);
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
      drift,
      live: liveSources(targets, io),
      asOf: request.asOf ?? null,
      clock: () => io.now().toISOString(),
      progress: request.quiet === true ? () => undefined : progress,
      signal: io.signal,
      toolVersion: VERSION,
    });
    if (key !== null) await enterScan(summary, dataDir, key, io);
    return summary;
  } finally {
    done();
  }
}

/** Exports that the request names are read instead of live systems; those of the configuration beside its targets. */
async function targetsOf(
  request: ScanRequest,
  config: LoadedConfig,
  io: Io,
  systems: readonly System[] | undefined,
): Promise<readonly Target[]> {
  if (request.import !== undefined) return [];
  if (config.targets.length === 0 && config.import.length > 0) return [];
  const targets = await liveTargets(config, io, systems);
  if (config.targets.length === 0 && targets.length > 0 && request.quiet !== true) {
    await note(io, `Found on this machine: ${targets.map(nameOf).map(sanitise).join(', ')}`);
  }
  return targets;
}
