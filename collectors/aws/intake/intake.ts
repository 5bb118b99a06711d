import type { Instant } from '#model/system.ts';
import { createAccounts, type Accounts } from './accounts.ts';
import { createGaps, type Gaps } from './gaps.ts';
import { createMarks, type Marks } from './marks.ts';
import { createRows, type Rows } from './rows.ts';

/** What all readers of one import share. */
export interface Intake {
  readonly asOf: Instant;
  readonly signal: AbortSignal;
  readonly rows: Rows;
  readonly gaps: Gaps;
  readonly accounts: Accounts;
  readonly marks: Marks;
}

/** An import that has read nothing yet. */
export function createIntake(asOf: Instant, signal: AbortSignal): Intake {
  const rows = createRows();
  return { asOf, signal, rows, gaps: createGaps(rows), accounts: createAccounts(), marks: createMarks() };
}
