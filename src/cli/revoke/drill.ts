import { ActionError } from '#contract/action.ts';
import type { Plan } from '#revocation/plan.ts';
import type { ActionPack, ContextOf } from '#revocation/playbooks.ts';
import { formerAccess, readIdentity } from '#revocation/read-subjects.ts';
import type { Reader } from '#store/reader.ts';
import type { Io } from '../io.ts';
import type { CommonOptions } from '../options.ts';
import { paintFor } from '../terminal/colour.ts';
import { sanitise } from '../terminal/sanitise.ts';

/** How much of a revocation could be proved, told before it is needed. */
export interface Drill {
  readonly playbook: string;
  readonly identities: readonly DrilledIdentity[];
  /** The share of the identities, in percent, whose revocation could be carried out and proved. */
  readonly provable: number;
  readonly guards: Plan['guards'];
  readonly residual: Plan['residual'];
}

export interface DrilledIdentity {
  readonly uid: string;
  readonly system: string;
  readonly ways: { readonly total: number; readonly closed: number };
  readonly objects: { readonly total: number; readonly read: number };
  /** What the system's own evaluator says about its rights now; null: it cannot be asked, and `note` says why. */
  readonly evaluator: { readonly asked: number; readonly allowed: number } | null;
  readonly note: string | null;
  readonly provable: boolean;
}

/** Goes through a plan without acting: what could be read, closed and asked about. */
export async function drillOf(
  plan: Plan,
  pack: ActionPack,
  reader: Reader,
  contextOf: ContextOf,
): Promise<Drill> {
  const identities: DrilledIdentity[] = [];
  for (const { uid, system, scopeUid } of plan.identities) {
    const steps = plan.steps.filter(({ identityUid }) => identityUid === uid);
    const ways = plan.ways.filter(({ identityUid }) => identityUid === uid);
    const read = steps.filter(({ before }) => before !== null).length;
    const { evaluator, note } = await ask(uid, scopeUid, pack, reader, contextOf);
    identities.push({
      uid,
      system,
      ways: { total: ways.length, closed: ways.filter(({ closedBy }) => closedBy.length > 0).length },
      objects: { total: steps.length, read },
      evaluator,
      note,
      provable: steps.length > 0 && read === steps.length && evaluator !== null,
    });
  }
  const provable = identities.filter((each) => each.provable).length;
  return {
    playbook: plan.playbook,
    identities,
    provable: Math.round((100 * provable) / Math.max(1, identities.length)),
    guards: plan.guards,
    residual: plan.residual,
  };
}

async function ask(
  uid: string,
  scopeUid: string,
  pack: ActionPack,
  reader: Reader,
  contextOf: ContextOf,
): Promise<Pick<DrilledIdentity, 'evaluator' | 'note'>> {
  const records = await readIdentity(reader, uid);
  if (records === null) return { evaluator: null, note: 'the snapshot does not hold it' };
  const evaluator = pack.evaluators.find(({ system }) => system === records.identity.system);
  if (evaluator === undefined) return { evaluator: null, note: 'the system has no evaluator to ask' };
  const context = contextOf(records.identity.system, scopeUid);
  if (context === null) return { evaluator: null, note: 'its system is not connected' };
  try {
    const { asked, denied } = await evaluator.ask(formerAccess(records), context);
    return { evaluator: { asked, allowed: asked - denied }, note: null };
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    return { evaluator: null, note: `${error.failure}: ${error.message}` };
  }
}

/** A drill for people. */
export function drillText(drill: Drill, options: CommonOptions, io: Io): string {
  const paint = paintFor(io, 'stdout', options.color);
  const lines = drill.identities.flatMap(({ uid, ways, objects, evaluator, note, provable }) => [
    `${provable ? paint.green('✓') : paint.yellow('·')} ${sanitise(uid)}`,
    `    ${ways.closed} of ${ways.total} ways closed, ${objects.read} of ${objects.total} objects read`,
    evaluator === null
      ? `    no decision could be asked for: ${sanitise(note ?? '')}`
      : `    the system’s evaluator answers: ${evaluator.allowed} of ${evaluator.asked} rights allowed now`,
  ]);
  const left = drill.residual.entitlements.length + drill.residual.edges.length;
  const against = drill.guards
    .filter(({ verdict }) => verdict !== 'note')
    .map(({ id, verdict, text }) => `  ${verdict}: ${id}: ${sanitise(text)}`);
  return [
    paint.bold(
      `Drill of ${drill.playbook}: ${drill.provable} % of the identities could be revoked with proof`,
    ),
    ...lines,
    `Residual access: ${left === 0 ? 'none that the graph shows' : `${left} capabilities and ways`}`,
    ...(against.length === 0 ? [] : ['Guards', ...against]),
    'Nothing was changed.',
    '',
  ].join('\n');
}
