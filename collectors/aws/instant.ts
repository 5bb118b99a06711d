import type { Instant } from '#model/system.ts';

const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/u;

/**
 * A time as AWS tools write it: ISO 8601 with `T` or a space (UTC where no offset is said), seconds since 1970, a
 * date of the SDK, or the parts that botocore's recorder stores. null: it is none of these.
 */
export function parseInstant(value: unknown): Instant | null {
  if (typeof value === 'string') return ISO.test(value) ? fromText(value) : null;
  if (typeof value === 'number') return fromMilliseconds(value * 1000);
  if (value instanceof Date) return fromMilliseconds(value.getTime());
  if (typeof value === 'object' && value !== null && '__class__' in value) return fromParts(value);
  return null;
}

/** `days` before `instant`. */
export function daysBefore(instant: Instant, days: number): Instant {
  return new Date(Date.parse(instant) - days * 86_400_000).toISOString();
}

/** The latest of some times; null where there is none. */
export function latest(instants: Iterable<Instant | null>): Instant | null {
  let last: Instant | null = null;
  for (const instant of instants) if (instant !== null && (last === null || instant > last)) last = instant;
  return last;
}

function fromText(text: string): Instant | null {
  const hasTime = text.length > 10;
  const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})$/u.test(text.slice(10));
  return fromMilliseconds(
    Date.parse(hasTime && !hasOffset ? `${text.replace(' ', 'T')}Z` : text.replace(' ', 'T')),
  );
}

function fromMilliseconds(milliseconds: number): Instant | null {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return null;
  const text = date.toISOString();
  // Years beyond four digits are written with a sign, which no column takes.
  return /^\d{4}-/u.test(text) ? text : null;
}

function fromParts(parts: object): Instant | null {
  const part = (name: string): number => {
    const value: unknown = Object.entries(parts).find(([key]) => key === name)?.[1] ?? 0;
    return typeof value === 'number' ? value : Number.NaN;
  };
  return fromMilliseconds(
    Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
      Math.floor(part('microsecond') / 1000),
    ),
  );
}
