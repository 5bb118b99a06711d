import { awsActionNumber, isWildcardOnly, resourceTemplates } from '#catalogue/aws/actions.ts';
import type { Uid } from '#model/system.ts';
import { awsAccountUid } from '#model/uid.ts';
import type { Estate } from './estate.ts';
import { fits } from './pattern.ts';
import { isFederated } from './principal-match.ts';
import type { Principal } from './principal.ts';
import { parseResourcePattern } from './resource-pattern.ts';
import { resourceGrants } from './sets/resource-grants.ts';
import { partHas } from './sets/set-part.ts';

/** A resource with a policy of its own that may bear on an action. */
export interface PolicedResource {
  readonly holder: Uid;
  /** The resource where the action is done on it itself; null: it is done on what it holds, as on a bucket's objects. */
  readonly about: Uid | null;
}

/**
 * The resources of the records whose own policies may say otherwise than `rest`, which is what holds for all others:
 * those that may let the principal in, or those that may deny it.
 */
export function policedResources(
  estate: Estate,
  principal: Principal,
  action: string,
  rest: 'allowed' | 'denied',
): PolicedResource[] {
  const number = awsActionNumber(action);
  if (number >= 0 && isWildcardOnly(number)) return [];
  const types = number < 0 ? [] : resourceTemplates(number);
  const shapes = types.map((template) => parseResourcePattern(template.replaceAll(/[@%]/gu, '*'), false));
  return holdersFor(estate, principal, action, number, rest).map((holder) => ({
    holder,
    about: shapes.some((shape) => fits(shape, holder)) ? holder : null,
  }));
}

function holdersFor(
  estate: Estate,
  principal: Principal,
  action: string,
  number: number,
  rest: 'allowed' | 'denied',
): readonly Uid[] {
  const { name, account, identity, kind } = principal;
  // What no index tells: an action that the catalogue does not know, anybody with a token.
  if (number < 0 || (isFederated(action.toLowerCase()) && kind !== 'federation')) {
    return estate.policedResources.get(action.slice(0, action.indexOf(':')).toLowerCase()) ?? [];
  }
  const { named, everyone, denying } = resourceGrants(estate);
  const scope = account === null ? null : awsAccountUid(account);
  const toAll = scope === null ? [...everyone.values()].flat() : (everyone.get(scope) ?? []);
  const bearing =
    rest === 'denied'
      ? [...(named.get(name) ?? []), ...(named.get(identity?.providerId ?? '') ?? []), ...toAll]
      : (denying.get(scope ?? '') ?? []);
  const about = bearing.filter(({ actions }) => partHas(actions, number));
  return [...new Set(about.map(({ resourceUid }) => resourceUid))];
}
