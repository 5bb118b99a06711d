import type { Direction } from '#drift/change.ts';
import type { Cause } from '#drift/causes.ts';
import type { Io } from '../io.ts';
import type { CommonOptions } from '../options.ts';
import { paintFor, type Paint } from '../terminal/colour.ts';
import { sanitise } from '../terminal/sanitise.ts';
import type { ExplainedChange, ExplainedDrift } from './drift.ts';

const MARKS: Readonly<Record<Direction, string>> = { gained: '+', lost: '-', changed: '~', unknown: '?' };
const LONGEST = 160;

/** Drift for people, identity by identity: what came and went, and why. */
export function driftText(
  { from, to, changes }: ExplainedDrift,
  options: CommonOptions & { readonly markdown: boolean },
  io: Io,
): string {
  const { markdown } = options;
  const paint = paintFor(io, 'stdout', options.color && !markdown);
  const title = `Drift from ${from} to ${to}`;
  const head = markdown ? `# ${escaped(title)}` : paint.bold(title);
  if (changes.length === 0) return `${head}\n\nNothing that identities can do has changed.\n`;
  const counts = (['gained', 'lost', 'changed', 'unknown'] as const)
    .map(
      (direction) => [direction, changes.filter((change) => change.direction === direction).length] as const,
    )
    .filter(([, n]) => n > 0)
    .map(([direction, n]) => `${n} ${direction}`);
  const groups = new Map<string, ExplainedChange[]>();
  for (const change of changes) {
    groups.set(change.identityUid, [...(groups.get(change.identityUid) ?? []), change]);
  }
  return [
    head,
    '',
    counts.join(', '),
    ...[...groups].flatMap(([uid, own]) => [
      '',
      heading(uid, markdown, paint),
      ...linesOf(own, markdown, paint),
    ]),
    '',
  ].join('\n');
}

function heading(uid: string, markdown: boolean, paint: Paint): string {
  return markdown ? `## ${escaped(uid)}\n` : paint.bold(sanitise(uid));
}

function linesOf(changes: readonly ExplainedChange[], markdown: boolean, paint: Paint): string[] {
  const causes = new Map(
    changes.flatMap((change) => change.causes).map((cause) => [`${cause.kind} ${cause.uid}`, cause]),
  );
  return [
    ...changes.map((change) => changeLine(change, markdown, paint)),
    ...[...causes.values()].map((cause) => causeLine(cause, markdown, paint)),
  ];
}

function changeLine(change: ExplainedChange, markdown: boolean, paint: Paint): string {
  const { kind, direction, key, before, after, approval, approvedBy } = change;
  const value = before !== null && after !== null && kind !== 'guardrail' ? ` (${before} → ${after})` : '';
  const approved =
    approval === 'approved'
      ? `, approved by ${approvedBy ?? ''}`
      : approval === 'unapproved'
        ? ', not approved'
        : '';
  const seen = change.firstSeen === null ? '' : `, first seen ${change.firstSeen}`;
  const text = `${MARKS[direction]} ${WORDS[kind]}${key}${value}${approved}${seen}`;
  if (markdown) return `- \`${escaped(text)}\``;
  const colour = { gained: paint.red, lost: paint.green, changed: paint.yellow, unknown: paint.dim }[
    direction
  ];
  return `  ${colour(sanitise(text))}`;
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

function causeLine({ kind, name, managedBy, before, after }: Cause, markdown: boolean, paint: Paint): string {
  const who = managedBy === 'provider' ? ', changed by the provider' : '';
  const what = before === null ? 'new' : after === null ? 'gone' : 'changed';
  const texts = before !== null && after !== null ? `: ${clip(before)} → ${clip(after)}` : '';
  const text = `because ${kind} ${name} is ${what}${who}${texts}`;
  return markdown ? `  - ${escaped(text)}` : `      ${paint.dim(sanitise(text))}`;
}

function clip(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function escaped(text: string): string {
  return sanitise(text).replaceAll('`', "'").replaceAll('<', '&lt;').replaceAll('|', '\\|');
}
