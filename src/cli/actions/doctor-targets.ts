import { collectors } from '#collectors/index.ts';
import type { LiveContext, Probe } from '#contract/live.ts';
import { KnownError } from '#model/errors.ts';
import type { Target } from '#model/target.ts';
import { liveReaderOf, nameOf } from '#scan/collect-live.ts';
import type { Io } from '../io.ts';
import { liveClock, liveTargets } from '../live.ts';
import type { Settings } from '../settings.ts';
import type { Check } from './doctor.ts';

/** Asks every target which of the rights are there that a scan would need. Reads no estate. */
export async function targetChecks({ config }: Settings, io: Io): Promise<Check[]> {
  // Where exports are read, no live system is.
  if (config.targets.length === 0 && config.import.length > 0) return [];
  const checks: Check[] = [];
  for (const target of await liveTargets(config, io)) checks.push(...(await checksOf(target, io)));
  return checks;
}

async function checksOf(target: Target, io: Io): Promise<Check[]> {
  const name = `${target.system} target`;
  const probes: Probe[] = [];
  try {
    const reader = await liveReaderOf(target.system, collectors);
    for await (const probe of reader.probe(target, contextOf(io))) probes.push(probe);
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    const detail = `${nameOf(target)}: ${error.message}`;
    return [{ name, status: 'fault', detail, remedy: error.hint ?? null }];
  }
  const allowed = probes.filter(({ status }) => status === 'allowed').length;
  const total: Check = {
    name,
    status: allowed === probes.length ? 'ok' : 'note',
    detail: `${nameOf(target)}: ${allowed} of ${probes.length} rights are there`,
    remedy: allowed === probes.length ? null : `nhi permissions ${target.system} prints what is needed.`,
  };
  const missing = probes
    .filter(({ status }) => status !== 'allowed')
    .map(({ call, permission, status, detail }): Check => {
      const needs = permission === null || permission === call ? '' : ` (needs ${permission})`;
      const why = detail === null ? '' : `: ${detail}`;
      const verdict = status === 'denied' ? 'would be refused' : 'could not be told';
      return { name, status: 'note', detail: `${call}${needs} ${verdict}${why}`, remedy: null };
    });
  return [total, ...missing];
}

function contextOf(io: Io): LiveContext {
  return {
    asOf: io.now().toISOString(),
    signal: io.signal,
    clock: liveClock(io),
    random: Math.random,
    environment: io.env,
    progress: () => undefined,
  };
}
