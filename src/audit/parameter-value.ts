import type { RuleHeader, RuleParameter } from '#contract/rule.ts';

/** What a parameter can be set to. */
export type ParameterValue = RuleParameter['default'];

/** Every parameter of a rule at its default. */
export function defaultValues({ params }: RuleHeader): Record<string, ParameterValue> {
  return Object.fromEntries(Object.entries(params).map(([name, parameter]) => [name, parameter.default]));
}

/** Why a value does not fit a parameter, as what was expected; null: it fits. */
export function valueProblem(parameter: RuleParameter, value: ParameterValue): string | null {
  const expected = kindOf(parameter.default);
  if (kindOf(value) !== expected) return `expected ${expected}, found ${kindOf(value)}`;
  if (typeof value !== 'number') return null;
  if (!Number.isFinite(value)) return 'expected a finite number';
  if (parameter.min !== undefined && value < parameter.min)
    return `expected at least ${parameter.min}, found ${value}`;
  if (parameter.max !== undefined && value > parameter.max)
    return `expected at most ${parameter.max}, found ${value}`;
  return null;
}

function kindOf(value: ParameterValue): string {
  if (typeof value === 'number') return 'a number';
  if (typeof value === 'boolean') return 'true or false';
  return typeof value === 'string' ? 'a text' : 'a list of texts';
}
