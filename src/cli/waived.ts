import type { LoadedConfig } from '#config/load-config.ts';
import { readFindings } from '#gate/read-findings.ts';
import { applyWaivers } from '#gate/waivers/apply-waivers.ts';
import { readWaivers } from '#gate/waivers/read-waivers.ts';
import { waiverRecords } from '#gate/waivers/waiver-records.ts';
import { dayOf, type WaivedBy } from '#gate/waivers/waiver.ts';
import type { Rule } from '#contract/rule.ts';
import type { WaiverRecord } from '#model/waiver.ts';
import type { Reader } from '#store/reader.ts';
import type { Snapshot } from '#store/read/open-snapshot.ts';
import { loadPolicy } from './gate-policy.ts';
import type { Io } from './io.ts';

/** Which findings of a snapshot are waived on its day, by their ids: the same snapshot and waivers, the same answer. */
export async function readWaived(
  snapshot: Snapshot,
  config: LoadedConfig,
  io: Io,
): Promise<ReadonlyMap<string, WaivedBy>> {
  const waivers = await readWaivers(config.waivers);
  if (waivers.length === 0) return new Map();
  const { policy } = await loadPolicy(undefined, config, io);
  const on = dayOf(snapshot.info.asOf);
  const findings = applyWaivers(await readFindings(snapshot), waivers, on, policy.maxDays);
  return new Map(findings.flatMap(({ id, waivedBy }) => (waivedBy === null ? [] : [[id, waivedBy]])));
}

/** How many failures of each rule are waived on the snapshot's day, by rule. */
export async function countWaived(
  snapshot: Snapshot,
  config: LoadedConfig,
  io: Io,
): Promise<ReadonlyMap<string, number>> {
  const waived = await readWaived(snapshot, config, io);
  if (waived.size === 0) return new Map();
  const counts = new Map<string, number>();
  for (const { id, ruleId, status } of await readFindings(snapshot)) {
    if (status === 'fail' && waived.has(id)) counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1);
  }
  return counts;
}

/** Reads the waivers on file for a scan: what it gives holds them against the findings of a snapshot. Throws ConfigError. */
export async function waiversForScan(
  config: LoadedConfig,
  rules: readonly Rule[],
  io: Io,
): Promise<(reader: Reader) => Promise<WaiverRecord[]>> {
  const waivers = await readWaivers(config.waivers);
  if (waivers.length === 0) return () => Promise.resolve([]);
  const { policy } = await loadPolicy(undefined, config, io);
  const limits = {
    maxDays: policy.maxDays,
    rules: new Map(rules.map(({ header }) => [header.id, header.severity])),
  };
  return (reader) => waiverRecords(reader, waivers, limits);
}
