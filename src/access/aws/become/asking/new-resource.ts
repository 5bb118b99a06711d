import { awsActionNumber, isWildcardOnly, resourceTemplates } from '#catalogue/aws/actions.ts';
import { NEEDED_TOGETHER } from '#catalogue/aws/iam-ways.ts';
import type { KeyLookup } from '../../condition/key-value.ts';
import { fits, type Pattern } from '../../pattern.ts';
import { parseResourcePattern } from '../../resource-pattern.ts';
import type { Actor } from './actor.ts';
import type { Bearing } from './bearing.ts';
import type { Context, Held, Powers } from './powers.ts';
import { leastSure } from '../step.ts';

/** What may be done on something whose name is the caller's to choose. */
export interface NewResources {
  /**
   * All of the actions, those that know the same kinds of resource on the same one; null: not all of them. `context` is
   * sent with each.
   */
  readonly all: (actor: Actor, actions: readonly string[], context?: Context) => Held | null;
}

/** How many names are tried for one resource before the answer is that it may be so. */
const MOST_NAMES = 100;

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
  const bearing = actions.map((action) => powers.bearing(actor, action));
  const allowing = bearing
    .flatMap(({ policies }) => policies.flatMap(({ statements }) => statements))
    .filter(({ effect, resources }) => effect !== 'Deny' && resources?.negated === false);
  const texts = allowing
    .flatMap(({ resources }) => resources?.patterns ?? [])
    .map((pattern) => written(pattern, actor.lookUp));
  const shapes = templates.map((template) => parseResourcePattern(template.replaceAll(/[@%]/gu, '*'), false));
  const names = new Set<string>();
  for (const region of regionsIn(bearing)) {
    for (const template of templates) names.add(filled(template, actor, region, 'x'));
    for (const text of texts) {
      for (const fill of ['x', 'x/x', 'x:x']) {
        const name = filled(text, actor, region, fill);
        if (shapes.some((shape) => fits(shape, name))) names.add(name);
      }
    }
  }
  return [...names].slice(0, MOST_NAMES);
}

/** The Regions that statements name, which may be the only ones that are allowed, and some that every account has. */
function regionsIn(bearing: readonly Bearing[]): ReadonlySet<string> {
  const statements = bearing.flatMap(({ policies, limits }) => [
    ...policies.flatMap((policy) => policy.statements),
    ...limits,
  ]);
  const conditions = statements.flatMap((statement) => statement.conditions);
  const named = conditions
    .filter(({ lowerKey }) => lowerKey === 'aws:requestedregion')
    .flatMap(({ operands }) => operands);
  return new Set(['us-east-1', 'eu-west-1', ...named.map(({ text }) => text.replaceAll('*', '1'))]);
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

/** A name that a template or pattern stands for: in the account, the Region, with `rest` where anything may stand. */
function filled(text: string, { partition, account }: Actor, region: string, rest: string): string {
  const fields = text.replaceAll('@', account).replaceAll('%', 'x').split(':');
  const known = ['arn', partition, '*', region, account];
  const head = fields
    .slice(0, 5)
    .map((field, index) => (field === '*' ? (known[index] ?? '*') : field.replaceAll('*', 'x')));
  return [...head, fields.slice(5).join(':').replaceAll('*', rest)].join(':');
}
