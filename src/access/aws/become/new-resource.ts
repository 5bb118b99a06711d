import { awsActionNumber, isWildcardOnly, resourceTemplates } from '#catalogue/aws/actions.ts';
import { NEEDED_TOGETHER } from '#catalogue/aws/iam-ways.ts';
import type { KeyLookup } from '../condition/key-value.ts';
import { fits, type Pattern } from '../pattern.ts';
import { parseResourcePattern } from '../resource-pattern.ts';
import type { Actor } from './actor.ts';
import type { Context, Held, Powers } from './powers.ts';
import { leastSure } from './step.ts';

/** What may be done on something whose name is the caller's to choose. */
export interface NewResources {
  /**
   * All of the actions, those that know the same kinds of resource on the same one; null: not all of them. `context` is
   * sent with each.
   */
  readonly all: (actor: Actor, actions: readonly string[], context?: Context) => Held | null;
}

/** How many names are tried for one resource before the answer is that it may be so. */
const MOST_NAMES = 40;

/** Tries names that the policies themselves suggest. Answers are shared between all to whom the same statements apply. */
export function newResources(powers: Powers): NewResources {
  const known = new Map<string, Held['certainty'] | null>();

  const anyName = (
    actor: Actor,
    actions: readonly string[],
    templates: readonly string[],
    context: Context,
  ) => {
    let best: Held['certainty'] | null = null;
    for (const name of namesFor(powers, actor, actions, templates)) {
      const held = actions.map((action) => powers.on(actor, action, name, context));
      const certainties = held.flatMap((one) => one?.certainty ?? []);
      if (certainties.length < held.length) continue;
      best = leastSure(...certainties);
      if (best === 'certain') break;
    }
    return best;
  };

  /** Actions that know the same kinds of resource. */
  const together = (actor: Actor, actions: readonly string[], context: Context): Held['certainty'] | null => {
    const keys = actions.map((action) => powers.bearing(actor, action).key);
    const key = [...actions, JSON.stringify(context), ...keys].join('\n');
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = settle(actor, actions, context);
    known.set(key, found);
    return found;
  };

  const settle = (actor: Actor, actions: readonly string[], context: Context): Held['certainty'] | null => {
    const [action = ''] = actions;
    const number = awsActionNumber(action);
    if (isWildcardOnly(number)) return powers.on(actor, action, '*', context)?.certainty ?? null;
    const templates = resourceTemplates(number);
    const needed = NEEDED_TOGETHER[action];
    const groups =
      needed === undefined
        ? [templates]
        : needed.map((kind) => templates.filter((template) => template.includes(`:${kind}/`)));
    const answers = groups.map((group) => anyName(actor, actions, group, context));
    const certainties = answers.flatMap((answer) => answer ?? []);
    return certainties.length < answers.length ? null : leastSure(...certainties);
  };

  return {
    all: (actor, actions, context = {}) => {
      if (!actions.every((action) => powers.mayHold(actor, action))) return null;
      const answers = groupByKind(actions).map((group) => together(actor, group, context));
      const certainties = answers.flatMap((answer) => answer ?? []);
      if (certainties.length < answers.length) return null;
      const evidence = actions.flatMap((action) => powers.granting(powers.bearing(actor, action)));
      return { certainty: leastSure(...certainties), evidence };
    },
  };
}

const grouped = new WeakMap<readonly string[], readonly (readonly string[])[]>();

function groupByKind(actions: readonly string[]): readonly (readonly string[])[] {
  const known = grouped.get(actions);
  if (known !== undefined) return known;
  const groups = new Map<string, string[]>();
  for (const action of actions) {
    const templates = resourceTemplates(awsActionNumber(action));
    const key = templates.length === 0 ? action : templates.join(' ');
    groups.set(key, [...(groups.get(key) ?? []), action]);
  }
  const found = [...groups.values()];
  grouped.set(actions, found);
  return found;
}

/** Names of resources of these kinds: any, and one for every pattern of a statement that allows one of the actions. */
function namesFor(
  powers: Powers,
  actor: Actor,
  actions: readonly string[],
  templates: readonly string[],
): readonly string[] {
  const shapes = templates.map((template) => parseResourcePattern(template.replaceAll(/[@%]/gu, '*'), false));
  const names = new Set(
    templates
      .map((template) => template.replace('arn:*:', `arn:${actor.partition}:`))
      .map((template) => filled(template, actor.account, 'x')),
  );
  for (const action of actions) {
    for (const { statements } of powers.bearing(actor, action).policies) {
      for (const { effect, resources } of statements) {
        if (effect === 'Deny' || resources === null || resources.negated) continue;
        for (const pattern of resources.patterns) {
          const text = written(pattern, actor.lookUp);
          for (const fill of ['x', 'x/x', 'x:x']) {
            const name = filled(text.replace('arn:*:', `arn:${actor.partition}:`), actor.account, fill);
            if (shapes.some((shape) => fits(shape, name))) names.add(name);
          }
        }
      }
    }
  }
  return [...names].slice(0, MOST_NAMES);
}

/** The pattern as text, with `*` for every wildcard and what is known of its variables. */
function written(pattern: Pattern, lookUp: KeyLookup): string {
  return pattern
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('wild' in part) return '*';
      const value = lookUp(part.key);
      return value.state === 'values' ? (value.values[0] ?? part.fallback ?? 'x') : 'x';
    })
    .join('');
}

/** A Region that every account can use, the account, and `rest` wherever else anything may stand. */
function filled(text: string, account: string, rest: string): string {
  const [arn = '', partition = '', service = '', region = '', owner = '', ...tail] = text
    .replaceAll('@', account)
    .replaceAll('%', 'x')
    .split(':');
  return [
    arn,
    partition,
    service,
    region.replace(/^\*$/u, 'us-east-1').replaceAll('*', 'x'),
    owner.replace(/^\*$/u, account).replaceAll('*', 'x'),
    tail.join(':').replaceAll('*', rest),
  ].join(':');
}
