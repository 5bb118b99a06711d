import { z } from 'zod';
import type { RoleBreadth } from '#model/grant.ts';
import type { Json } from '#model/system.ts';

const strings = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

const ruleSchema = z.object({
  verbs: strings,
  apiGroups: strings,
  resources: strings,
  resourceNames: strings,
});

/**
 * What the rules of a role give on their face; null: one of them is not shaped like a rule. A rule allows every
 * combination of what it lists, and a request is allowed by one rule alone
 * (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole), so `everything` is one rule with
 * `*` three times, however many others there are; enumerating every verb is not `*`.
 */
export function breadthOf(rules: readonly Json[]): RoleBreadth | null {
  const parsed = z.array(ruleSchema).safeParse(rules);
  if (!parsed.success) return null;
  // What is limited to names gives no kind of resource as a whole.
  const wide = parsed.data.filter(
    ({ resources, resourceNames }) => resources.length > 0 && resourceNames.length === 0,
  );
  const anyVerb = wide.filter(({ verbs }) => verbs.includes('*'));
  const isAll = ({ apiGroups, resources }: z.output<typeof ruleSchema>): boolean =>
    apiGroups.includes('*') && resources.includes('*');
  if (anyVerb.some(isAll)) return 'everything';
  if (anyVerb.length > 0) return 'all-actions';
  return wide.some(isAll) ? 'all-resources' : 'limited';
}
