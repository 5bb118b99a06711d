import { ActionError, type ActingContext, type FormerAccess } from '#contract/action.ts';
import type { Instant, Uid } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';
import type { Plan } from './plan.ts';
import type { ActionPack } from './playbooks.ts';
import type { Check } from './verify-plan.ts';

/** What a decision about an identity's rights rests on. */
const RIGHTS = ['grants', 'roles', 'groups'];

/** The engine on freshly collected data: what the identity can still do beyond what the plan said would remain. */
export async function askEngine(uid: Uid, plan: Plan, after: Reader | null): Promise<Check> {
  const way = 'decision-by-engine';
  if (after === null) return { way, result: 'open', detail: 'no snapshot was taken since' };
  const scope = await scopeOf(uid, plan, after);
  const [there] = await after.all('SELECT 1 AS one FROM identities WHERE uid = $uid', { uid });
  const gaps = await after.all<{ text: string }>(
    `SELECT DISTINCT c.feed || ' is ' || c.status AS text FROM coverage c
     WHERE c.scope_uid = $scope AND list_contains($feeds, c.feed) AND c.status <> 'complete' ORDER BY ALL`,
    // Only of an identity that is not seen does it matter whether all of them were.
    { scope, feeds: there === undefined ? ['identities', ...RIGHTS] : RIGHTS },
  );
  const [seen] = await after.all<{ scopes: number }>(
    `SELECT count(*) AS scopes FROM coverage WHERE scope_uid = $scope AND feed = 'identities'`,
    { scope },
  );
  if ((seen?.scopes ?? 0) === 0)
    return { way, result: 'open', detail: 'the snapshot did not read where it lives' };
  const remains = new Set(
    plan.residual.entitlements
      .filter(({ identityUid }) => identityUid === uid)
      .map(({ capability, scopeUid }) => `${capability} on ${scopeUid}`),
  );
  const rows = await after.all<{ text: string }>(
    `SELECT DISTINCT capability || ' on ' || scope_uid AS text FROM entitlements
     WHERE identity_uid = $uid AND certainty <> 'unknown' ORDER BY ALL`,
    { uid },
  );
  const left = rows.map(({ text }) => text).filter((text) => !remains.has(text));
  if (left.length > 0) return { way, result: 'still-there', detail: left.slice(0, 20).join('; ') };
  if (gaps.length > 0) return { way, result: 'open', detail: gaps.map(({ text }) => text).join('; ') };
  const kept = remains.size > 0 ? `, and ${remains.size} that the plan leaves` : '';
  return { way, result: 'gone', detail: `no capability is left${kept}` };
}

/** Where the identity lives, or lived: the fresh snapshot need not hold it any more. */
async function scopeOf(uid: Uid, plan: Plan, after: Reader): Promise<Uid> {
  const [row] = await after.all<{ scope: Uid }>(
    'SELECT scope_uid AS scope FROM identities WHERE uid = $uid',
    { uid },
  );
  return row?.scope ?? plan.identities.find((each) => each.uid === uid)?.scopeUid ?? '';
}

/** The system's own evaluator: every former permission is refused now. */
export async function askEvaluator(
  former: FormerAccess | null,
  pack: ActionPack,
  context: ActingContext | null,
): Promise<Check> {
  const way = 'decision-by-system';
  if (former === null) return { way, result: 'open', detail: 'what it could do before is not known' };
  const evaluator = pack.evaluators.find(({ system }) => system === former.identity.system);
  if (evaluator === undefined) return { way, result: 'open', detail: 'the system has no evaluator to ask' };
  if (context === null) return { way, result: 'open', detail: 'its system is not connected' };
  try {
    const { asked, denied, allowed, unknown } = await evaluator.ask(former, context);
    const said = `${evaluator.title}: ${denied} of ${asked} former permissions are refused`;
    if (allowed.length > 0) {
      return {
        way,
        result: 'still-there',
        detail: `${said}; still allowed: ${allowed.slice(0, 20).join('; ')}`,
      };
    }
    if (asked === 0 || unknown.length > 0) {
      const why = unknown.length > 0 ? `; not asked: ${unknown.slice(0, 5).join('; ')}` : '';
      return { way, result: 'open', detail: `${said}${why}` };
    }
    return { way, result: 'gone', detail: said };
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    return { way, result: 'open', detail: `${error.failure}: ${error.message}` };
  }
}

/** The logs: no use since the last step was done. */
export async function askLogs(uid: Uid, doneAt: Instant | null, after: Reader | null): Promise<Check> {
  const way = 'behaviour';
  if (doneAt === null) return { way, result: 'open', detail: 'no step was carried out' };
  if (after === null) return { way, result: 'open', detail: 'no snapshot was taken since' };
  const [use = { last: null, until: null }] = await after.all<{
    last: Instant | null;
    until: Instant | null;
  }>(`SELECT max(last_used_at) AS last, max(window_end) AS until FROM usages WHERE identity_uid = $uid`, {
    uid,
  });
  if (use.last !== null && use.last > doneAt) {
    return { way, result: 'still-there', detail: `used at ${use.last}, after ${doneAt}` };
  }
  if (use.until === null || use.until <= doneAt) {
    return { way, result: 'open', detail: `no source has looked beyond ${doneAt} yet` };
  }
  return { way, result: 'gone', detail: `no use between ${doneAt} and ${use.until}` };
}
