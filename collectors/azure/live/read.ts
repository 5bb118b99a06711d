import { CallError } from '#collectors/shared/live/call-error.ts';
import type { LiveContext } from '#contract/live.ts';
import { CollectError } from '#model/errors.ts';
import { observe, type Observation } from '#model/record.ts';
import { FEEDS, type Coverage } from '#model/scope.ts';
import type { AzureTarget } from '#model/target/azure.ts';
import { textOf } from '../files/fields.ts';
import { createGathering } from '../gather.ts';
import { batchesOf } from '../rows/batches.ts';
import { MANAGEMENT_GROUPS, SUBSCRIPTIONS } from './calls.ts';
import { readDirectory } from './directory.ts';
import { readList, type Reading } from './list.ts';
import { readManagementGroup, readSubscription } from './resources.ts';
import { openSession, type Session } from './session.ts';

/** Reads a tenant's directory and its subscriptions, then makes the rows that an import would make of it. */
export async function* read(
  target: AzureTarget,
  context: LiveContext,
): AsyncGenerator<readonly Observation[]> {
  const session = openSession(target, context);
  await mustAnswer(session, target.name);
  const reading: Reading = { ...session, gathering: createGathering(), coverage: [] };
  const seen = await readList(reading, SUBSCRIPTIONS, { scope: '', scopeUid: null });
  const tenant = await tenantOf(
    target,
    session,
    seen.map((each) => textOf(each, 'tenantId')),
  );
  const home = `entra:${tenant}`;
  const subscriptions = subscriptionsOf(target, tenant, reading);

  context.progress(`${target.name}: management groups`);
  const groups = await readList(reading, MANAGEMENT_GROUPS, { scope: '', scopeUid: home });
  await Promise.all(groups.map(async (group) => readManagementGroup(reading, textOf(group, 'id') ?? '')));
  await Promise.all(
    subscriptions.map(async (id) => {
      context.progress(`${target.name}: subscription ${id}`);
      await readSubscription(reading, id);
    }),
  );
  context.progress(`${target.name}: directory`);
  await readDirectory(reading, home);
  context.signal.throwIfAborted();

  yield* batchesOf(reading.gathering, tenant, context.signal);
  const scopes = [home, ...subscriptions.map((id) => `/subscriptions/${id}`)];
  yield [...once(reading.coverage), ...malformed(reading, home), ...notRead(reading.coverage, scopes)].map(
    (each) => observe('coverage', each),
  );
}

/** Without an answer or without credentials that are accepted nothing else would work. */
export async function mustAnswer(session: Session, name: string): Promise<void> {
  try {
    await session.http('management').get(SUBSCRIPTIONS.path, { query: SUBSCRIPTIONS.query });
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    const { kind, detail } = error.failure;
    if (kind === 'unreachable' || kind === 'timed-out' || kind === 'unauthenticated')
      throw new CollectError(`${name}: ${detail}`, { cause: error });
  }
}

async function tenantOf(
  target: AzureTarget,
  session: Session,
  named: readonly (string | null)[],
): Promise<string> {
  if (target.tenant !== null) return target.tenant.toLowerCase();
  const claimed = (await session.claims('management'))?.['tid'];
  const tenant = typeof claimed === 'string' ? claimed : named.find((each) => each !== null);
  if (tenant === undefined || tenant === null) {
    throw new CollectError(`${target.name}: nothing says which tenant the credentials are of`, {
      hint: 'set tenant in the target',
    });
  }
  return tenant.toLowerCase();
}

/** The subscriptions of the tenant that the target wants; a credential can see those of other tenants too. */
function subscriptionsOf(target: AzureTarget, tenant: string, reading: Reading): readonly string[] {
  const { holdings } = reading.gathering;
  const all = holdings.get('subscription') ?? [];
  const own = all.filter(({ fields }) => (textOf(fields, 'tenantId')?.toLowerCase() ?? tenant) === tenant);
  const idOf = (fields: (typeof all)[number]['fields']) =>
    textOf(fields, 'subscriptionId')?.toLowerCase() ?? '';
  const wanted = target.subscriptions === 'all' ? null : target.subscriptions.map((id) => id.toLowerCase());
  const chosen = own.filter(({ fields }) => wanted === null || wanted.includes(idOf(fields)));
  holdings.set('subscription', chosen);
  for (const { fields } of all.filter((each) => !chosen.includes(each))) {
    const detail = `${idOf(fields)} is of another tenant or not in the target`;
    reading.coverage.push(row(`/subscriptions/${idOf(fields)}`, null, 'skipped', detail));
  }
  return wanted ?? chosen.map(({ fields }) => idOf(fields));
}

function malformed({ gathering }: Reading, home: string): readonly Coverage[] {
  return gathering.problems.slice(0, 100).map((detail) => row(home, null, 'partial', detail));
}

/** The feeds of each scope that no call is for. */
function notRead(coverage: readonly Coverage[], scopes: readonly string[]): readonly Coverage[] {
  const tried = new Set(coverage.map(({ scopeUid, feed }) => `${scopeUid} ${feed}`));
  return scopes.flatMap((uid) =>
    FEEDS.filter((feed) => !tried.has(`${uid} ${feed}`)).map((feed) =>
      row(uid, feed, 'skipped', 'not read live'),
    ),
  );
}

/** Many calls of one name say the same. */
function once(coverage: readonly Coverage[]): readonly Coverage[] {
  return [...new Map(coverage.map((each) => [JSON.stringify(each), each])).values()];
}

function row(scopeUid: string, feed: Coverage['feed'], status: Coverage['status'], detail: string): Coverage {
  return { system: 'azure', scopeUid, feed, call: 'live', status, missingPermission: null, detail };
}
