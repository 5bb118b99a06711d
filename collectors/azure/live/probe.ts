import { CallError } from '#collectors/shared/live/call-error.ts';
import type { LiveContext, Probe } from '#contract/live.ts';
import type { AzureTarget } from '#model/target/azure.ts';
import { listOf, objectOf, type Fields } from '../files/fields.ts';
import { ALL_CALLS, SUBSCRIPTIONS, type Call } from './calls.ts';
import { nameOf } from './list.ts';
import { mustAnswer } from './read.ts';
import { openSession, type Session } from './session.ts';

/** Asks Resource Manager what the caller may do in each subscription, and the token what it may read of the directory. */
export async function* probe(target: AzureTarget, context: LiveContext): AsyncGenerator<Probe> {
  const session = openSession(target, context);
  await mustAnswer(session, target.name);
  const calls = new Map(ALL_CALLS.map((call) => [`${call.path} ${call.permission}`, call]));
  for (const id of await subscriptionsOf(target, session)) {
    const granted = await grantedAt(session, id);
    for (const call of calls.values()) {
      if (call.api !== 'management' || !call.permission.startsWith('Microsoft.Authorization/')) continue;
      yield { ...asked(call, `/subscriptions/${id}`), ...granted(call.permission) };
    }
  }
  const roles = (await session.claims('graph'))?.['roles'];
  for (const call of calls.values()) {
    if (call.api === 'graph') yield { ...asked(call, ''), ...claimed(roles, call.permission) };
  }
}

function asked(call: Call, scope: string): Pick<Probe, 'call' | 'permission'> {
  return { call: nameOf(call, { scope, scopeUid: null }), permission: call.permission };
}

async function subscriptionsOf(target: AzureTarget, session: Session): Promise<readonly string[]> {
  if (target.subscriptions !== 'all') return target.subscriptions;
  const { body } = await session.http('management').get(SUBSCRIPTIONS.path, { query: SUBSCRIPTIONS.query });
  const listed = listOf(objectOf(body) ?? {}, 'value');
  return listed.flatMap(({ subscriptionId }) => (typeof subscriptionId === 'string' ? [subscriptionId] : []));
}

type Answer = Pick<Probe, 'status' | 'detail'>;

/** https://learn.microsoft.com/rest/api/authorization/permissions */
async function grantedAt(session: Session, id: string): Promise<(action: string) => Answer> {
  const path = `/subscriptions/${id}/providers/Microsoft.Authorization/permissions`;
  try {
    const { body } = await session.http('management').get(path, { query: { 'api-version': '2022-04-01' } });
    const elements = listOf(objectOf(body) ?? {}, 'value');
    return (action) => {
      const gives = elements.some(
        (each) => matches(each, 'actions', action) && !matches(each, 'notActions', action),
      );
      return { status: gives ? 'allowed' : 'denied', detail: null };
    };
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    const { kind, detail } = error.failure;
    return () => ({ status: kind === 'denied' ? 'denied' : 'unknown', detail });
  }
}

function matches(element: Fields, list: string, action: string): boolean {
  const patterns: unknown = element[list];
  if (!Array.isArray(patterns)) return false;
  return patterns.some((pattern) => {
    if (typeof pattern !== 'string') return false;
    const parts = pattern.split('*').map((part) => part.replaceAll(/[.\\+?^${}()|[\]]/gu, String.raw`\$&`));
    return new RegExp(`^${parts.join('.*')}$`, 'iu').test(action);
  });
}

/** Application permissions are in the token; somebody who signed in has roles of the directory instead. */
function claimed(roles: unknown, permission: string): Answer {
  if (!Array.isArray(roles)) {
    return { status: 'unknown', detail: 'the token has no application permissions, but a user’s own rights' };
  }
  const enough = [permission, permission.replace('.Read.', '.ReadWrite.')];
  return { status: enough.some((name) => roles.includes(name)) ? 'allowed' : 'denied', detail: null };
}
