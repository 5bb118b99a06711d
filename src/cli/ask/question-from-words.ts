import type { KubernetesRequest } from '#access/engine.ts';
import { UsageError } from '#model/errors.ts';
import type { System } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';
import { findIdentity } from '../find-identity.ts';
import { systemOf, type Question } from './question.ts';

/** A question as it stands on the command line. */
export interface Words {
  readonly principal: string;
  readonly action: string;
  readonly resource: string | undefined;
}

/** The options that shape a question. */
export interface QuestionOptions {
  readonly system?: System;
  readonly scope?: string;
  readonly namespace?: string;
  readonly subresource?: string;
  readonly asGroup?: readonly string[];
  readonly context?: readonly string[];
}

/**
 * Makes a question of words. A principal that is no system's own name is looked up in the snapshot. Throws UsageError
 * where the words do not make one.
 */
export async function questionFrom(
  reader: Reader,
  words: Words,
  options: QuestionOptions,
): Promise<Question> {
  const told = options.system ?? systemOf({ principal: words.principal });
  if (told !== null) return makeQuestion(told, words, options);
  const identity = await findIdentity(reader, words.principal);
  // findIdentity gives the identity's own row: its system is one of ours.
  return makeQuestion(identity.system as System, { ...words, principal: identity.uid }, options);
}

/** As questionFrom, for a principal that needs no looking up. */
export function makeQuestion(system: System, words: Words, options: QuestionOptions): Question {
  const scope = options.scope === undefined ? {} : { scope: options.scope };
  if (system === 'kubernetes') {
    return {
      system,
      request: {
        principal: words.principal,
        verb: words.action,
        ...(options.asGroup === undefined ? {} : { groups: options.asGroup }),
        ...kubernetesResource(words.resource, options),
        ...scope,
      },
    };
  }
  return {
    system,
    request: {
      principal: words.principal,
      action: words.action,
      resource: words.resource ?? null,
      ...(options.context === undefined ? {} : { context: contextOf(options.context) }),
      ...scope,
    },
  };
}

/** `TYPE[.GROUP][/NAME]` as kubectl writes it, or a path. */
function kubernetesResource(text: string | undefined, options: QuestionOptions): Partial<KubernetesRequest> {
  if (text === undefined)
    throw new UsageError('for Kubernetes a resource is needed', {
      hint: 'For example: nhi can NAME get pods -n default',
    });
  if (text.startsWith('/')) return { path: text };
  const [type = '', name] = text.split('/', 2);
  const dot = type.indexOf('.');
  return {
    group: dot < 0 ? '' : type.slice(dot + 1),
    resource: dot < 0 ? type : type.slice(0, dot),
    subresource: options.subresource ?? '',
    name: name ?? '',
    namespace: options.namespace ?? '',
  };
}

function contextOf(pairs: readonly string[]): Record<string, string[]> {
  const context: Record<string, string[]> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1)
      throw new UsageError(`--context ${pair}: not KEY=VALUE`, {
        hint: 'For example --context aws:SourceIp=192.0.2.1',
      });
    const key = pair.slice(0, at);
    (context[key] ??= []).push(pair.slice(at + 1));
  }
  return context;
}
