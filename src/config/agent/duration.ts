import { z } from 'zod';

const SHAPE = /^(?<n>\d{1,5})(?<unit>[smhd])$/u;
const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A length of time as `30s`, `15m`, `6h` or `7d`. */
export const durationSchema = z.string().regex(SHAPE, 'expected a length of time such as 30s, 15m, 6h or 7d');

/** A length of time that fits the schema, in milliseconds. */
export function milliseconds(duration: string): number {
  const { n = '0', unit = 's' } = SHAPE.exec(duration)?.groups ?? {};
  return Number(n) * (UNITS[unit] ?? 0);
}
