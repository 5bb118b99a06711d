import type { Author, Cause, Direction, ExplainedChange, Unmanaged } from '#model/drift.ts';
import { differingParts } from './differing-parts.ts';

/** A direction as a character and a word. */
export const DIRECTION_MARKS: Readonly<Record<Direction, { readonly glyph: string; readonly word: string }>> =
  {
    gained: { glyph: '+', word: 'gained' },
    lost: { glyph: '-', word: 'lost' },
    changed: { glyph: '~', word: 'changed' },
    unknown: { glyph: '?', word: 'unknown' },
  };

const KINDS = {
  identity: 'identity ',
  credential: 'credential ',
  entitlement: 'can ',
  edge: '',
  trust: '',
  guardrail: 'guardrail ',
  'open-grant': 'holds ',
} as const;

/** What changed, in words, with its values where it has short ones. */
export function changeText({ kind, key, before, after }: ExplainedChange): string {
  const value = before !== null && after !== null && kind !== 'guardrail' ? ` (${before} → ${after})` : '';
  return `${KINDS[kind]}${key}${value}`;
}

/** Whether it was approved and by what; null: nobody was asked. */
export function approvalText({ approval, approvedBy }: ExplainedChange): string | null {
  if (approval === 'unknown') return null;
  return approval === 'approved' ? `approved by ${approvedBy ?? ''}` : 'not approved';
}

/** What came, went or changed behind it; `clip` shortens what the texts before and after differ in. */
export function causeText(
  { kind, name, managedBy, before, after }: Cause,
  clip: (text: string) => string,
): string {
  const who = managedBy === 'provider' && before !== null && after !== null ? ' by the provider' : '';
  const what = before === null ? 'new' : after === null ? 'gone' : 'changed';
  const texts =
    before !== null && after !== null ? `: ${differingParts(before, after).map(clip).join(' → ')}` : '';
  return `because ${kind} ${name} is ${what}${who}${texts}`;
}

/** What a guardrail said before and says now; null: it is no guardrail that changed. */
export function guardrailText(
  { kind, before, after }: ExplainedChange,
  clip: (text: string) => string,
): string | null {
  if (kind !== 'guardrail' || before === null || after === null) return null;
  return `it said ${differingParts(before, after).map(clip).join(' → ')}`;
}

/** Who did what and when, and which log tells it. */
function authorText({ actor, at, action, source }: Author): string {
  return `by ${actor}: ${action}${at === null ? '' : `, ${at}`} (${source})`;
}

/** Who did it, else why nobody knows. */
export function authorTexts({ by, byNotKnown }: Pick<ExplainedChange, 'by' | 'byNotKnown'>): string[] {
  return [...by.map(authorText), ...(byNotKnown === null ? [] : [`by whom is not known: ${byNotKnown}`])];
}

/** How many changes there are of each direction. */
export function directionCounts(changes: readonly ExplainedChange[]): string {
  return Object.entries(DIRECTION_MARKS)
    .map(([direction, { word }]) => ({
      word,
      n: changes.filter((change) => change.direction === direction).length,
    }))
    .filter(({ n }) => n > 0)
    .map(({ word, n }) => `${n} ${word}`)
    .join(', ');
}

/** What gives the most first, administrators before all. */
export function worstFirst(unmanaged: readonly Unmanaged[]): Unmanaged[] {
  const rank = ({ gives }: Unmanaged): number =>
    gives.includes('admin') ? 0 : gives.includes('identity-admin') ? 1 : gives.length > 0 ? 2 : 3;
  return unmanaged.toSorted((a, b) => rank(a) - rank(b));
}

const PLURAL = {
  identity: 'identities',
  credential: 'credentials',
  grant: 'grants',
  trust: 'trusts',
} as const;

/** How much of each kind no code describes. */
export function unmanagedCounts(unmanaged: readonly Unmanaged[]): string {
  return (['identity', 'credential', 'grant', 'trust'] as const)
    .map((kind) => ({ kind, n: unmanaged.filter((each) => each.kind === kind).length }))
    .filter(({ n }) => n > 0)
    .map(({ kind, n }) => `${n} ${n === 1 ? kind : PLURAL[kind]}`)
    .join(', ');
}

/** What it gives; an administrator can do all the rest. */
export function givesText({ gives }: Unmanaged): string {
  if (gives.length === 0) return '';
  return `gives ${gives.includes('admin') ? 'admin' : gives.join(', ')}`;
}
