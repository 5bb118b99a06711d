import type { RevocationOnFile } from '../given.ts';
import type { ListScreen, Row, ScreenData } from '../screen.ts';
import { line, PREVIEW, toned } from './lines.ts';
import { guardLines, residualLines } from './plan-lines.ts';
import { dayOf } from './time.ts';
import { verdictText, verdictTone } from './verdicts.ts';

/** Every revocation on file with its verdict, newest first. */
export const revocations: ListScreen = {
  kind: 'list',
  id: 'revocations',
  title: 'Revocations',
  columns: [
    { key: 'identity', title: 'Identity', min: 24, grow: 3, priority: 1 },
    {
      key: 'verdict',
      title: 'Verdict',
      min: 16,
      priority: 1,
      tone: ({ proof }) => verdictTone(proof === null ? null : String(proof)),
    },
    { key: 'steps', title: 'Steps done', min: 10, priority: 2, sortKey: 'done' },
    { key: 'created', title: 'Planned', min: 10, priority: 3 },
    { key: 'requester', title: 'Asked for by', min: 12, grow: 1, priority: 4 },
    { key: 'playbook', title: 'Playbook', min: 22, priority: 5 },
    { key: 'id', title: 'Revocation', min: 32, grow: 1, priority: 6 },
  ],
  rows: (data) => ({ kind: 'held', read: async () => (await data.revocations()).map(rowOf) }),
  sort: { column: 'id', descending: true },
  open: ({ key }) => ({ screen: 'revocation', subject: key }),
  preview: previewOf,
  identity: ({ identity }) => (identity === null ? undefined : String(identity)),
  empty: [
    line(['No revocations yet.']),
    line([toned('muted', 'x on an identity shows what one would do; nhi revoke plan makes it.')]),
  ],
};

function rowOf({ plan, verdict, outcomes }: RevocationOnFile): Row {
  const done = plan.steps.filter(({ id }) => isDone(outcomes.get(id))).length;
  return {
    key: plan.id,
    id: plan.id,
    identity: plan.identities[0]?.uid ?? null,
    verdict: verdictText(verdict),
    proof: verdict,
    steps: `${done} of ${plan.steps.length}`,
    done: plan.steps.length === 0 ? 0 : done / plan.steps.length,
    created: dayOf(plan.createdAt),
    requester: plan.requester,
    playbook: plan.playbook,
  };
}

/** `found-done`: it was so already. */
function isDone(outcome: string | undefined): boolean {
  return outcome === 'done' || outcome === 'found-done';
}

async function previewOf(row: Row, data: ScreenData) {
  const found = (await data.revocations()).find(({ plan }) => plan.id === row.key);
  if (found === undefined) return [];
  return [
    line([toned('strong', row.key)]),
    line([toned(verdictTone(found.verdict), verdictText(found.verdict))]),
    ...residualLines(found.plan, PREVIEW, data.ascii),
    ...guardLines(found.plan, PREVIEW),
  ];
}
