import { createHash } from 'node:crypto';
import type { RuleHeader } from '#contract/rule.ts';
import type { Finding } from '#model/finding.ts';
import type { Instant } from '#model/system.ts';
import type { ScopeReading } from './scope-readings.ts';

/**
 * One `unknown` for every scope whose needed feeds fell short and about which the rule says nothing: where credentials
 * were not read there are no rows about credentials, and silence is no pass. Only scopes that coverage itself speaks of
 * count: a system that cannot have a feed has no coverage of it.
 */
export function silentScopeFindings(
  header: RuleHeader,
  title: string,
  readings: readonly ScopeReading[],
  { asOf, seen }: { readonly asOf: Instant; readonly seen: ReadonlyMap<string, Instant> },
): Finding[] {
  return readings
    .filter(({ own, state, system }) => own && state !== 'complete' && isFor(header, system))
    .map(({ scopeUid, system, gaps }) => {
      const id = scopeFindingId(header.id, scopeUid);
      return {
        id,
        ruleId: header.id,
        category: header.category,
        severity: header.severity,
        status: 'unknown',
        title,
        system,
        scopeUid,
        identityUid: null,
        subjectUid: null,
        evidence: { not_collected: gaps.map((gap) => ({ ...gap })) },
        playbook: header.playbook,
        firstSeenAt: seen.get(id) ?? asOf,
      };
    });
}

function isFor({ systems }: RuleHeader, system: ScopeReading['system']): boolean {
  return systems === undefined || (system !== null && systems.includes(system));
}

/** Made as `rule-sql.ts` makes the ids of other findings, over what no row can have. */
function scopeFindingId(ruleId: string, scopeUid: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([ruleId, 'scope', scopeUid]))
    .digest('hex');
  return `${ruleId}-${digest.slice(0, 16)}`;
}
