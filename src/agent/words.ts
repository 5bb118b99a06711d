import { SEVERITIES } from '#model/finding.ts';
import type { NewsItem } from './news-item.ts';

const LONGEST = 500;

/** Text from outside in one line, without control and direction characters, and of bounded length. */
export function plain(text: string): string {
  const flat = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]+/gu, ' ');
  return flat.length > LONGEST ? `${flat.slice(0, LONGEST)}…` : flat;
}

/** News in one line: what a person reads first. */
export function subjectOf(schedule: string, items: readonly NewsItem[]): string {
  const parts = [gatePart(items), findingsPart(items), ...otherParts(items)].filter((part) => part !== null);
  return `nhi ${schedule}: ${parts.join(', ')}`;
}

/** One piece of news in one line. */
export function lineOf(item: NewsItem): string {
  return plain(wordsFor(item));
}

function wordsFor(item: NewsItem): string {
  switch (item.kind) {
    case 'finding': {
      const unknown = item.status === 'unknown' ? ' (cannot be told for lack of data)' : '';
      return `${item.severity}: ${item.title}${unknown}: ${item.identityUid ?? item.scopeUid ?? item.system ?? ''} [${item.ruleId}, ${item.id}]`;
    }
    case 'drift':
      return item.what === 'revoked'
        ? `revoked and there again: ${item.subject} of ${item.identityUid} (revocation ${item.baseline})`
        : `drift: ${item.identityUid} ${item.direction} ${item.what} ${item.subject}, against ${item.baseline}`;
    case 'gate':
      return item.passed ? 'the gate passes now' : `the gate fails: ${item.causes.join(', ')}`;
    case 'coverage':
      return `not read completely any more: ${item.feed} of ${item.scopeUid}`;
    case 'revocation':
      return item.verdict === null
        ? `revocation ${item.revocation} could not be looked at again: ${item.detail ?? ''}`
        : `revocation ${item.revocation} is ${item.verdict} now`;
    case 'run':
      return item.state === 'failed' ? `the scan failed: ${item.detail ?? ''}` : 'the scan works again';
  }
}

function gatePart(items: readonly NewsItem[]): string | null {
  const gate = items.find((item) => item.kind === 'gate');
  return gate === undefined ? null : `gate ${gate.passed ? 'PASS' : 'FAIL'}`;
}

function findingsPart(items: readonly NewsItem[]): string | null {
  const findings = items.filter((item) => item.kind === 'finding');
  if (findings.length === 0) return null;
  const worst = SEVERITIES.flatMap((severity) => {
    const n = findings.filter((each) => each.severity === severity).length;
    return n === 0 ? [] : [`${n} ${severity}`];
  });
  return `${counted(findings.length, 'new finding')} (${worst.join(', ')})`;
}

function otherParts(items: readonly NewsItem[]): string[] {
  const count = (kind: NewsItem['kind']) => items.filter((item) => item.kind === kind).length;
  const run = items.find((item) => item.kind === 'run');
  const [drift, coverage, revocations] = [count('drift'), count('coverage'), count('revocation')];
  return [
    ...(run === undefined ? [] : [run.state === 'failed' ? 'the scan failed' : 'the scan works again']),
    ...(revocations > 0 ? [`${counted(revocations, 'revocation')} not proved any more`] : []),
    ...(drift > 0 ? [counted(drift, 'new difference')] : []),
    ...(coverage > 0 ? [`${counted(coverage, 'feed')} not read completely`] : []),
  ];
}

function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
