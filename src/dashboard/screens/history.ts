import type { HistoryStep } from '../given.ts';
import type { Line, PageScreen } from '../screen.ts';
import { changeWords, directionTone, directionWords } from './drift.ts';
import { counted, firstOf, heading, labelled, line, paragraph, toned, type Block } from './lines.ts';
import { dayOf } from './time.ts';

const SHOWN = 30;

/** What changed about one identity from snapshot to snapshot, newest first. */
export const history: PageScreen = {
  kind: 'page',
  id: 'history',
  title: 'History',
  lines: async (subject, columns, data) => {
    if (subject === undefined) return [line(['Whose history? Open it from the page of an identity.'])];
    const block = { columns };
    const head = paragraph([toned('strong', subject)], {
      columns,
      indent: 0,
      link: { screen: 'identity', subject },
    });
    if (data.snapshots.length < 2) {
      return [
        ...head,
        ...paragraph(['Not known: there is one snapshot alone. nhi scan takes the next one.'], block),
      ];
    }
    const steps = await data.history(subject);
    if (steps.length > 0) return [...head, ...steps.flatMap((step) => stepLines(step, block))];
    return [
      ...head,
      ...paragraph(
        [`Nothing changed over ${counted(data.snapshots.length, 'snapshot')}, as far as they were read.`],
        block,
      ),
    ];
  },
  identity: (subject) => subject,
};

function stepLines({ to, asOf, changes }: HistoryStep, block: Block): Line[] {
  return [
    ...heading(dayOf(asOf), to),
    ...firstOf(
      changes,
      SHOWN,
      (change) =>
        labelled(
          toned(directionTone(change.direction), directionWords(change.direction)),
          [changeWords(change)],
          11,
          block,
        ),
      block,
      'nhi show --history has them all',
    ),
  ];
}
