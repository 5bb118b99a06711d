import { userInfo } from 'node:os';
import type { LoadedConfig } from '#config/load-config.ts';
import type { RevocationOnFile } from '#dashboard/given.ts';
import { ledgerEntries } from '#ledger/open-ledger.ts';
import { UsageError } from '#model/errors.ts';
import type { Uid } from '#model/system.ts';
import { readJournal } from '#revocation/journal.ts';
import { makePlan } from '#revocation/make-plan.ts';
import { planDigest, type Plan } from '#revocation/plan.ts';
import { playbookOf } from '#revocation/playbooks.ts';
import { readIdentity } from '#revocation/read-subjects.ts';
import { twinsOf } from '#revocation/twins.ts';
import type { Snapshot } from '#store/read/open-snapshot.ts';
import type { Io } from '../io.ts';
import { loadActionPack } from '../revoke/action-pack.ts';
import { loadPlan, revocationIds } from '../revoke/folder.ts';

const PLAYBOOK = 'quarantine-then-delete';
/** Twins that a plan on the screen is worked out for. */
const TWINS = 10;

/** Every revocation on file with what the ledger says of it. Throws RevocationError where a plan cannot be read. */
export async function revocationsOn(dataDir: string, io: Io): Promise<RevocationOnFile[]> {
  const found: RevocationOnFile[] = [];
  for (const id of await revocationIds(dataDir)) {
    const plan = await loadPlan(id, dataDir, io.cwd);
    const { steps, verdict } = await readJournal(ledgerEntries(dataDir), planDigest(plan));
    const outcomes = [...steps].map(([step, { open, outcome }]): [string, string] => [
      step,
      open ? 'begun, how it ended is not known' : (outcome ?? 'not known'),
    ]);
    found.push({ plan, verdict, outcomes: new Map(outcomes) });
  }
  return found;
}

/**
 * What `nhi revoke plan` would plan for an identity and its first twins, without reading any system and without writing
 * anything; it names as not known how many twins are left out. Throws UsageError where the snapshot does not hold the
 * identity.
 */
export async function planOf(snapshot: Snapshot, uid: Uid, config: LoadedConfig, io: Io): Promise<Plan> {
  const records = await readIdentity(snapshot, uid);
  if (records === null) throw new UsageError(`${uid}: no such identity in this snapshot`);
  const pack = await loadActionPack();
  const twins = await twinsOf(snapshot, uid);
  const plan = await makePlan(
    snapshot,
    {
      id: 'not-written',
      identities: [
        { uid, system: records.identity.system, why: 'it was asked for' },
        ...twins.slice(0, TWINS),
      ],
      playbook: playbookOf(pack, PLAYBOOK),
      only: null,
      deletes: false,
      requester: userInfo().username,
      reason: '',
      snapshot: { id: snapshot.info.id, asOf: snapshot.info.asOf },
      policy: config.revocation,
      now: io.now().toISOString(),
    },
    pack,
    () => Promise.resolve(null),
  );
  const left = twins.length - TWINS;
  if (left <= 0) return plan;
  const unknown = [
    ...plan.residual.unknown,
    `${left} more twins in other systems, which nhi revoke plan plans for`,
  ];
  return { ...plan, residual: { ...plan.residual, unknown } };
}
