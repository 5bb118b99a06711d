import type { RoleBreadth } from '#model/grant.ts';
import { listOf, type Fields } from '../files/fields.ts';

/**
 * What a role definition gives on its face; null: it has no permissions that can be read. `*` in one element that takes
 * nothing back is everything (Owner); with `notActions`, or `*` for one verb or one provider, it is all of a kind
 * (Contributor, Reader): https://learn.microsoft.com/azure/role-based-access-control/role-definitions#actions. A
 * condition narrows what it stands beside.
 */
export function breadthOf(fields: Fields): RoleBreadth | null {
  if (!Array.isArray(fields['permissions'])) return null;
  const elements = listOf(fields, 'permissions').map((each) => ({
    given: [...texts(each, 'actions'), ...texts(each, 'dataActions')],
    taken: [...texts(each, 'notActions'), ...texts(each, 'notDataActions')],
    isConditional: (each['condition'] ?? '') !== '',
  }));
  const plain = elements.filter(({ isConditional }) => !isConditional);
  if (plain.some(({ given, taken }) => taken.length === 0 && given.includes('*'))) return 'everything';
  const isWide = (action: string): boolean => action.startsWith('*') || /^[^/]+\/\*$/u.test(action);
  return plain.some(({ given }) => given.some(isWide)) ? 'all-actions' : 'limited';
}

function texts(fields: Fields, name: string): readonly string[] {
  const value: unknown = fields[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
