import { add, addRange, emptySet, fullSet, removeAll, type PermissionSet } from '../../permission-set.ts';
import { awsActionCount, awsActionNumber, awsServices, type AwsService } from '#catalogue/aws/actions.ts';
import type { ActionPatterns } from '../action-patterns.ts';
import { fits, fitsEverything, parsePattern, type Pattern } from '../pattern.ts';

/** The number that stands for all actions that no catalogue knows. */
export function unknownAction(): number {
  return awsActionCount();
}

/** The empty set with room for every action and for the one number that stands for unknown ones. */
export function noActions(): PermissionSet {
  return emptySet(awsActionCount() + 1);
}

/**
 * The actions that a statement is about. Unknown ones are in it where it is about every action but those that it
 * names. The caller owns the set.
 */
export function actionSet({ texts, negated }: ActionPatterns): PermissionSet {
  const named = noActions();
  for (const text of texts) addNamed(named, text.toLowerCase());
  if (!negated) return named;
  const others = fullSet(awsActionCount() + 1);
  removeAll(others, named);
  return others;
}

function addNamed(set: PermissionSet, text: string): void {
  if (!/[*?]/u.test(text)) {
    const number = awsActionNumber(text);
    if (number >= 0) add(set, number);
    return;
  }
  const found = compiled(text);
  if (found === 'everything') addRange(set, 0, awsActionCount() + 1);
  else for (const number of found) add(set, number);
}

/** How many patterns stay compiled; policies in use share a few thousand. */
const MOST_PATTERNS = 20_000;
const patterns = new Map<string, Uint16Array | 'everything'>();

function compiled(text: string): Uint16Array | 'everything' {
  const before = patterns.get(text);
  if (before !== undefined) return before;
  const pattern = parsePattern(text, { wildcards: true, variables: false });
  const found = isEverything(text, pattern) ? 'everything' : Uint16Array.from(matching(text, pattern));
  if (patterns.size >= MOST_PATTERNS) patterns.clear();
  patterns.set(text, found);
  return found;
}

/** `*` and `*:*` also take in the actions that nobody knows yet. */
function isEverything(text: string, pattern: Pattern): boolean {
  return fitsEverything(pattern) || text === '*:*';
}

/** Looks only at the services that the part before the colon can mean. */
function* matching(text: string, pattern: Pattern): Generator<number> {
  const prefix = text.slice(0, Math.max(0, text.indexOf(':')));
  const isPlain = prefix !== '' && !/[*?]/u.test(prefix);
  const service = awsServices().get(prefix);
  const services = isPlain ? (service === undefined ? [] : [service]) : awsServices().values();
  for (const candidate of services) {
    for (const [index, name] of lowerNames(candidate).entries()) {
      if (fits(pattern, name)) yield candidate.first + index;
    }
  }
}

const lower = new WeakMap<AwsService, readonly string[]>();

function lowerNames(service: AwsService): readonly string[] {
  const before = lower.get(service);
  if (before !== undefined) return before;
  const names = service.names.map((name) => `${service.prefix}:${name.toLowerCase()}`);
  lower.set(service, names);
  return names;
}
