import { SEVERITIES, type Severity } from '#model/finding.ts';
import type { DriftFact, FeedFact, FindingFact } from './facts.ts';
import type { NewsItem } from './news-item.ts';
import type { Told } from './told.ts';

/**
 * Findings that were not told, or became worse, and that nothing accepts. What is not found any more is forgotten, so
 * that it is news when it comes back; but not where its scope is read worse than it was: then nothing says that it is gone.
 */
export function findingNews(told: Told, facts: readonly FindingFact[], lostScopes: ReadonlySet<string>) {
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

/** Drift that was not told. What is gone is forgotten as findings are. */
export function driftNews(told: Told, facts: readonly DriftFact[], lostScopes: ReadonlySet<string>) {
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

/** Feeds that were complete when they were last told and are not now. */
export function coverageNews(told: Told, feeds: readonly FeedFact[]) {
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
