import type { Coverage } from '#model/scope.ts';
import { counted, COVERAGE_MARKS, systemTitle } from '../words.ts';
import { message } from './text.ts';

const LIMIT = 500;

/** What a reader of the results must know: what was left out, and what was not read. */
export function notifications(gaps: readonly Coverage[], left: number): object[] {
  const leftOut = `${counted(left, 'more result')} left out: code scanning takes no more. The json and csv reports hold them all.`;
  const moreGaps = `${counted(gaps.length - LIMIT, 'more gap')} in the html and json reports.`;
  return [
    ...(left > 0 ? [notification('results-left-out', leftOut)] : []),
    ...gaps.slice(0, LIMIT).map((gap) => notification('coverage-gap', gapText(gap), gap.status === 'failed')),
    ...(gaps.length > LIMIT ? [notification('coverage-gap', moreGaps)] : []),
  ];
}

function notification(id: string, text: string, failed = false): object {
  return { descriptor: { id }, level: failed ? 'error' : 'warning', message: message(text) };
}

function gapText({ system, scopeUid, feed, call, status, detail, missingPermission }: Coverage): string {
  const place = [systemTitle(system), scopeUid, feed].filter((part) => part !== null).join(' · ');
  const needs = missingPermission === null ? null : `needs ${missingPermission}`;
  const why = [call, detail, needs].filter((part) => part !== null).join(', ');
  return `${COVERAGE_MARKS[status].word}: ${place}: ${why}`;
}
