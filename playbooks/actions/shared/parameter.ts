import { ActionError, type Parameters } from '#contract/action.ts';

/** A parameter that is text. Throws ActionError `refused`: the plan's file says something else. */
export function textOf(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new ActionError('refused', `the plan's step has no parameter ${name}`);
}
