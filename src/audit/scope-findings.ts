import { createHash } from 'node:crypto';
import type { RuleHeader } from '#contract/rule.ts';
import type { Finding } from '#model/finding.ts';
import type { Instant, Uid } from '#model/system.ts';
import type { ScopeReading } from './scope-readings.ts';

/**
 * One `unknown` for every scope that may hold subjects which the rule did not see: where credentials were not read there
 * are no rows about credentials, and silence is no pass. `judged` are the scopes of which the rule has rows. Only scopes
 * that coverage itself speaks of count: a system that cannot have a feed has no coverage of it.
 */
export function scopeFindings(
  header: RuleHeader,
  title: string,
  readings: readonly ScopeReading[],
  { judged, asOf, seen }: ScopeContext,
): Finding[] {
  return readings
    .filter(({ own, system }) => own && isFor(header, system))
    .filter(
      ({ scopeUid, state, hidesSubjects }) =>
        hidesSubjects || (state !== 'complete' && !judged.has(scopeUid)),
    )
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

interface ScopeContext {
  readonly judged: ReadonlySet<Uid | null>;
  readonly asOf: Instant;
  readonly seen: ReadonlyMap<string, Instant>;
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
