import {
  ActionError,
  defineAction,
  type Action,
  type ActingContext,
  type Parameters,
} from '#contract/action.ts';
import type { Json } from '#model/system.ts';
import { changedSince } from '../shared/action-error.ts';
import { azure, NOTHING_TO_DO, receiptOf } from './azure.ts';
import { pick, textAt } from './names.ts';
import type { TokenOf } from './token.ts';

/** A kind of object of Graph that gets a new id when it is made again, and so is told by its content. */
export interface ListedKind extends Pick<Action, 'id' | 'title' | 'parametersFor' | 'settle'> {
  readonly permissions: { readonly read: string; readonly write: string };
  /** The list that it stands in, from which it is deleted too unless `deletePath` says otherwise. */
  readonly listPath: (parameters: Parameters) => string;
  /** What follows the list's path to limit it; left out: nothing. */
  readonly filter?: (parameters: Parameters) => string;
  /** The fields that make it up, which undoing writes back. */
  readonly fields: readonly string[];
  readonly isIt: (item: Json, parameters: Parameters) => boolean;
}

/** Takes an object away, and makes one with the same content again. */
export function listedRemoval(kind: ListedKind, tokenOf: TokenOf): Action {
  const { read, write } = kind.permissions;
  const find = async (parameters: Parameters, context: ActingContext): Promise<Json | null> => {
    const path = `${kind.listPath(parameters)}${kind.filter?.(parameters) ?? ''}`;
    const all = await azure(parameters, context, tokenOf).list('graph', path, read);
    return all?.find((item) => kind.isIt(item, parameters)) ?? null;
  };
  return defineAction({
    id: kind.id,
    title: kind.title,
    parametersFor: kind.parametersFor,
    settle: kind.settle,
    system: 'azure',
    phase: 'remove',
    closes: 'subject',
    permissions: [...new Set([read, write])].toSorted(),
    read: async (parameters, context) => {
      const found = await find(parameters, context);
      return found === null
        ? { present: false, done: true, document: null }
        : { present: true, done: false, document: pick(found, kind.fields) };
    },
    act: async (parameters, before, context) => {
      const now = await find(parameters, context);
      if (now === null) return NOTHING_TO_DO;
      if (!isSame(pick(now, kind.fields), before.document)) changedSince(kind.title(parameters));
      const id = textAt(now, 'id');
      if (id === null) throw new ActionError('failed', 'the object has no id');
      const path = `${kind.listPath(parameters)}/${encodeURIComponent(id)}`;
      const request = { method: 'DELETE', path, permission: write } as const;
      return receiptOf(await azure(parameters, context, tokenOf).call('graph', request));
    },
    undo: async (parameters, before, context) => {
      if (!before.present || (await find(parameters, context)) !== null) return NOTHING_TO_DO;
      const path = kind.listPath(parameters);
      const request = { method: 'POST', path, body: before.document, permission: write } as const;
      const reply = await azure(parameters, context, tokenOf).call('graph', request);
      if (reply === null) throw new ActionError('failed', 'whom it was of is gone: it cannot be made again');
      return receiptOf(reply);
    },
  });
}

function isSame(a: Json, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
