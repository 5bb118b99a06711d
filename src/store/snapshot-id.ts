import { randomBytes } from 'node:crypto';
import type { Instant } from '#model/system.ts';

const SHAPE = /^\d{8}T\d{6}Z-[0-9a-f]{6}$/u;

/** A new id, `YYYYMMDDTHHMMSSZ-xxxxxx`: ids sort by the time of the start, and two scans never share one. */
export function newSnapshotId(startedAt: Instant): string {
  const compact = new Date(startedAt).toISOString().replaceAll(/[-:]|\.\d+/gu, '');
  return `${compact}-${randomBytes(3).toString('hex')}`;
}

/** Whether a text is a snapshot id. */
export function isSnapshotId(text: string): boolean {
  return SHAPE.test(text);
}
