import { z } from 'zod';
import type { Json } from '#model/system.ts';

/** One rule of a Role or ClusterRole as the authorizer reads it: absent lists are empty. */
export interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
}

/** What a role's document says, with what of it was left out. */
export interface RoleRules {
  readonly rules: readonly Rule[];
  /** Why rules are missing, one sentence each; a role with problems may give more than `rules`. */
  readonly problems: readonly string[];
}

/** Reads a role's document. What the API server would refuse is left out and named in `problems`. */
export function readRules(document: Json): RoleRules {
  if (document === null) return { rules: [], problems: ['its rules were not collected'] };
  const parsed = documentSchema.safeParse(document);
  if (!parsed.success) return { rules: [], problems: ['its document is no list of rules'] };
  const rules: Rule[] = [];
  const problems: string[] = [];
  for (const [index, entry] of (parsed.data.rules ?? []).entries()) {
    const rule = ruleSchema.safeParse(entry);
    const problem = rule.success ? refusal(rule.data) : 'is not shaped like a rule';
    if (rule.success && problem === null) rules.push(rule.data);
    else problems.push(`its rule ${index + 1} ${problem}`);
  }
  return { rules, problems };
}

/** What the API server refuses a rule for (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole). */
function refusal(rule: Rule): string | null {
  if (rule.verbs.length === 0) return 'has no verbs';
  if (rule.nonResourceURLs.length > 0) {
    return rule.resources.length > 0 || rule.apiGroups.length > 0 || rule.resourceNames.length > 0
      ? 'names both resources and non-resource URLs'
      : null;
  }
  if (rule.apiGroups.length === 0) return 'has no API groups';
  return rule.resources.length === 0 ? 'has no resources' : null;
}

const documentSchema = z.object({ rules: z.array(z.unknown()).nullish() });

const strings = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

const ruleSchema = z.object({
  verbs: strings,
  apiGroups: strings,
  resources: strings,
  resourceNames: strings,
  nonResourceURLs: strings,
});
