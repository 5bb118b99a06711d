import { userInfo } from 'node:os';
import { ActionError } from '#contract/action.ts';
import type { Playbook } from '#contract/playbook.ts';
import { openLedger } from '#ledger/open-ledger.ts';
import { UsageError } from '#model/errors.ts';
import type { Uid } from '#model/system.ts';
import { makePlan } from '#revocation/make-plan.ts';
import { planDigest, type Plan } from '#revocation/plan.ts';
import { playbookOf, type ActionPack, type ContextOf } from '#revocation/playbooks.ts';
import { readIdentity } from '#revocation/read-subjects.ts';
import type { Look } from '#revocation/steps.ts';
import { identitiesOfWorkload, twinsOf, type Twin } from '#revocation/twins.ts';
import type { Snapshot } from '#store/read/open-snapshot.ts';
import type { RevokePlanOptions } from '../commands/revoke.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { findIdentity } from '../find-identity.ts';
import { print, type Io } from '../io.ts';
import { loadActionPack } from '../revoke/action-pack.ts';
import { actingContexts } from '../revoke/acting.ts';
import { drillOf, drillText } from '../revoke/drill.ts';
import { subjectOfFinding } from '../revoke/finding-subject.ts';
import { revocationFolder, writePrivate } from '../revoke/folder.ts';
import { evidenceKey } from '../revoke/ledger.ts';
import { planText } from '../revoke/plan-text.ts';
import { onSnapshot, type Settings } from '../settings.ts';

const DEFAULT_PLAYBOOK = 'quarantine-then-delete';

/** `nhi revoke plan` */
export async function revokePlanAction(options: RevokePlanOptions, io: Io): Promise<ExitCode> {
  return onSnapshot(options, io, async (snapshot, settings) => {
    const { config, dataDir } = settings;
    const pack = await loadActionPack();
    const key = options.drill === true ? null : await evidenceKey(config, io);
    const contextOf = actingContexts(config, io);
    const plan = await planOf(snapshot, settings, pack, contextOf, options, io);
    if (options.drill === true) {
      const drill = await drillOf(plan, pack, snapshot, contextOf);
      const text =
        options.format === 'json' ? `${JSON.stringify(drill, null, 2)}\n` : drillText(drill, options, io);
      await print(io, text);
      return EXIT.fine;
    }
    await writePrivate(revocationFolder(dataDir, plan.id).plan, plan);
    if (key !== null) {
      await openLedger(dataDir, key, () => io.now().toISOString()).append({
        kind: 'plan',
        body: {
          plan: planDigest(plan),
          id: plan.id,
          requester: plan.requester,
          reason: plan.reason,
          snapshot: plan.snapshot.id,
          identities: plan.identities.map(({ uid }) => uid),
          steps: plan.steps.map(({ id, title }) => `${id} ${title}`),
        },
      });
    }
    const text =
      options.format === 'json' ? `${JSON.stringify(plan, null, 2)}\n` : planText(plan, options, io);
    await print(io, text);
    return EXIT.fine;
  });
}

async function planOf(
  snapshot: Snapshot,
  { config }: Settings,
  pack: ActionPack,
  contextOf: ContextOf,
  options: RevokePlanOptions,
  io: Io,
): Promise<Plan> {
  const { first, only, playbook } = await chosen(snapshot, pack, options);
  const identities = options.twins && only === null ? await withTwins(snapshot, first) : first;
  const now = io.now().toISOString();
  return makePlan(
    snapshot,
    {
      id: planId(now, identities[0]?.uid ?? ''),
      identities,
      playbook,
      only,
      deletes: options.delete === true,
      requester: options.requester ?? userInfo().username,
      reason: options.reason,
      snapshot: { id: snapshot.info.id, asOf: snapshot.info.asOf },
      policy: config.revocation,
      now,
    },
    pack,
    await lookerFor(snapshot, identities, contextOf),
  );
}

interface Chosen {
  readonly first: readonly Twin[];
  readonly only: Uid | null;
  readonly playbook: Playbook;
}

