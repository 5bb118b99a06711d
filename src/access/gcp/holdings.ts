import { denies } from './deny-policy.ts';
import type { Binding, Estate } from './estate.ts';
import type { Principal } from './principal.ts';

/** One binding that an identity has part in, with the permissions that no deny policy certainly takes away. */
export interface Holding {
  readonly binding: Binding;
  readonly permissions: ReadonlySet<string>;
  /** `conditional`: the binding has a condition, or a deny policy may apply to one of the permissions. */
  readonly certaintyOf: (permission: string) => 'certain' | 'conditional';
}

/** Everything that a principal holds by allow policies, less what deny policies take. */
export function holdingsOf(estate: Estate, principal: Principal): Holding[] {
  return [...principal.members]
    .flatMap((member) => estate.bindingsByMember.get(member) ?? [])
    .flatMap((binding) => holdingOf(estate, principal, binding) ?? []);
}

function holdingOf(estate: Estate, principal: Principal, binding: Binding): Holding | null {
  if (binding.permissions === null) return null;
  const policies = estate.hierarchy
    .chainOf(binding.scopeUid)
    .flatMap((uid) => estate.denyPolicies.get(uid) ?? []);
  const conditional = binding.condition !== null;
  if (policies.length === 0) {
    return {
      binding,
      permissions: binding.permissions,
      certaintyOf: () => (conditional ? 'conditional' : 'certain'),
    };
  }
  const left = new Set<string>();
  const open = new Set<string>();
  for (const permission of binding.permissions) {
    const truths = policies.map((policy) => denies(policy, principal, permission, {}));
    if (truths.includes('true')) continue;
    left.add(permission);
    if (truths.includes('open')) open.add(permission);
  }
  return {
    binding,
    permissions: left,
    certaintyOf: (permission) => (conditional || open.has(permission) ? 'conditional' : 'certain'),
  };
}
