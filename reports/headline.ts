import { SEVERITIES } from '#model/finding.ts';
import type { Summary } from './summary.ts';
import { counted, grouped, SEVERITY_MARKS } from './words.ts';

/** What a report says first. `clear` only where nothing failed and everything was measured. */
export interface Headline {
  readonly tone: 'problems' | 'incomplete' | 'clear';
  /** What the rules found. */
  readonly result: string;
  /** What was not measured; null: everything was. */
  readonly unmeasured: string | null;
}

/** Words for the summary. Missing data is never good news. */
export function headline(summary: Summary): Headline {
  const unmeasured = unmeasuredText(summary);
  const clear = summary.problems === 0 && unmeasured === null;
  return {
    tone: clear ? 'clear' : summary.problems > 0 ? 'problems' : 'incomplete',
    result: [resultText(summary), ...besides(summary)].join(' '),
    unmeasured,
  };
}

/** `18 of 22 feeds read completely`, or that nothing says what was read. */
export function coverageText({ feeds, feedsComplete }: Pick<Summary, 'feeds' | 'feedsComplete'>): string {
  if (feeds === 0) return 'nothing says what was read';
  return `${grouped(feedsComplete)} of ${counted(feeds, 'feed')} read completely`;
}

function resultText(summary: Summary): string {
  const { identities, problems, checks } = summary;
  const population = counted(identities, 'identity', 'identities');
  if (problems > 0) {
    const severities = SEVERITIES.filter((severity) => summary.failed[severity] > 0).map(
      (severity) => `${grouped(summary.failed[severity])} ${SEVERITY_MARKS[severity].word.toLowerCase()}`,
    );
    return `${counted(problems, 'finding')} on ${population}: ${severities.join(', ')}.`;
  }
  if (identities === 0) return 'No identity was collected, so nothing was checked.';
  if (checks.passed === 0) return `No rule passed or failed on ${population}.`;
  return `No findings: ${counted(checks.passed, 'check')} by ${counted(checks.rules, 'rule')} passed on ${population}.`;
}

/** What is waived and what is new: neither changes what was found. */
function besides({ waived, compared }: Summary): string[] {
  return [
    ...(waived === 0 ? [] : [`Waived: ${grouped(waived)} of them.`]),
    ...(compared === null
      ? []
      : [`Against the baseline ${grouped(compared.fresh)} new, ${grouped(compared.gone)} no longer there.`]),
  ];
}

function unmeasuredText(summary: Summary): string | null {
  const { coverage, feeds, checks, identities } = summary;
  const unknown = Math.max(summary.unknown, checks.unknown);
  const parts = [
    ...(identities === 0 ? ['no identity was collected'] : []),
    ...(checks.rules === 0 ? ['no rule was run'] : []),
    ...(unknown > 0 ? [counted(unknown, 'answer is unknown', 'answers are unknown')] : []),
    ...(coverage.gaps.length > 0 || feeds === 0 ? [coverageText(summary)] : []),
    ...(coverage.gaps.length > 0 ? [counted(coverage.gaps.length, 'gap')] : []),
  ];
  return parts.length === 0 ? null : `Not everything was measured: ${parts.join(', ')}.`;
}
