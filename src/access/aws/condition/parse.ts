import type { Json } from '#model/system.ts';
import { EVERYTHING, hasVariables, parsePattern, type Pattern } from '../pattern.ts';
import { quote, someOf } from '../quote.ts';
import { parseOperator, type Operator } from './operator.ts';

/** One line of a `Condition`: an operator, a key and the values that it compares with. */
export interface Condition {
  /** The operator as written. */
  readonly name: string;
  /** null: IAM has no such operator. */
  readonly operator: Operator | null;
  /** The key as written. */
  readonly key: string;
  /** The key in lower case: keys are the same in any case. */
  readonly lowerKey: string;
  readonly operands: readonly { readonly text: string; readonly pattern: Pattern }[];
  /** Whether no variable is in the values. */
  readonly isFixed: boolean;
}

/** Reads a `Condition` element; null where it is not built as one. */
export function parseConditions(element: Json, variables: boolean): readonly Condition[] | null {
  if (!isObject(element)) return null;
  const conditions: Condition[] = [];
  for (const [name, keys] of Object.entries(element)) {
    const operator = parseOperator(name);
    if (!isObject(keys)) return null;
    for (const [key, values] of Object.entries(keys)) {
      const texts = operandTexts(values);
      if (texts === null) return null;
      const operands = texts.map((text) => ({ text, pattern: operandPattern(text, operator, variables) }));
      const isFixed = !operands.some(({ pattern }) => hasVariables(pattern));
      conditions.push({ name, operator, key, lowerKey: key.toLowerCase(), operands, isFixed });
    }
  }
  return conditions;
}

/** Says a condition in a few words, for reasons. */
export function conditionText({ name, key, operands }: Condition): string {
  return `${name} ${key} ${someOf(operands.map(({ text }) => quote(text)))}`;
}

/** Strings, numbers and booleans, one or a list. */
function operandTexts(values: Json): readonly string[] | null {
  const list: readonly Json[] = Array.isArray(values) ? values : [values];
  const texts = list.map((value) => (isScalar(value) ? String(value) : null));
  return texts.includes(null) ? null : texts.filter((text) => text !== null);
}

function operandPattern(text: string, operator: Operator | null, variables: boolean): Pattern {
  const comparison = operator?.comparison;
  if (comparison?.of === 'arn') return parseArnOperand(text, variables);
  if (comparison?.of !== 'string') return parsePattern(text, { wildcards: false, variables });
  return parsePattern(text, { wildcards: comparison.wildcards, variables });
}

/**
 * The six parts of an ARN are compared one by one, so that no wildcard but the last part's crosses a colon.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
function parseArnOperand(text: string, variables: boolean): Pattern {
  let colons = 0;
  if (text === '*') return [EVERYTHING];
  return parsePattern(text, { wildcards: true, variables }).map((part) => {
    if (typeof part === 'string') colons += part.split(':').length - 1;
    else if ('wild' in part && colons < 5) return { ...part, inSegment: true };
    return part;
  });
}

function isScalar(value: Json): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
