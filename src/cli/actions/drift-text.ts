import type { Author, Cause, Direction, ExplainedChange, ExplainedDrift, Unmanaged } from '#model/drift.ts';
import { grouped } from '../drift/grouped.ts';
import type { Io } from '../io.ts';
import type { CommonOptions } from '../options.ts';
import { paintFor, type Paint } from '../terminal/colour.ts';
import { sanitise } from '../terminal/sanitise.ts';

const MARKS: Readonly<Record<Direction, string>> = { gained: '+', lost: '-', changed: '~', unknown: '?' };
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
    changes.length === 0 ? 'Nothing that identities can do has changed.' : countsOf(changes),
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

function countsOf(changes: readonly ExplainedChange[]): string {
  return (['gained', 'lost', 'changed', 'unknown'] as const)
    .map(
      (direction) => [direction, changes.filter((change) => change.direction === direction).length] as const,
    )
    .filter(([, n]) => n > 0)
    .map(([direction, n]) => `${n} ${direction}`)
    .join(', ');
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
  const causes = changes.flatMap((change) => change.causes).map(causeText);
  const authors = changes.flatMap(({ by }) => by).map(authorText);
  const notKnown = changes.flatMap(({ byNotKnown }) => (byNotKnown === null ? [] : [byNotKnown]));
  const sources = changes.flatMap((change) => change.sources);
  const remarks = [
    ...causes,
    ...authors,
    ...notKnown.map((why) => `by whom is not known: ${why}`),
    ...(sources.length === 0 ? [] : [`in the code: ${[...new Set(sources)].join(', ')}`]),
  ];
  return [
    ...changes.map((change) => changeLine(change, look)),
    ...[...new Set(remarks)].map((text) => remark(text, look)),
  ];
}

function changeLine(change: ExplainedChange, look: Look): string {
  const { kind, direction, key, before, after, approval, approvedBy } = change;
  const value = before !== null && after !== null && kind !== 'guardrail' ? ` (${before} → ${after})` : '';
  const approved =
    approval === 'approved'
      ? `, approved by ${approvedBy ?? ''}`
      : approval === 'unapproved'
        ? ', not approved'
        : '';
  const seen = change.firstSeen === null ? '' : `, first seen ${change.firstSeen}`;
  const { paint } = look;
  const colours = { gained: paint.red, lost: paint.green, changed: paint.yellow, unknown: paint.dim };
  return item(`${MARKS[direction]} ${WORDS[kind]}${key}${value}${approved}${seen}`, look, colours[direction]);
}

const WORDS = {
  identity: 'identity ',
  credential: 'credential ',
  entitlement: 'can ',
  edge: '',
  trust: '',
  guardrail: 'guardrail ',
  'open-grant': 'holds ',
} as const;

function causeText({ kind, name, managedBy, before, after }: Cause): string {
  const who = managedBy === 'provider' && before !== null && after !== null ? ' by the provider' : '';
  const what = before === null ? 'new' : after === null ? 'gone' : 'changed';
  const texts = before !== null && after !== null ? `: ${clip(before)} → ${clip(after)}` : '';
  return `because ${kind} ${name} is ${what}${who}${texts}`;
}

function authorText({ actor, at, action, source }: Author): string {
  return `by ${actor}: ${action}${at === null ? '' : `, ${at}`} (${source})`;
}

/** What gives the most first, administrators before all. */
function unmanagedLines(unmanaged: readonly Unmanaged[], look: Look): string[] {
  const rank = ({ gives }: Unmanaged): number =>
    gives.includes('admin') ? 0 : gives.includes('identity-admin') ? 1 : gives.length > 0 ? 2 : 3;
  const sorted = unmanaged.toSorted((a, b) => rank(a) - rank(b));
  const counts = [...grouped(sorted, ({ kind }) => kind)]
    .map(([kind, all]) => `${all.length} ${all.length === 1 ? kind : PLURAL[kind]}`)
    .toSorted();
  const left = sorted.length - UNMANAGED_SHOWN;
  return [
    '',
    ...heading('Not in the code', look),
    counts.join(', '),
    ...(look.markdown ? [''] : []),
    ...sorted.slice(0, UNMANAGED_SHOWN).map(({ kind, identityUid, what, gives }) => {
      // An administrator can do all the rest.
      const given = gives.includes('admin') ? ['admin'] : gives;
      const text = `${kind} of ${identityUid}: ${what}${given.length === 0 ? '' : `, gives ${given.join(', ')}`}`;
      return item(text, look, gives.includes('admin') ? look.paint.red : look.paint.yellow);
    }),
    ...(left > 0 ? [remark(`and ${left} more, with --format json`, look)] : []),
  ];
}

const PLURAL = {
  identity: 'identities',
  credential: 'credentials',
  grant: 'grants',
  trust: 'trusts',
} as const;

function clip(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function escaped(text: string): string {
  return sanitise(text).replaceAll('`', "'").replaceAll('<', '&lt;').replaceAll('|', '\\|');
}
