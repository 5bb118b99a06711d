/** Services whose permissions have another prefix than their host name. */
const PREFIX_OF_HOST: Readonly<Record<string, string>> = {
  'cloudresourcemanager.googleapis.com': 'resourcemanager',
};

/** Whether a role's list names the permission; some tools write the case otherwise than Google does. */
export function includesPermission(included: ReadonlySet<string>, action: string): boolean {
  return included.has(action.toLowerCase());
}

/**
 * Whether a deny rule's permission covers an allow permission. Deny writes `iam.googleapis.com/roles.create` for
 * `iam.roles.create`, and groups as `…/roles.*`, `…/*.create`, `…/*.*`
 * (https://cloud.google.com/iam/docs/deny-permissions-support#permission-groups).
 */
export function denyCovers(denied: string, action: string): boolean {
  const [pattern, asked] = [normalise(denied), normalise(action)];
  if (!pattern.includes('*')) return pattern === asked;
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/gu, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'u').test(asked);
}

/** `iam.googleapis.com/roles.create` and `iam.roles.create` → `iam.roles.create`, in lower case. */
function normalise(permission: string): string {
  const lower = permission.toLowerCase();
  const slash = lower.indexOf('/');
  if (slash < 0) return lower;
  const host = lower.slice(0, slash);
  const prefix = PREFIX_OF_HOST[host] ?? host.replace(/\.googleapis\.com$/u, '');
  return `${prefix}.${lower.slice(slash + 1)}`;
}
