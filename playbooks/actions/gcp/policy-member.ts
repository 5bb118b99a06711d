import {
  ActionError,
  defineAction,
  type Action,
  type ActingContext,
  type ObjectState,
  type Parameters,
} from '#contract/action.ts';
import type { Json } from '#model/system.ts';
import { textOf } from '../shared/parameter.ts';
import {
  isSameCondition,
  isSameMember,
  readPolicy,
  writePolicy,
  type AllowPolicy,
  type Binding,
} from './allow-policy.ts';
import { google, NO_ID } from './google.ts';
import { at } from './names.ts';
import { POLICY_SETTLES } from './settle.ts';
import type { TokenOf } from './token.ts';

/**
 * Takes one member out of the bindings of one role under one condition, and leaves everything else of the policy as it
 * is; undoing puts exactly that back. Parameters: `resource`, `role`, `member`, `condition`.
 */
export function memberRemoval(
  tokenOf: TokenOf,
  own: Pick<Action, 'id' | 'parametersFor' | 'permissions'>,
): Action {
  const policyOf = async (parameters: Parameters, context: ActingContext) =>
    readPolicy(google(context, tokenOf), textOf(parameters, 'resource'));
  return defineAction({
    ...own,
    system: 'gcp',
    phase: 'remove',
    closes: 'subject',
    title: (parameters) =>
      `Remove ${textOf(parameters, 'member')} from ${textOf(parameters, 'role')} on ${textOf(parameters, 'resource')}`,
    settle: POLICY_SETTLES,
    read: async (parameters, context) => stateIn(await policyOf(parameters, context), parameters),
    act: async (parameters, _before, context) => {
      const policy = await policyOf(parameters, context);
      const left = policy === null ? null : without(policy.bindings, parameters);
      if (policy === null || left === null) return NO_ID;
      await writePolicy(google(context, tokenOf), textOf(parameters, 'resource'), policy, left);
      return NO_ID;
    },
    undo: async (parameters, before, context) => {
      if (!before.present) return NO_ID;
      const resource = textOf(parameters, 'resource');
      const policy = await policyOf(parameters, context);
      if (policy === null) throw new ActionError('failed', `${resource} is gone`);
      if (stateIn(policy, parameters).present) return NO_ID;
      await writePolicy(google(context, tokenOf), resource, policy, withMember(policy.bindings, before));
      return NO_ID;
    },
  });
}

function stateIn(policy: AllowPolicy | null, parameters: Parameters): ObjectState {
  const bindings = policy?.bindings ?? [];
  const bindingAt = bindings.findIndex((binding) => holds(binding, parameters));
  const found = bindings[bindingAt];
  if (found === undefined) return { present: false, done: true, document: null };
  const wanted = textOf(parameters, 'member');
  const memberAt = found.members.findIndex((member) => isSameMember(member, wanted));
  const member = found.members[memberAt] ?? wanted;
  return {
    present: true,
    done: false,
    document: { role: found.role, member, condition: found.condition ?? null },
    // Where it stood, so that undoing leaves the policy as it was, to the letter.
    restore: { bindingAt, memberAt },
  };
}

function holds(binding: Binding, parameters: Parameters): boolean {
  const member = textOf(parameters, 'member');
  return isFor(binding, parameters) && binding.members.some((each) => isSameMember(each, member));
}

function isFor(binding: Binding, { role, condition }: { readonly [key: string]: Json }): boolean {
  return binding.role === role && isSameCondition(binding.condition, condition);
}

/** The bindings without the member; null: it is in none of them. */
function without(bindings: readonly Binding[], parameters: Parameters): Binding[] | null {
  if (!bindings.some((binding) => holds(binding, parameters))) return null;
  const member = textOf(parameters, 'member');
  return bindings
    .map((binding) =>
      isFor(binding, parameters)
        ? { ...binding, members: binding.members.filter((each) => !isSameMember(each, member)) }
        : binding,
    )
    .filter(({ members }) => members.length > 0);
}

function withMember(bindings: readonly Binding[], { document, restore }: ObjectState): Binding[] {
  const [role, member, condition] = [at(document, 'role'), at(document, 'member'), at(document, 'condition')];
  if (typeof role !== 'string' || typeof member !== 'string' || condition === undefined) {
    throw new ActionError('refused', 'what was kept from before the step is not what it kept');
  }
  const target = bindings.findIndex((binding) => isFor(binding, { role, condition }));
  const found = bindings[target];
  if (found === undefined) {
    const made = { role, members: [member], ...(condition === null ? {} : { condition }) };
    return bindings.toSpliced(placeIn(bindings, at(restore, 'bindingAt')), 0, made);
  }
  const members = found.members.toSpliced(placeIn(found.members, at(restore, 'memberAt')), 0, member);
  return bindings.with(target, { ...found, members });
}

function placeIn(list: readonly unknown[], wanted: Json | undefined): number {
  return typeof wanted === 'number' ? Math.min(Math.max(0, wanted), list.length) : list.length;
}
