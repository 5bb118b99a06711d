import type { Instant } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';
import { counted } from './lines.ts';

const DAY = 86_400_000;

/** The time at which a snapshot measures ages. */
export async function readAsOf(reader: Reader): Promise<Instant> {
  const [row] = await reader.all<{ asOf: Instant }>('SELECT as_of AS "asOf" FROM snapshot');
  return row?.asOf ?? '';
}

/** `2026-11-20` of an instant, any other text as it is. */
export function dayOf(time: string): string {
  return /^\d{4}-\d\d-\d\dT/u.test(time) ? time.slice(0, 10) : time;
}

/** `2026-11-20 (12 days ago)`, `(in 3 days)`, `(that day)`: against the time of the snapshot. */
export function dayAndAge(time: string, asOf: Instant): string {
  const days = Math.floor((Date.parse(asOf) - Date.parse(time)) / DAY);
  if (Number.isNaN(days)) return dayOf(time);
  if (days === 0) return `${dayOf(time)} (that day)`;
  return days > 0
    ? `${dayOf(time)} (${counted(days, 'day')} ago)`
    : `${dayOf(time)} (in ${counted(-days, 'day')})`;
}
