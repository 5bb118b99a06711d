import { basename } from 'node:path';
import type { JudgedFinding } from '#gate/verdict.ts';
import { SEVERITIES } from '#model/finding.ts';
import type { ChosenBaseline } from '../gate-baseline.ts';
import type { Io } from '../io.ts';
import type { CommonOptions } from '../options.ts';
import { paintFor, type Paint } from '../terminal/colour.ts';
import { sanitise } from '../terminal/sanitise.ts';
import { paintSeverity, severityLabel } from '../terminal/severity.ts';
import { widthOf } from '../terminal/width.ts';
import { wrap } from '../terminal/wrap.ts';
import { causeText, kpiText, nextSteps } from './gate-causes.ts';
import { countOutcomes, type GateStory } from './gate-story.ts';

const SHOWN = 10;

/** The verdict for people: pass or fail, why, what is new, what to do. */
export function gateText(story: GateStory, options: CommonOptions, io: Io): string {
  const { verdict, snapshot, policyFile } = story;
  const paint = paintFor(io, 'stdout', options.color);
  const width = widthOf(io);
  const word = verdict.passed ? paint.green(paint.bold('PASS')) : paint.red(paint.bold('FAIL'));
  const failing = verdict.findings.filter(({ outcome }) => outcome === 'fails');
  const lines = (title: string, texts: readonly string[]): string[] =>
    texts.length === 0
      ? []
      : ['', paint.bold(title), ...texts.map((text) => wrap(`  ${sanitise(text)}`, width, '    '))];
  return [
    `${word}  snapshot ${snapshot.id} as of ${snapshot.asOf}, by ${policyFile === null ? 'the default policy' : sanitise(basename(policyFile))}`,
    ...lines(
      'Why',
      verdict.causes.map((cause) => causeText(cause, story)),
    ),
    ...lines('Not counted against it', beside(story)),
    ...worst(failing, story.baseline, width, paint),
    ...lines('What to do', nextSteps(story)),
    '',
  ].join('\n');
}

function beside({ verdict, policy, baseline, gapsOfNoScope }: GateStory): string[] {
  const { warns, waived, known, tolerated } = countOutcomes(verdict.findings);
  const complete = verdict.scopes.reduce((sum, scope) => sum + scope.complete, 0);
  const total = verdict.scopes.reduce((sum, scope) => sum + scope.total, 0);
  const expired = policy.expiredWaivers === 'warn' ? verdict.expiredWaivers : [];
  return [
    warns > 0 ? `${warns} unknown for lack of data` : '',
    waived > 0 ? `${waived} waived` : '',
    known > 0 ? `${known} known to ${baseline?.name ?? 'the baseline'}` : '',
    tolerated > 0 ? `${tolerated} that the policy tolerates` : '',
    complete < total && !verdict.causes.includes('coverage')
      ? `gaps in the collection: ${complete} of ${total} feeds are complete`
      : '',
    gapsOfNoScope > 0 ? `files or calls that were not read and belong to no scope: ${gapsOfNoScope}` : '',
    ...verdict.kpis.filter(({ outcome }) => outcome === 'warns').map(kpiText),
    expired.length > 0 ? `waivers that have expired: ${expired.join(', ')}` : '',
  ].filter((text) => text !== '');
}

function worst(
  failing: readonly JudgedFinding[],
  baseline: ChosenBaseline | null,
  width: number,
  paint: Paint,
): string[] {
  if (failing.length === 0) return [];
  const ranked = SEVERITIES.flatMap((severity) => failing.filter((each) => each.severity === severity));
  const title = baseline === null ? 'What fails, worst first' : `New since ${baseline.name}, worst first`;
  const rest = ranked.length - SHOWN;
  return [
    '',
    paint.bold(sanitise(title)),
    ...ranked.slice(0, SHOWN).map((finding) => wrap(`  ${findingText(finding, paint)}`, width, '    ')),
    ...(rest > 0 ? [paint.dim(`  and ${rest} more`)] : []),
  ];
}

function findingText(finding: JudgedFinding, paint: Paint): string {
  const { severity, status, ruleId, identityUid, scopeUid } = finding;
  const label = (status === 'unknown' ? `? ${severity}` : severityLabel(severity)).padEnd(10);
  const where = finding.subjectUid ?? identityUid ?? scopeUid ?? '';
  return `${paintSeverity(label, severity, paint)} ${sanitise(ruleId)}  ${sanitise(where)}`;
}
