import { sanitise } from '../terminal/sanitise.ts';
import type { PlanStory } from './gate-plan-story.ts';
import { headline, sectionsOf } from './gate-plan-text.ts';

/** A job summary of GitHub may have 1 MiB, and nobody reads so much. */
const SHOWN = 50;

/** The verdict for job summaries and comments. */
export function gatePlanMarkdown(story: PlanStory): string {
  const word = story.verdict.passed ? 'PASS' : 'FAIL';
  const sections = sectionsOf(story).flatMap(({ title, lines }) => [
    '',
    `### ${title}`,
    '',
    ...lines.slice(0, SHOWN).map((line) => `- ${inert(line)}`),
    ...(lines.length > SHOWN ? [`- and ${lines.length - SHOWN} more`] : []),
  ]);
  return [`## ${word}: effective access`, '', inert(headline(story)), ...sections, ''].join('\n');
}

/** Names come from code and clouds: none of them is markup. */
function inert(text: string): string {
  return sanitise(text).replaceAll(/[\\`*_{}[\]()<>#+!|~&@$]/gu, (mark) => `&#${mark.codePointAt(0) ?? 0};`);
}
