import type { WaiverRecord } from '#model/waiver.ts';
import { count, flag, optionalCount, text, time } from '../columns.ts';
import type { Table } from './table.ts';

export const waivers: Table<WaiverRecord> = {
  about:
    'The waivers that were on file when the scan ran, with what they cover of its findings. Rules with `judges: waivers` read it, after all others; it is empty before.',
  feed: null,
  columns: {
    id: text('The waiver’s id, one among all files.'),
    ruleId: text('The rule that it names.'),
    owner: text('Who answers for it.'),
    approver: text('Who agreed to it.'),
    ticket: text('Where it is being worked on.'),
    createdAt: time('The start of the first day on which it holds.'),
    expiresAt: time('The start of the last day on which it holds.'),
    days: count('How many days it lasts.'),
    maxDays: optionalCount(
      'How many days the worst that it covers, else its rule, may be waived; NULL: neither is known.',
    ),
    covers: count('How many findings of the scan it is about, in force or not.'),
    ruleJudged: flag(
      'Whether its rule judged anything in the scan, in the waiver’s system where it names one.',
    ),
  },
};
