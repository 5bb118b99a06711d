import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRules } from '#audit/load-rules.ts';
import { resolveParameters } from '#audit/parameters.ts';
import { runRules, type RuleRun } from '#audit/run-rules.ts';
import { createSnapshot } from '#store/write/create-snapshot.ts';
import type { BenchLine } from './bench-line.ts';
import { fillEstate } from './rules-estate.ts';

const AT = '2026-03-01T12:00:00.000Z';
const IDENTITIES = 1_000_000;

/**
 * Every rule over a million identities and five million grants (`rules-estate.ts` says of what kind), one after the other as
 * in a scan. A rule that fails to run counts as endless. Beside the time that passed stands the processor's, which other
 * work on the machine leaves as it is.
 */
export async function run(): Promise<readonly BenchLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'nhi-bench-'));
  const staging = await createSnapshot(folder, { asOf: AT, startedAt: AT, toolVersion: 'bench' });
  try {
    await fillEstate(staging, IDENTITIES);
    const rules = await loadRules([join(import.meta.dirname, '../rules')], true);
    const lines: BenchLine[] = [];
    let used = process.cpuUsage();
    const onRule = (rule: RuleRun): void => {
      const { user, system } = process.cpuUsage(used);
      used = process.cpuUsage();
      if (rule.error !== null) process.stderr.write(`${rule.ruleId}: ${rule.error}\n`);
      const counts = `${rule.passed} pass, ${rule.failed} fail, ${rule.unknown} unknown`;
      const seconds = rule.error === null ? rule.milliseconds / 1000 : Infinity;
      lines.push(
        inSeconds(
          `${rule.ruleId} (${counts}; ${((user + system) / 1e6).toFixed(1)} s of processor)`,
          seconds,
          5,
        ),
      );
    };
    const started = performance.now();
    const usedBefore = process.cpuUsage();
    await runRules(staging, rules, {
      asOf: AT,
      parameters: resolveParameters(rules, null, {}),
      previous: null,
      onRule,
    });
    const total = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(usedBefore);
    const processor = ((user + system) / 1e6).toFixed(1);
    return [
      ...lines.toSorted((a, b) => b.value - a.value),
      inSeconds(`all ${rules.length} rules (${processor} s of processor)`, total, 60),
      {
        name: 'peak memory, making the estate included',
        value: process.resourceUsage().maxRSS / 1024,
        limit: 3000,
        better: 'lower',
        unit: 'MB',
      },
    ];
  } finally {
    await staging.discard();
    await rm(folder, { recursive: true, force: true });
  }
}

function inSeconds(name: string, value: number, limit: number): BenchLine {
  return { name, value, limit, better: 'lower', unit: 's' };
}
