import type { Instant, Json } from '#model/system.ts';
import type { Line } from '../screen.ts';
import { withoutWaypoints } from './draw-path.ts';
import { measuredSentences, MEASURED_KEYS } from './evidence-sentences.ts';
import { labelled, paragraph, toned, type Block } from './lines.ts';
import { dayAndAge } from './time.ts';

/** Deeper and longer than a page is good for. */
const DEEPEST = 3;
const LONGEST = 12;
const LABEL = 22;

/** What a rule measured, as sentences, then everything else of it under its name; nothing is left out. */
export function evidenceLines(evidence: Json, asOf: Instant, block: Block): Line[] {
  const terms = termsOf(evidence);
  if (terms === null || Object.keys(terms).length === 0) {
    return paragraph([toned('muted', 'The rule gives no evidence.')], block);
  }
  const rest = Object.entries(terms).filter(([key]) => !MEASURED_KEYS.has(key) && key !== 'not_collected');
  return [
    ...measuredSentences(terms, asOf).flatMap((sentence) => paragraph([sentence], block)),
    ...rest.flatMap(([key, value]) => termLines(key, value, asOf, block, 0)),
    ...notCollected(terms['not_collected'], block),
  ];
}

function termLines(key: string, value: Json, asOf: Instant, block: Block, depth: number): Line[] {
  const label = wordsOf(key);
  const plain = plainText(value, key, asOf);
  if (plain !== null) return labelled(label, [plain], LABEL, block);
  if (depth >= DEEPEST) return labelled(label, [JSON.stringify(value)], LABEL, block);
  const inner = { ...block, indent: (block.indent ?? 2) + 2 };
  const parts = Array.isArray(value)
    ? value.map((each: Json, at): [string, Json] => [String(at + 1), each])
    : Object.entries(termsOf(value) ?? {});
  const more = parts.length - LONGEST;
  return [
    ...paragraph([toned('muted', label)], block),
    ...parts.slice(0, LONGEST).flatMap(([name, each]) => termLines(name, each, asOf, inner, depth + 1)),
    ...(more > 0 ? paragraph([toned('muted', `and ${more} more`)], inner) : []),
  ];
}

/** A value that fits on a line; null where it has parts. */
function plainText(value: Json, key: string, asOf: Instant): string | null {
  if (value === null) return /_(at|days|start|end)$/u.test(key) ? 'not known' : 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return textOf(value, asOf);
  if (!isList(value)) return null;
  if (value.length === 0) return 'none';
  const texts = value.flatMap((each) =>
    typeof each === 'string' || typeof each === 'number' ? [String(each)] : [],
  );
  if (texts.length < value.length) return null;
  const more = texts.length - LONGEST;
  return texts.slice(0, LONGEST).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** What the answer lacks: the feed, how reading it went, and what would have let it through. */
function notCollected(value: Json | undefined, block: Block): Line[] {
  if (value === undefined || value === null || !isList(value)) return [];
  const gaps = value.map((gap) => termsOf(gap) ?? {});
  const more = gaps.length - LONGEST;
  return [
    ...paragraph([toned('warning', 'Not known for lack of:')], block),
    ...gaps.slice(0, LONGEST).flatMap((gap) => {
      const text = (key: string) => (typeof gap[key] === 'string' ? gap[key] : '');
      const permission = text('missing_permission');
      const needs = permission === '' ? '' : `; needs ${permission}`;
      const detail = text('detail') === '' ? '' : `: ${text('detail')}`;
      return paragraph([`${text('feed')} by ${text('call')}, ${text('status')}${needs}${detail}`], {
        ...block,
        indent: (block.indent ?? 2) + 2,
      });
    }),
    ...(more > 0 ? paragraph([toned('muted', `and ${more} more`)], block) : []),
  ];
}

/** `threshold_days` and `thresholdDays` → `threshold days`. */
function wordsOf(key: string): string {
  return key
    .replaceAll(/([a-z\d])([A-Z])/gu, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
}

function textOf(text: string, asOf: Instant): string {
  if (text === '') return '(empty)';
  return isTime(text) ? dayAndAge(text, asOf) : withoutWaypoints(text);
}

function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[\d.]*Z$/u.test(text);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function termsOf(value: Json): { readonly [key: string]: Json } | null {
  return value === null || typeof value !== 'object' || isList(value) ? null : value;
}
