import type { FindingWaiver } from '#contract/report.ts';

/** `Waived by W-1 until 2026-12-31: moving to roles`. */
export function waiverText({ id, expires, reason }: FindingWaiver): string {
  return `Waived by ${id} until ${expires}: ${reason}`;
}
