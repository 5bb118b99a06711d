import { isCallersChoice } from './caller-choice.ts';
import type { Condition } from './condition/parse.ts';
import type { Evaluation } from './evaluation.ts';
import type { Hit } from './layer.ts';

/** Condition keys with the values that a caller might send. */
export type Choice = Readonly<Record<string, readonly string[]>>;

const MOST_KEYS = 3;
const MOST_CHOICES = 200;
/** How many choices are looked at for one question: policies that ask for more are not written by people. */
const MOST_IN_ALL = 1000;

/**
 * What a caller might send so as to meet, or to dodge, the open conditions on what callers choose themselves: for each
 * statement that may allow, every combination of the values that it and the limits name, others, and none at all.
 */
export function* choicesFor(evaluation: Evaluation): Generator<Choice> {
  const { identity, boundary, session, resource, scp, rcp } = evaluation;
  const limits = [boundary, session, ...[...scp.levels, ...rcp.levels].map(({ layer }) => layer)];
  const always = [
    ...(identity?.denies ?? []),
    ...resource.denies,
    ...limits.flatMap((layer) => [...(layer?.allows ?? []), ...(layer?.denies ?? [])]),
  ].flatMap(chosenConditions);
  let left = MOST_IN_ALL;
  for (const hit of [...(identity?.allows ?? []), ...resource.allows]) {
    const conditions = [...always, ...chosenConditions(hit)];
    const choices = conditions.length === 0 ? [] : combinations(conditions).slice(0, left);
    yield* choices;
    left -= choices.length;
  }
}

function chosenConditions({ match }: Hit): readonly Condition[] {
  return match.unsettled.filter(({ lowerKey }) => isCallersChoice(lowerKey));
}

function combinations(conditions: readonly Condition[]): readonly Choice[] {
  const values = new Map<string, Set<string>>();
  for (const condition of conditions) {
    const known = values.get(condition.lowerKey) ?? new Set();
    for (const value of valuesFor(condition)) known.add(value);
    values.set(condition.lowerKey, known);
  }
  // The keys of a request's tags and the tags themselves hang together.
  const tagged = [...values.keys()].some((key) => key.startsWith('aws:requesttag/'));
  if (values.size > MOST_KEYS || (tagged && values.has('aws:tagkeys'))) return [];
  const choices = combine([...values]);
  return choices.length > MOST_CHOICES ? [] : choices;
}

/** The values that the condition names, wildcards filled in, and one that it surely does not. */
function valuesFor({ operator, operands }: Condition): string[] {
  const named = operands.flatMap(({ text }) => (text.includes('${') ? [] : [text.replaceAll(/[*?]/gu, 'x')]));
  switch (operator?.comparison.of) {
    case 'number':
      return named.flatMap((text) => [text, String(Number(text) + 1), String(Number(text) - 1)]);
    case 'bool':
    case 'null':
      return ['true', 'false'];
    case 'string':
    case 'arn':
      return [...named, 'anything-else'];
    case 'date':
    case 'binary':
    case 'ip':
    case undefined:
      return named;
  }
}

/** The key's absence is a choice as well, but for the keys that every request has. */
function combine(keys: readonly (readonly [string, ReadonlySet<string>])[]): Choice[] {
  const [first, ...rest] = keys;
  if (first === undefined) return [];
  const [key, values] = first;
  const choices = [...[...values].map((value) => [value]), ...(ALWAYS_PRESENT.has(key) ? [] : [[]])];
  const others = rest.length === 0 ? [{}] : combine(rest);
  return choices.flatMap((chosen) => others.map((other) => ({ [key]: chosen, ...other })));
}

const ALWAYS_PRESENT: ReadonlySet<string> = new Set([
  'aws:requestedregion',
  'aws:securetransport',
  'aws:useragent',
  'iam:passedtoservice',
  'iam:policyarn',
  'iam:awsservicename',
  'sts:rolesessionname',
]);

/** Says a choice in a few words. */
export function choiceText(choice: Choice): string {
  return Object.entries(choice)
    .map(([key, values]) => (values.length === 0 ? `no ${key}` : `${key} = ${values.join(', ')}`))
    .join(' and ');
}
