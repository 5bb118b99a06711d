import { ANY_RUN, meet, unitsOfPattern } from '../overlap.ts';
import { fits, fitsEverything } from '../pattern.ts';
import { allOf, anyOf, not, type Truth } from '../truth.ts';
import { fillIn } from '../variables.ts';
import { matches, type Operand } from './compare.ts';
import { ABSENT, value, type KeyLookup, type KeyValue } from './key-value.ts';
import type { Operator, ValueComparison } from './operator.ts';
import type { Condition } from './parse.ts';

/**
 * Whether a condition holds. An operator that IAM does not have makes it `unknown`, a key that only the request
 * settles `open`. What a missing key means:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function evaluateCondition(condition: Condition, lookUp: KeyLookup): Truth {
  const found = lookUp(condition.lowerKey);
  if (found.state !== 'optional') return evaluateWith(condition, found, lookUp);
  const absent = evaluateWith(condition, ABSENT, lookUp);
  return absent === evaluateWith(condition, value(found.value), lookUp) ? absent : 'open';
}

function evaluateWith(condition: Condition, found: SettledValue, lookUp: KeyLookup): Truth {
  const { operator } = condition;
  if (operator === null) return 'unknown';
  const { comparison, negated, quantifier } = operator;
  if (comparison.of === 'null') return evaluateNull(condition, found);
  if (found.state === 'values' && found.values.length === 0) return whenMissing(operator);
  const operands = condition.isFixed ? condition.operands : fillOperands(condition, lookUp);
  if (operands === 'open') return 'open';
  // A variable that stands for nothing: its value matches nothing, and of what then does not match nothing is sure.
  if (operands.length < condition.operands.length && negated) return 'unknown';
  if (found.state !== 'values') return whenOpen(operator, operands, found);

  // `ForAnyValue` and a plain operator want one value that matches, a negated plain operator that none does.
  const matched = found.values.map((one) => matchesOne(comparison, operands, one));
  if (quantifier === null) return negated ? not(anyOf(...matched)) : anyOf(...matched);
  const each = negated ? matched.map(not) : matched;
  return quantifier === 'ForAllValues' ? allOf(...each) : anyOf(...each);
}

function matchesOne(comparison: ValueComparison, operands: readonly Operand[], one: string): Truth {
  let least: Truth = 'no';
  for (const operand of operands) {
    const truth = matches(comparison, operand, one);
    if (truth === 'yes') return truth;
    if (truth !== 'no') least = truth;
  }
  return least;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html */
function whenMissing({ negated, ifExists, quantifier }: Operator): Truth {
  if (ifExists || quantifier === 'ForAllValues') return 'yes';
  return negated && quantifier === null ? 'yes' : 'no';
}

type SettledValue = Exclude<KeyValue, { readonly state: 'optional' }>;

function evaluateNull({ operands }: Condition, found: SettledValue): Truth {
  if (found.state === 'open') return 'open';
  const isMissing = found.state === 'values' && found.values.length === 0;
  return anyOf(
    ...operands.map(({ text }): Truth => {
      const wanted = text.toLowerCase();
      if (wanted !== 'true' && wanted !== 'false') return 'unknown';
      return (wanted === 'true') === isMissing ? 'yes' : 'no';
    }),
  );
}

/** What can be said although the value is not there: `StringLikeIfExists: "*"` holds in every request. */
function whenOpen(operator: Operator, operands: readonly Operand[], found: SettledValue): Truth {
  const { comparison, negated, ifExists, quantifier } = operator;
  const isText = comparison.of === 'string' || comparison.of === 'arn';
  if (found.state === 'prefix') {
    if (!isText) return 'open';
    const matched = anyOf(...operands.map((operand) => fitsPrefix(operand, found.prefix)));
    return negated ? not(matched) : matched;
  }
  const always = isText && operands.some(({ pattern }) => fitsEverything(pattern));
  if (always && !negated && (ifExists || quantifier === 'ForAllValues')) return 'yes';
  if (always && negated && quantifier === 'ForAnyValue' && !ifExists) return 'no';
  return 'open';
}

function fitsPrefix({ pattern }: Operand, prefix: string): Truth {
  // U+FFFE stands for whatever follows: only a `*` of the pattern takes it.
  if (fits(pattern, `${prefix}\uFFFE`)) return 'yes';
  return meet(unitsOfPattern(pattern), [...prefix.split(''), ANY_RUN], false) ? 'open' : 'no';
}

/** The operands with their variables filled in, without those whose variable is missing. */
function fillOperands({ operands }: Condition, lookUp: KeyLookup): readonly Operand[] | 'open' {
  const ready: Operand[] = [];
  for (const { text, pattern } of operands) {
    const filled = fillIn(pattern, lookUp);
    if (filled.state === 'open') return 'open';
    if (filled.state === 'filled') ready.push({ text, pattern: filled.pattern });
  }
  return ready;
}
