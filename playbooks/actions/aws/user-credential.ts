import type { IAM } from '@aws-sdk/client-iam';
import {
  ActionError,
  defineAction,
  type Action,
  type ActingContext,
  type ObjectState,
  type Parameters,
  type Subject,
} from '#contract/action.ts';
import type { Credential } from '#model/credential.ts';
import { orAbsent } from '../shared/action-error.ts';
import { textOf } from '../shared/parameter.ts';
import { inAccountOf, NOTHING_TO_DO, type Account, type CallOptions } from './account.ts';
import { isOwn } from './iam-arn.ts';
import { IAM_SETTLES } from './settle.ts';

/** A credential of a user as IAM lists it. */
export interface Listed {
  readonly id: string | undefined;
  readonly status: string | undefined;
}

type Answer = Promise<{ readonly $metadata: { readonly requestId?: string | undefined } }>;

/** A kind of credential that a user can have several of, and that has a status. */
export interface UserCredentialKind {
  /** In ids: `access-key`. */
  readonly id: string;
  /** In titles: `access key`. */
  readonly words: string;
  /** What the API knows a credential by; null: the row does not tell, or is of another kind. */
  readonly keyOf: (credential: Credential) => string | null;
  readonly permissions: { readonly list: string; readonly update: string; readonly remove: string };
  /** All of a user's; `id` is what `keyOf` gives. */
  readonly list: (iam: IAM, user: string, options: CallOptions) => Promise<readonly Listed[]>;
  readonly update: (
    iam: IAM,
    user: string,
    id: string,
    status: 'Active' | 'Inactive',
    options: CallOptions,
  ) => Answer;
  readonly remove: (iam: IAM, user: string, id: string, options: CallOptions) => Answer;
}

/** Sets a credential inactive, which setting it active undoes. */
export function deactivation(kind: UserCredentialKind): Action {
  const { list, update } = kind.permissions;
  const set = async (parameters: Parameters, status: 'Active' | 'Inactive', context: ActingContext) =>
    onUser(parameters, context, (account) =>
      account.change((iam, options) =>
        kind.update(iam, account.principal.name, textOf(parameters, 'id'), status, options),
      ),
    );
  const read = async (parameters: Parameters, context: ActingContext): Promise<ObjectState> => {
    const found = await onUser(parameters, context, (account) => find(kind, parameters, account));
    if (found === null) return { present: false, done: true, document: null };
    return { present: true, done: found.status !== 'Active', document: { status: found.status ?? null } };
  };
  return defineAction({
    id: `aws/deactivate-${kind.id}`,
    system: 'aws',
    phase: 'contain',
    closes: 'subject',
    title: (parameters) => `Deactivate ${named(kind, parameters)}`,
    parametersFor: (subject) => parametersFor(kind, subject),
    permissions: [list, update].toSorted(),
    settle: IAM_SETTLES,
    read,
    act: (parameters, _before, context) => set(parameters, 'Inactive', context),
    undo: async (parameters, before, context) => {
      const now = await read(parameters, context);
      if (before.done || !now.done) return NOTHING_TO_DO;
      if (!now.present) throw new ActionError('failed', `the ${kind.words} is gone: it cannot be made again`);
      return set(parameters, 'Active', context);
    },
  });
}

/** Deletes a credential for good. */
export function deletion(kind: UserCredentialKind): Action {
  const { list, remove } = kind.permissions;
  return defineAction({
    id: `aws/delete-${kind.id}`,
    system: 'aws',
    phase: 'delete',
    closes: 'subject',
    title: (parameters) => `Delete ${named(kind, parameters)}`,
    parametersFor: (subject) => parametersFor(kind, subject),
    permissions: [list, remove].toSorted(),
    settle: IAM_SETTLES,
    read: async (parameters, context) => {
      const found = await onUser(parameters, context, (account) => find(kind, parameters, account));
      return found === null
        ? { present: false, done: true, document: null }
        : { present: true, done: false, document: { id: textOf(parameters, 'id') } };
    },
    act: (parameters, _before, context) =>
      onUser(parameters, context, async (account) => {
        const id = textOf(parameters, 'id');
        const gone = account.change((iam, options) => kind.remove(iam, account.principal.name, id, options));
        return (await orAbsent(gone)) ?? NOTHING_TO_DO;
      }),
  });
}

function parametersFor(kind: UserCredentialKind, subject: Subject): Parameters | null {
  if (subject.table !== 'credentials' || !isOwn(subject.identity, 'iam-user')) return null;
  const id = kind.keyOf(subject.row);
  return id === null ? null : { user: subject.identity.uid, id };
}

function named({ words }: UserCredentialKind, parameters: Parameters): string {
  return `the ${words} ${textOf(parameters, 'id')} of ${textOf(parameters, 'user')}`;
}

function onUser<T>(
  parameters: Parameters,
  context: ActingContext,
  work: (account: Account) => Promise<T>,
): Promise<T> {
  return inAccountOf(textOf(parameters, 'user'), context, work);
}

/** A user that is gone has no credentials. */
async function find(
  kind: UserCredentialKind,
  parameters: Parameters,
  { ask, principal }: Account,
): Promise<Listed | null> {
  const id = textOf(parameters, 'id');
  const all = await orAbsent(ask((iam, options) => kind.list(iam, principal.name, options)));
  return all?.find((each) => each.id === id) ?? null;
}
