import { coverageNews, driftNews, findingNews } from './compare-told.ts';
import type { RegrowthFact, RunFacts } from './facts.ts';
import type { NewsItem } from './news-item.ts';
import type { Told } from './told.ts';

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
