import { pick } from './seed.ts';

/** The moment at which the estate was exported. Every date in it is counted back from here. */
export const AS_OF = '2026-11-20T00:00:00Z';

const HOUR = 3_600_000;

/** A time that is `days` whole days (and 2 to 22 hours) before the export; the hours depend on `key`. */
export function ago(days: number, key: string): Date {
  const seconds = pick(`time ${key}`, 20 * 3600);
  return new Date(Date.parse(AS_OF) - days * 24 * HOUR - 2 * HOUR - seconds * 1000);
}

/** As the AWS command line prints a time: `2026-11-20T00:00:00+00:00`. */
export function awsTime(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, '+00:00');
}

/** As the AWS credential report prints a time of use: to the minute. */
export function awsMinute(time: Date): string {
  return time.toISOString().replace(/:\d\d\.\d+Z$/, ':00+00:00');
}

/** As Kubernetes and Microsoft Graph print a time: `2026-11-20T00:00:00Z`. */
export function secondsTime(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** As Azure Resource Manager prints a time: `2026-11-20T00:00:00.0000000Z`. */
export function armTime(time: Date): string {
  return time.toISOString().replace(/Z$/, '0000Z');
}
