import type { ExplainedChange, ExplainedDrift, Unmanaged } from '#model/drift.ts';
import {
  approvalText,
  authorTexts,
  causeText,
  changeText,
  DIRECTION_MARKS,
  directionCounts,
  givesText,
  guardrailText,
  unmanagedCounts,
  worstFirst,
} from '#reports/drift-words.ts';
import { grouped } from '../drift/grouped.ts';
import type { Io } from '../io.ts';
import type { CommonOptions } from '../options.ts';
import { paintFor, type Paint } from '../terminal/colour.ts';
import { sanitise } from '../terminal/sanitise.ts';

const LONGEST = 160;
/** More of what no code describes is only counted; JSON has all of it. */
const UNMANAGED_SHOWN = 50;

/** How the lines of drift look: a list in markdown, indented text in colours else. */
interface Look {
  readonly paint: Paint;
  readonly markdown: boolean;
}

/** Drift for people, identity by identity: what came and went, why and by whom, and what no code describes. */
export function driftText(
  { from, to, changes, unmanaged, notTold }: ExplainedDrift,
  options: CommonOptions & { readonly markdown: boolean },
  io: Io,
): string {
  const { markdown } = options;
  const look = { markdown, paint: paintFor(io, 'stdout', options.color && !markdown) };
  const title = `Drift from ${from} to ${to}`;
  return [
    markdown ? `# ${escaped(title)}` : look.paint.bold(sanitise(title)),
    '',
    changes.length === 0 ? 'Nothing that identities can do has changed.' : directionCounts(changes),
    ...[...grouped(changes, ({ identityUid }) => identityUid)].flatMap(([uid, own]) => [
      '',
      ...heading(uid, look),
      ...linesOf(own, look),
    ]),
    ...(unmanaged === null || unmanaged.length === 0 ? [] : unmanagedLines(unmanaged, look)),
    ...(notTold.length === 0 ? [] : ['', ...heading('Not told by the code', look)]),
    ...notTold.map((text) => item(text, look, look.paint.dim)),
    '',
  ].join('\n');
}

function heading(text: string, { markdown, paint }: Look): string[] {
  return markdown ? [`## ${escaped(text)}`, ''] : [paint.bold(sanitise(text))];
}

/** A line of the list. */
function item(text: string, { markdown }: Look, colour: (text: string) => string): string {
  return markdown ? `- \`${escaped(text)}\`` : `  ${colour(sanitise(text))}`;
}

/** A line below one of the list. */
function remark(text: string, { markdown, paint }: Look): string {
  return markdown ? `  - ${escaped(text)}` : `      ${paint.dim(sanitise(text))}`;
}

function linesOf(changes: readonly ExplainedChange[], look: Look): string[] {
  const sources = [...new Set(changes.flatMap((change) => change.sources))];
  const remarks = [
    ...changes.flatMap((change) => guardrailText(change, clip) ?? []),
    ...changes.flatMap((change) => change.causes).map((cause) => causeText(cause, clip)),
    ...changes.flatMap(authorTexts),
    ...(sources.length === 0 ? [] : [`in the code: ${sources.join(', ')}`]),
  ];
  return [
    ...changes.map((change) => changeLine(change, look)),
    ...[...new Set(remarks)].map((text) => remark(text, look)),
  ];
}

function changeLine(change: ExplainedChange, look: Look): string {
  const { paint } = look;
  const colours = { gained: paint.red, lost: paint.green, changed: paint.yellow, unknown: paint.dim };
  const parts = [
    changeText(change),
    approvalText(change),
    change.firstSeen === null ? null : `first seen ${change.firstSeen}`,
  ];
  const text = parts.filter((part) => part !== null).join(', ');
  return item(`${DIRECTION_MARKS[change.direction].glyph} ${text}`, look, colours[change.direction]);
}

function unmanagedLines(unmanaged: readonly Unmanaged[], look: Look): string[] {
  const left = unmanaged.length - UNMANAGED_SHOWN;
  return [
    '',
    ...heading('Not in the code', look),
    unmanagedCounts(unmanaged),
    ...(look.markdown ? [''] : []),
    ...worstFirst(unmanaged)
      .slice(0, UNMANAGED_SHOWN)
      .map((each) => {
        const { kind, identityUid, what, gives } = each;
        const text = [`${kind} of ${identityUid}: ${what}`, givesText(each)].filter((part) => part !== '');
        return item(text.join(', '), look, gives.includes('admin') ? look.paint.red : look.paint.yellow);
      }),
    ...(left > 0 ? [remark(`and ${left} more, with --format json`, look)] : []),
  ];
}

function clip(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function escaped(text: string): string {
  return sanitise(text).replaceAll('`', "'").replaceAll('<', '&lt;').replaceAll('|', '\\|');
}
