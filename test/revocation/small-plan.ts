import type { PartialRows } from '#audit/example-rows.ts';
import { makePlan, type PlanRequest } from '#revocation/make-plan.ts';
import type { Plan } from '#revocation/plan.ts';
import { playbookOf } from '#revocation/playbooks.ts';
import type { RevocationPolicy } from '#revocation/policy.ts';
import { able } from '../estates/access.ts';
import { accessKey, arn, attached, awsUser, policy, used } from '../estates/aws.ts';
import { daysAgo, NOW, openEstate } from '../estates/estate.ts';
import { tempDir } from '../temp-dir.ts';
import { folderSystem, type FolderSystem } from './folder-system.ts';

export const POLICY: RevocationPolicy = {
  validHours: 24,
  quietDays: 30,
  breakGlass: [],
  ownIdentities: [],
  settleSeconds: {},
  approvals: { low: 1, high: 2 },
};

/** An unused user with two keys and a policy, in the snapshot and in the folder system. */
export const UNUSED: readonly PartialRows[] = [
  awsUser('app'),
  accessKey('app', 'AK1', { name: 'AK1' }),
  accessKey('app', 'AK2', { name: 'AK2' }),
  policy('logs'),
  attached('user/app', 'logs'),
  able(arn('user/app'), 'data-read', { via: [`${arn('user/app')}->${arn('policy/logs')}`] }),
  used('user/app', { lastUsedAt: daysAgo(200), windowEnd: NOW }),
];

export interface Planned {
  readonly system: FolderSystem;
  readonly plan: Plan;
}

/** A plan for the user of a small world, with the world's objects in a folder system. */
export async function planFor(
  rows: readonly PartialRows[] = UNUSED,
  request: Partial<PlanRequest> & {
    readonly book?: string;
    readonly acted?: (id: string, name: string) => void;
  } = {},
): Promise<Planned> {
  const system = folderSystem(await tempDir(), request.acted);
  for (const name of ['app', 'AK1', 'AK2']) await system.put(name, { active: true });
  const snapshot = await openEstate(...rows);
  const plan = await makePlan(
    snapshot,
    {
      id: 'p1',
      identities: [{ uid: arn('user/app'), system: 'aws', why: 'it was asked for' }],
      playbook: playbookOf(system.pack, request.book ?? 'all'),
      only: null,
      deletes: false,
      requester: 'requester',
      reason: 'unused',
      snapshot: { id: 's1', asOf: NOW },
      policy: POLICY,
      now: NOW,
      ...request,
    },
    system.pack,
    system.look,
  );
  return { system, plan };
}
