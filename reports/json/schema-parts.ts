import { z } from 'zod';
import { SYSTEMS } from '#model/system.ts';

/** A schema for every field of a type and for no other: the compiler sees where the two part. */
export type Fields<Row> = Readonly<Record<keyof Row, z.ZodType>>;

/** A time. */
export const instant = z.string().describe('An RFC 3339 time in UTC with milliseconds.');
/** A name of something. */
export const uid = z.string().describe('A name that is the same in every snapshot.');
/** A system. */
export const system = z.enum(SYSTEMS);
/** How many. */
export const count = z.int().nonnegative();
/** Names and values. */
export const tags = z.record(z.string(), z.string());
