import type { PageScreen } from '../screen.ts';
import { labelled, line, paragraph, toned } from './lines.ts';
import { planLines } from './plan-lines.ts';
import { dayOf } from './time.ts';
import { verdictText, verdictTone } from './verdicts.ts';

const LABEL = 12;

/** One revocation: its verdict, and how each step ended. */
export const revocation: PageScreen = {
  kind: 'page',
  id: 'revocation',
  title: 'Revocation',
  lines: async (subject, columns, data) => {
    const found = (await data.revocations()).find(({ plan }) => plan.id === subject);
    if (found === undefined) return [line([`There is no revocation ${subject ?? ''} on file.`])];
    const { plan, verdict, outcomes } = found;
    const block = { columns };
    return [
      ...paragraph([toned('strong', plan.id)], { columns, indent: 0 }),
      ...labelled('verdict', [toned(verdictTone(verdict), verdictText(verdict))], LABEL, block),
      ...labelled(
        'planned',
        [`${dayOf(plan.createdAt)} by ${plan.requester}, playbook ${plan.playbook}`],
        LABEL,
        block,
      ),
      ...labelled('reason', [plan.reason === '' ? 'none given' : plan.reason], LABEL, block),
      ...labelled('snapshot', [plan.snapshot.id], LABEL, block),
      ...labelled('next', [nextCommand(plan.id, verdict)], LABEL, block),
      ...planLines(plan, block, data.ascii, outcomes),
    ];
  },
};

function nextCommand(id: string, verdict: string | null): string {
  return verdict === 'proved'
    ? `nhi revoke verify ${id} looks again whether it came back`
    : `nhi revoke verify ${id} looks whether access is gone`;
}
