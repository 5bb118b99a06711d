import type { LoadedConfig } from '#config/load-config.ts';
import type { FindingWaiver, ReportBaseline, ReportFinding } from '#contract/report.ts';
import { isKnown } from '#gate/baseline.ts';
import { readWaivers } from '#gate/waivers/read-waivers.ts';
import type { Finding } from '#model/finding.ts';
import type { Snapshot } from '#store/read/open-snapshot.ts';
import { namedBaseline } from './gate-baseline.ts';
import type { Io } from './io.ts';
import type { Settings } from './settings.ts';
import { readWaived } from './waived.ts';

/** Marks findings with the waivers that cover them on the snapshot's day. Throws ConfigError. */
export async function markWaived(
  findings: readonly ReportFinding[],
  snapshot: Snapshot,
  config: LoadedConfig,
  io: Io,
): Promise<readonly ReportFinding[]> {
  const waived = await readWaived(snapshot, config, io);
  if (waived.size === 0) return findings;
  const waivers = new Map((await readWaivers(config.waivers)).map((waiver) => [waiver.id, waiver]));
  return findings.map((finding) => {
    const waiver = waivers.get(waived.get(finding.id)?.id ?? '');
    if (waiver === undefined) return finding;
    const { id, reason, owner, approver, ticket, expires }: FindingWaiver = waiver;
    return { ...finding, waiver: { id, reason, owner, approver, ticket, expires } };
  });
}

/** Findings held against a baseline, as `nhi gate` does it, and what the baseline has beyond them. */
export async function compareFindings(
  findings: readonly ReportFinding[],
  which: string,
  snapshot: Snapshot,
  { dataDir }: Settings,
  io: Io,
): Promise<{ readonly findings: readonly ReportFinding[]; readonly baseline: ReportBaseline }> {
  const { name, findings: before } = await namedBaseline(which, io.cwd, {
    snapshot: snapshot.info.id,
    dataDir,
  });
  const now = new Set(findings.map(({ id }: Finding) => id));
  return {
    findings: findings.map((finding) => ({
      ...finding,
      baselineState: isKnown(finding, before) ? ('unchanged' as const) : ('new' as const),
    })),
    baseline: {
      name,
      absent: [...before.values()]
        .filter(({ id }) => !now.has(id))
        .map(({ id, ruleId, severity, status }) => ({ id, ruleId, severity, status })),
    },
  };
}
