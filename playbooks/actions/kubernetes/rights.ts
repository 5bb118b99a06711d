import { z } from 'zod';
import type { FormerAccess } from '#contract/action.ts';
import type { Grant } from '#model/grant.ts';

/** One question to the authorizer, as SubjectAccessReview takes it. */
export type Right =
  | { readonly resourceAttributes: Readonly<Record<string, string>> }
  | { readonly nonResourceAttributes: { readonly path: string; readonly verb: string } };

/** What an identity was allowed, right by right, and what could not be read of it. */
export interface FormerRights {
  readonly rights: readonly Right[];
  readonly unknown: readonly string[];
}

/** More questions than this are not asked. */
export const MOST_QUESTIONS = 2000;

const strings = z.array(z.string());

const ruleSchema = z.object({
  verbs: strings.default([]),
  apiGroups: strings.default([]),
  resources: strings.default([]),
  resourceNames: strings.default([]),
  nonResourceURLs: strings.default([]),
});

const documentSchema = z.object({ rules: z.array(ruleSchema).nullable() });

/**
 * Everybody who is signed in has these, and is to have them:
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles.
 */
const EVERYBODYS: ReadonlySet<string> = new Set([
  'system:basic-user',
  'system:discovery',
  'system:public-info-viewer',
  'system:service-account-issuer-discovery',
]);

/** The rights that grants gave, wildcards as they stand: the authorizer takes them literally. */
export function formerRights({ grants }: FormerAccess): FormerRights {
  const rights = new Map<string, Right>();
  const unknown: string[] = [];
  let total = 0;
  for (const { grant, role } of grants) {
    if (grant.principalKind === 'group' && role !== null && EVERYBODYS.has(role.name)) continue;
    const document = documentSchema.safeParse(role?.document);
    if (!document.success || document.data.rules === null) {
      unknown.push(`${grant.uid}: what ${role?.name ?? grant.roleUid} allowed is not known`);
      continue;
    }
    for (const right of document.data.rules.flatMap((rule) => [...rightsOf(rule, namespaceOf(grant))])) {
      const key = JSON.stringify(right);
      if (rights.has(key)) continue;
      total++;
      if (rights.size < MOST_QUESTIONS) rights.set(key, right);
    }
  }
  if (total > rights.size)
    unknown.push(`${total - rights.size} of ${total} rights were too many to ask about`);
  return { rights: [...rights.values()], unknown };
}

/** A ClusterRoleBinding's rights hold in every namespace: '' asks for all at once. */
function namespaceOf({ scopeUid, kind }: Grant): string {
  return kind === 'role-binding' ? (/:namespace:(.+)$/u.exec(scopeUid)?.[1] ?? '') : '';
}

function* rightsOf(rule: z.infer<typeof ruleSchema>, namespace: string): Generator<Right> {
  const names = rule.resourceNames.length === 0 ? [''] : rule.resourceNames;
  for (const verb of rule.verbs) {
    for (const group of rule.apiGroups) {
      for (const combined of rule.resources) {
        const [resource = '', ...rest] = combined.split('/');
        const subresource = rest.join('/');
        for (const name of names) {
          const all = { verb, group, resource, subresource, namespace, name };
          const said = Object.entries(all).filter(([, value]) => value !== '');
          yield { resourceAttributes: Object.fromEntries(said) };
        }
      }
    }
    // A rule with paths holds through ClusterRoleBindings alone.
    for (const path of namespace === '' ? rule.nonResourceURLs : []) {
      yield { nonResourceAttributes: { path, verb } };
    }
  }
}

/** A right in Kubernetes's own words. */
export function wordsOf(right: Right): string {
  if ('nonResourceAttributes' in right) {
    return `${right.nonResourceAttributes.verb} ${right.nonResourceAttributes.path}`;
  }
  const {
    verb = '',
    group = '',
    resource = '',
    subresource = '',
    namespace = '',
    name = '',
  } = right.resourceAttributes;
  const what = `${resource}${subresource === '' ? '' : `/${subresource}`}${group === '' ? '' : `.${group}`}`;
  return `${verb} ${what}${name === '' ? '' : ` ${name}`}${namespace === '' ? ' everywhere' : ` in ${namespace}`}`;
}
