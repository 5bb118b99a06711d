import {
  ActionError,
  defineAction,
  type Action,
  type ActingContext,
  type Parameters,
} from '#contract/action.ts';
import type { Json } from '#model/system.ts';
import { changedSince } from '../shared/action-error.ts';
import { textOf } from '../shared/parameter.ts';
import { azure, NOTHING_TO_DO, receiptOf } from './azure.ts';
import { at, pick } from './names.ts';
import type { TokenOf } from './token.ts';

/** A kind of resource that keeps its id when it is made again. */
export interface ArmKind extends Pick<Action, 'id' | 'title' | 'parametersFor' | 'settle'> {
  /** The resource type, before `/read`, `/write` and `/delete`. */
  readonly type: string;
  readonly apiVersion: string;
  /** The properties that make it up, which undoing writes back. */
  readonly fields: readonly string[];
}

/** Deletes a resource by the id in the parameter `id`, and makes it again under the same id. */
export function armRemoval(kind: ArmKind, tokenOf: TokenOf): Action {
  const permission = (verb: string) => `${kind.type}/${verb}`;
  const path = (parameters: Parameters) =>
    `${pathOf(textOf(parameters, 'id'))}?api-version=${kind.apiVersion}`;
  const find = async (parameters: Parameters, context: ActingContext): Promise<Json | null> => {
    const request = { method: 'GET', path: path(parameters), permission: permission('read') } as const;
    const reply = await azure(parameters, context, tokenOf).call('management', request);
    return reply === null ? null : pick(at(reply.body, 'properties'), kind.fields);
  };
  return defineAction({
    id: kind.id,
    title: kind.title,
    parametersFor: kind.parametersFor,
    settle: kind.settle,
    system: 'azure',
    phase: 'remove',
    closes: 'subject',
    permissions: ['delete', 'read', 'write'].map(permission),
    read: async (parameters, context) => {
      const document = await find(parameters, context);
      return { present: document !== null, done: document === null, document };
    },
    act: async (parameters, before, context) => {
      const now = await find(parameters, context);
      if (now === null) return NOTHING_TO_DO;
      if (JSON.stringify(now) !== JSON.stringify(before.document)) changedSince(kind.title(parameters));
      const request = { method: 'DELETE', path: path(parameters), permission: permission('delete') } as const;
      return receiptOf(await azure(parameters, context, tokenOf).call('management', request));
    },
    undo: async (parameters, before, context) => {
      if (!before.present || (await find(parameters, context)) !== null) return NOTHING_TO_DO;
      const reply = await azure(parameters, context, tokenOf).call('management', {
        method: 'PUT',
        path: path(parameters),
        body: { properties: before.document },
        permission: permission('write'),
      });
      if (reply === null) throw new ActionError('failed', 'where it stood is gone: it cannot be made again');
      return receiptOf(reply);
    },
  });
}

/** A resource id as part of a URL. Throws ActionError `refused` where it would lead elsewhere. */
function pathOf(id: string): string {
  const parts = id.replace(/^\//u, '').split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw new ActionError('refused', `not a resource id of Azure: ${JSON.stringify(id)}`);
  }
  return parts.map(encodeURIComponent).join('/');
}
