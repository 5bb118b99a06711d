import type { Plan } from '#revocation/plan.ts';
import type { Line, PageScreen } from '../screen.ts';
import { line, paragraph, toned, type Block } from './lines.ts';
import { planLines } from './plan-lines.ts';

/** What a revocation of an identity would do, and what would remain. Nothing is done or written. */
export const plan: PageScreen = {
  kind: 'page',
  id: 'plan',
  title: 'Plan',
  lines: async (subject, columns, data) => {
    if (subject === undefined) return [line(['Which identity? x plans for the one under the cursor.'])];
    const block = { columns };
    const worked = await data.plan(subject);
    return [
      ...head(worked, subject, block),
      ...planLines(worked, block, data.ascii),
      ...next(worked, subject, block),
    ];
  },
  identity: (subject) => subject,
};

function head({ playbook }: Plan, subject: string, block: Block): Line[] {
  return [
    ...paragraph([toned('strong', `If ${subject} were revoked`)], { ...block, indent: 0 }),
    ...paragraph(
      [
        toned(
          'muted',
          `By the playbook ${playbook}, from this snapshot alone: nothing is done, written or read from a system.`,
        ),
      ],
      { ...block, indent: 0 },
    ),
  ];
}

function next({ guards }: Plan, subject: string, block: Block): Line[] {
  const refused = guards.some(({ verdict }) => verdict === 'refuse');
  const text = refused
    ? 'It is refused, and no approval changes that.'
    : `To make the plan: nhi revoke plan --identity ${subject} --reason TEXT`;
  return [line([]), ...paragraph([toned(refused ? 'bad' : 'strong', text)], block)];
}
