import type { Instant, Json } from '#model/system.ts';
import { counted } from './lines.ts';
import { dayAndAge, dayOf } from './time.ts';

type Terms = { readonly [key: string]: Json };

/** What the sentences tell, so that it is not said again. */
export const MEASURED_KEYS: ReadonlySet<string> = new Set([
  'threshold_days',
  'unused_days',
  'age_days',
  'last_used_at',
  'last_used_evidence',
  'created_at',
  'window_start',
  'window_end',
  'sources',
  'blind_spots',
  'measured_as_a_whole',
  'severity_raised_by',
]);

/** What was measured, against which limit, by which source over which time, and what that source cannot see. */
export function measuredSentences(terms: Terms, asOf: Instant): string[] {
  const has = (key: string) => key in terms;
  return [
    ...(has('unused_days') ? [daysSentence('Unused for', number(terms['unused_days']), terms)] : []),
    ...(has('age_days') ? [daysSentence('Its age is', number(terms['age_days']), terms)] : []),
    ...(has('threshold_days') && !has('unused_days') && !has('age_days')
      ? [`The limit is ${limitOf(terms)}.`]
      : []),
    ...(has('last_used_at') || has('last_used_evidence') ? [lastUse(terms, asOf)] : []),
    ...(has('created_at') ? [`Created ${time(terms['created_at'], asOf)}.`] : []),
    ...(has('sources') ? [sourceSentence(terms)] : []),
    ...(has('window_start') || has('window_end') ? [windowSentence(terms)] : []),
    ...listSentence('It cannot see ', terms['blind_spots']),
    ...(terms['measured_as_a_whole'] === false
      ? ['Only parts of it were measured: it may have been used unseen.']
      : []),
    ...listSentence('Severity raised: ', terms['severity_raised_by']),
  ];
}

function daysSentence(words: string, days: number | null, terms: Terms): string {
  const measured = days === null ? `${words} an unknown number of days` : `${words} ${counted(days, 'day')}`;
  return number(terms['threshold_days']) === null
    ? `${measured}.`
    : `${measured}; the limit is ${limitOf(terms)}.`;
}

function limitOf(terms: Terms): string {
  const days = number(terms['threshold_days']);
  return days === null ? 'not known' : counted(days, 'day');
}

function lastUse(terms: Terms, asOf: Instant): string {
  const last = terms['last_used_at'];
  if (typeof last === 'string') return `Last used ${dayAndAge(last, asOf)}.`;
  const evidence = terms['last_used_evidence'];
  return NO_USE.get(typeof evidence === 'string' ? evidence : '') ?? 'No use of it was seen.';
}

/** By `LastUsedEvidence`. */
const NO_USE: ReadonlyMap<string, string> = new Map([
  ['never', 'Never used since it was made, says a source that tracks its use.'],
  ['not-in-window', 'Not used in the time that was looked at; older use is possible.'],
  ['none', 'No source says when it was last used.'],
]);

function sourceSentence(terms: Terms): string {
  const sources = texts(terms['sources']);
  return sources.length === 0 ? 'No source was read.' : `Measured by ${sources.join(', ')}.`;
}

function windowSentence(terms: Terms): string {
  const [from, to] = [terms['window_start'], terms['window_end']];
  if (typeof from !== 'string' && typeof to !== 'string') return 'Which time was looked at is not known.';
  const start = typeof from === 'string' ? dayOf(from) : 'a day that is not known';
  return `Looked at from ${start} to ${typeof to === 'string' ? dayOf(to) : 'the scan'}.`;
}

function listSentence(before: string, value: Json | undefined): string[] {
  const all = texts(value);
  return all.length === 0 ? [] : [`${before}${all.join('; ')}.`];
}

function time(value: Json | undefined, asOf: Instant): string {
  return typeof value === 'string' ? dayAndAge(value, asOf) : 'at a time that is not known';
}

function number(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.flatMap((each: Json) => (typeof each === 'string' ? [each] : [])) : [];
}
