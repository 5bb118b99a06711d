import { awsActionNumber, isWildcardOnly, resourceTemplates } from '#catalogue/aws/actions.ts';
import type { Uid } from '#model/system.ts';
import type { Estate } from './estate.ts';
import { fits } from './pattern.ts';
import { parseResourcePattern } from './resource-pattern.ts';

/** A resource with a policy of its own that may bear on an action. */
export interface PolicedResource {
  readonly holder: Uid;
  /** The resource where the action is done on it itself; null: it is done on what it holds, as on a bucket's objects. */
  readonly about: Uid | null;
}

/** The resources of the records whose own policies may bear on the action. */
export function policedResources(estate: Estate, action: string): PolicedResource[] {
  const number = awsActionNumber(action);
  if (number >= 0 && isWildcardOnly(number)) return [];
  const service = action.slice(0, action.indexOf(':')).toLowerCase();
  const types = number < 0 ? [] : resourceTemplates(number);
  const shapes = types.map((template) => parseResourcePattern(template.replaceAll(/[@%]/gu, '*'), false));
  return (estate.policedResources.get(service) ?? []).map((holder) => ({
    holder,
    about: shapes.some((shape) => fits(shape, holder)) ? holder : null,
  }));
}
