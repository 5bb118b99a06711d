import { SEVERITIES, type Severity } from '#model/finding.ts';
import type { DriftFact, FeedFact, FindingFact, RegrowthFact, RunFacts } from './facts.ts';
import type { Told } from './told.ts';

/** Something that was not told before. `key` is its content: what has the same key is the same news. */
export type NewsItem =
  | ({ readonly kind: 'finding'; readonly key: string } & Omit<FindingFact, 'outcome'>)
  | ({ readonly kind: 'drift'; readonly key: string; readonly what: string } & Pick<
      DriftFact,
      'direction' | 'identityUid' | 'after' | 'baseline'
    > & { readonly subject: string })
  | {
      readonly kind: 'gate';
      readonly key: string;
      readonly passed: boolean;
      readonly causes: readonly string[];
    }
  | { readonly kind: 'coverage'; readonly key: string; readonly scopeUid: string; readonly feed: string }
  | {
      readonly kind: 'revocation';
      readonly key: string;
      readonly revocation: string;
      readonly verdict: string | null;
      readonly detail: string | null;
    }
  | {
      readonly kind: 'run';
      readonly key: string;
      readonly state: 'failed' | 'recovered';
      readonly detail: string | null;
    };

/** News, and what is told once they are out. */
export interface News {
  readonly items: readonly NewsItem[];
  readonly told: Told;
}

/** What a scan found beyond what was told. */
export function newsOf(told: Told, facts: RunFacts, regrowth: readonly RegrowthFact[] = []): News {
  const coverage = coverageNews(told, facts.feeds);
  const lostScopes = new Set(Object.values(coverage.lost));
  const findings = findingNews(told, facts.findings, lostScopes);
  const drift = driftNews(told, facts.drift, lostScopes);
  const { passed, causes } = facts.gate;
  const turned = told.passed === null ? !passed : told.passed !== passed;
  const looked = regrowth.filter(
    ({ revocation, verdict }) => told.revocations[revocation] !== String(verdict),
  );
  return {
    items: [
      ...(told.failing
        ? [{ kind: 'run', key: 'run recovered', state: 'recovered', detail: null } as const]
        : []),
      ...(turned ? [{ kind: 'gate', key: `gate ${passed ? 'pass' : 'fail'}`, passed, causes } as const] : []),
      ...looked
        .filter(({ verdict }) => verdict !== 'proved')
        .map(
          (fact) =>
            ({ kind: 'revocation', key: `revocation ${fact.revocation} ${fact.verdict}`, ...fact }) as const,
        ),
      ...findings.items,
      ...drift.items,
      ...coverage.items,
    ],
    told: {
      ...told,
      findings: findings.told,
      drift: drift.told,
      passed,
      complete: coverage.complete,
      lost: coverage.lost,
      revocations: {
        ...told.revocations,
        ...Object.fromEntries(regrowth.map(({ revocation, verdict }) => [revocation, String(verdict)])),
      },
      failing: false,
    },
  };
}

/** What a run that failed has to tell: the first time only. */
export function newsOfFailure(told: Told, problem: string): News {
  const item = { kind: 'run', key: 'run failed', state: 'failed', detail: problem } as const;
  return { items: told.failing ? [] : [item], told: { ...told, failing: true } };
}

/**
 * Findings that were not told, or became worse, and that nothing accepts. What is not found any more is forgotten, so
 * that it is news when it comes back; but not where its scope is read worse than it was: then nothing says that it is gone.
 */
function findingNews(told: Told, facts: readonly FindingFact[], lostScopes: ReadonlySet<string>) {
  const kept = Object.entries(told.findings).filter(
    ([, { scope }]) => scope !== null && lostScopes.has(scope),
  );
  const now: Record<string, Told['findings'][string]> = Object.fromEntries(kept);
  const items: NewsItem[] = [];
  for (const { outcome, ...fact } of facts) {
    if (outcome === 'waived' || outcome === 'known') continue;
    if (fact.status === 'unknown' && outcome !== 'fails') continue;
    const before = told.findings[fact.id];
    if (before !== undefined && !isWorse(fact, before)) {
      now[fact.id] = lostScopes.has(fact.scopeUid ?? '') ? before : recordOf(fact);
      continue;
    }
    now[fact.id] = recordOf(fact);
    items.push({ kind: 'finding', key: `finding ${fact.id} ${fact.status} ${fact.severity}`, ...fact });
  }
  return { items, told: now };
}

function recordOf({ severity, status, scopeUid }: Omit<FindingFact, 'outcome'>): Told['findings'][string] {
  return { severity, status, scope: scopeUid };
}

function isWorse(
  now: { readonly severity: Severity; readonly status: string },
  before: { readonly severity: Severity; readonly status: string },
): boolean {
  if (SEVERITIES.indexOf(now.severity) < SEVERITIES.indexOf(before.severity)) return true;
  return now.status === 'fail' && before.status === 'unknown';
}

function driftNews(told: Told, facts: readonly DriftFact[], lostScopes: ReadonlySet<string>) {
  const kept = Object.entries(told.drift).filter(([, scope]) => scope !== null && lostScopes.has(scope));
  const now: Record<string, string | null> = Object.fromEntries(kept);
  const items: NewsItem[] = [];
  for (const { kind, direction, scopeUid, identityUid, key: subject, after, baseline } of facts) {
    const key = `drift ${JSON.stringify([kind, direction, identityUid, subject, after])}`;
    now[key] = scopeUid;
    if (key in told.drift) continue;
    items.push({ kind: 'drift', key, what: kind, direction, identityUid, subject, after, baseline });
  }
  return { items, told: now };
}

function coverageNews(told: Told, feeds: readonly FeedFact[]) {
  const complete = new Map(
    feeds.filter((each) => each.complete).map(({ scopeUid, feed }) => [`${scopeUid} ${feed}`, scopeUid]),
  );
  const lostNow = told.complete.filter((key) => !complete.has(key));
  const items = lostNow.map((key): NewsItem => {
    const { scopeUid, feed } = partsOf(key);
    return { kind: 'coverage', key: `coverage ${key}`, scopeUid, feed };
  });
  const stillLost = Object.entries(told.lost).filter(([key]) => !complete.has(key));
  return {
    items,
    complete: [...complete.keys()].toSorted(),
    lost: Object.fromEntries([...stillLost, ...lostNow.map((key) => [key, partsOf(key).scopeUid] as const)]),
  };
}

/** Feeds are one word; uids may hold spaces. */
function partsOf(key: string): { readonly scopeUid: string; readonly feed: string } {
  const at = key.lastIndexOf(' ');
  return { scopeUid: key.slice(0, at), feed: key.slice(at + 1) };
}
