import { completeRows } from '#audit/example-rows.ts';
import type { Action, Parameters, Subject } from '#contract/action.ts';
import type { Credential } from '#model/credential.ts';
import type { Grant } from '#model/grant.ts';
import type { Identity } from '#model/identity.ts';
import type { Trust } from '#model/trust.ts';
import { azureActionsWith } from '../../../playbooks/actions/azure/index.ts';
import { goodToken, TENANT } from './azure-server.ts';

export const SP = '22222222-bbbb-4bbb-8bbb-222222222222';
export const APP = '33333333-cccc-4ccc-8ccc-333333333333';
export const GRAPH = '44444444-dddd-4ddd-8ddd-444444444444';
export const SP_UID = `entra:${TENANT}:serviceprincipal:${SP}`;
export const APP_UID = `entra:${TENANT}:application:${APP}`;

type Of<Table extends Subject['table']> = Extract<Subject, { readonly table: Table }>;

const HOME = { system: 'azure', scopeUid: `entra:${TENANT}` } as const;

/** The service principal of the tests as the collector writes it. */
export function principal(fields: Partial<Identity> = {}): Identity {
  const own = { ...HOME, uid: SP_UID, kind: 'service-principal', name: 'deploy', providerId: SP };
  return first(completeRows({ identities: [{ ...own, ...fields }] }).identities);
}

/** Its application. */
export function application(fields: Partial<Identity> = {}): Identity {
  return principal({ uid: APP_UID, kind: 'application', providerId: APP, ...fields });
}

/** A credential of the application. */
export function credential(fields: Partial<Credential>, identity = application()): Of<'credentials'> {
  const own = { ...HOME, uid: `${APP_UID}/client-secret/k1`, identityUid: APP_UID, kind: 'client-secret' };
  const row = first(completeRows({ credentials: [{ ...own, ...fields }] }).credentials);
  return { table: 'credentials', row, identity };
}

/** Something that the service principal holds. */
export function grant(fields: Partial<Grant>, identity = principal()): Of<'grants'> {
  const own = { ...HOME, uid: 'g', principalUid: SP_UID, roleUid: 'r' };
  const row = first(completeRows({ grants: [{ ...own, ...fields }] }).grants);
  return { table: 'grants', row, identity, role: null };
}

/** Somebody who may become an identity. */
export function trust(fields: Partial<Trust>, identity = application()): Of<'trusts'> {
  const own = { ...HOME, uid: 't', identityUid: identity.uid, mechanism: 'federated-credential' };
  return { table: 'trusts', row: first(completeRows({ trusts: [{ ...own, ...fields }] }).trusts), identity };
}

/** One of the actions, with a token that the server of the tests knows. */
export function azureAction(name: string): Action {
  return first(azureActionsWith(goodToken).filter(({ id }) => id === `azure/${name}`));
}

/** What the action would do to the row. */
export function parametersFor(action: Action, subject: Subject): Parameters {
  const parameters = action.parametersFor(subject);
  if (parameters === null) throw new Error(`${action.id} is not for it`);
  return parameters;
}

function first<T>(list: readonly T[]): T {
  const [item] = list;
  if (item === undefined) throw new Error('there is none');
  return item;
}