async function chosen(snapshot: Snapshot, pack: ActionPack, options: RevokePlanOptions): Promise<Chosen> {
  if (options.subject !== undefined && options.finding === undefined) {
    throw new UsageError('--subject goes with --finding', {
      hint: 'It says which of the things that a finding names the plan is about.',
    });
  }
  const given = [options.identity, options.finding, options.workload].filter((each) => each !== undefined);
  if (given.length !== 1) {
    throw new UsageError('what to revoke?', { hint: 'Give one of --identity, --finding and --workload.' });
  }
  const playbook = (id: string) => playbookOf(pack, options.playbook ?? id);
  if (options.workload !== undefined) {
    const first = await identitiesOfWorkload(snapshot, options.workload);
    if (first.length === 0) {
      throw new UsageError(`${options.workload}: no identity runs a workload of this name`, {
        hint: 'nhi sql "FROM workloads" lists them.',
      });
    }
    return { first, only: null, playbook: playbook(DEFAULT_PLAYBOOK) };
  }
  if (options.finding !== undefined)
    return chosenByFinding(snapshot, options.finding, options.subject, playbook);
  const { uid, system } = await findIdentity(snapshot, options.identity ?? '');
  return {
    first: [{ uid, system: system as Twin['system'], why: 'it was asked for' }],
    only: null,
    playbook: playbook(DEFAULT_PLAYBOOK),
  };
}

async function chosenByFinding(
  snapshot: Snapshot,
  id: string,
  subject: string | undefined,
  playbookFor: (id: string) => Playbook,
): Promise<Chosen> {
  const rows = await snapshot.all<{
    uid: Uid | null;
    subject: Uid | null;
    playbook: string | null;
    title: string;
    evidence: unknown;
  }>(
    `SELECT identity_uid AS uid, subject_uid AS subject, playbook, title, evidence FROM findings
     WHERE starts_with(id, $id) ORDER BY id LIMIT 2`,
    { id },
  );
  const [found, other] = rows;
  if (found === undefined || other !== undefined) {
    throw new UsageError(
      found === undefined ? `${id}: no such finding` : `${id}: more than one finding fits`,
      {
        hint: 'nhi findings --format json shows their ids.',
      },
    );
  }
  if (found.uid === null) throw new UsageError(`${id}: the finding is about no identity: ${found.title}`);
  const { uid, system } = await findIdentity(snapshot, found.uid);
  const playbook = playbookFor(found.playbook ?? DEFAULT_PLAYBOOK);
  const about = { id, identityUid: uid, subjectUid: found.subject, evidence: found.evidence };
  return {
    first: [{ uid, system: system as Twin['system'], why: `finding ${id}: ${found.title}` }],
    only: playbook.scope === 'subject' ? await subjectOfFinding(snapshot, about, subject) : null,
    playbook,
  };
}

async function withTwins(snapshot: Snapshot, first: readonly Twin[]): Promise<Twin[]> {
  const all = new Map(first.map((each) => [each.uid, each]));
  for (const { uid } of first) {
    for (const twin of await twinsOf(snapshot, uid)) if (!all.has(twin.uid)) all.set(twin.uid, twin);
  }
  return [...all.values()];
}

/** Reads an action's object where its system is connected and answers; a plan can be made without. */
async function lookerFor(
  snapshot: Snapshot,
  identities: readonly Twin[],
  contextOf: ContextOf,
): Promise<Look> {
  const scopes = new Map<Uid, Uid>();
  for (const { uid } of identities) {
    const records = await readIdentity(snapshot, uid);
    if (records !== null) scopes.set(uid, records.identity.scopeUid);
  }
  return async (action, parameters, identityUid) => {
    const context = contextOf(action.system, scopes.get(identityUid) ?? '');
    if (context === null) return null;
    try {
      return await action.read(parameters, context);
    } catch (error) {
      if (error instanceof ActionError) return null;
      throw error;
    }
  };
}

/** `20261124-104500-ci-deploy` */
function planId(now: string, uid: Uid): string {
  const time = now.replaceAll(/[-:]/gu, '').replace('T', '-').slice(0, 15);
  const name = uid
    .split(/[:/]/u)
    .at(-1)
    ?.toLowerCase()
    .replaceAll(/[^a-z\d]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
    .slice(0, 40);
  return `${time}-${name === undefined || name === '' ? 'identity' : name}`;
}
