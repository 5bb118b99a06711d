import {
  ActionError,
  defineEvaluator,
  type DecisionCheck,
  type Evaluator,
  type FormerAccess,
} from '#contract/action.ts';
import { isSameMember, readPolicy, type Binding } from './allow-policy.ts';
import { google, type Google } from './google.ts';
import { accountName, at, pathOf, policyResource } from './names.ts';
import type { TokenOf } from './token.ts';

const MOST = 100;

/** One role that was held on one resource. */
interface Question {
  readonly role: string;
  readonly resource: string;
}

/** A binding of the policies that count for a question, with where it stands. */
interface Placed {
  readonly binding: Binding;
  readonly resource: string;
}

/**
 * Reads the allow policies that count, from each resource up to the organisation, and whether the account is disabled.
 * `testIamPermissions` answers for its caller alone, and the policy troubleshooter wants rights over the whole estate:
 * neither is asked. Deny policies only take away, so what the allow policies refuse is refused.
 */
export function allowPolicies(tokenOf: TokenOf): Evaluator {
  return defineEvaluator({
    system: 'gcp',
    title: 'The allow policies, read again',
    permissions: [
      'iam.serviceAccounts.get',
      'iam.serviceAccounts.getIamPolicy',
      'resourcemanager.folders.get',
      'resourcemanager.folders.getIamPolicy',
      'resourcemanager.organizations.getIamPolicy',
      'resourcemanager.projects.get',
      'resourcemanager.projects.getIamPolicy',
    ],
    ask: async (former, context) => ask(former, google(context, tokenOf)),
  });
}

async function ask(former: FormerAccess, call: Google): Promise<DecisionCheck> {
  const { questions, unread } = questionsOf(former);
  if (await isShut(former, call)) {
    // What is disabled or gone is refused everything, also what nobody knew of.
    const asked = Math.max(1, questions.length + unread.length);
    return { asked, denied: asked, allowed: [], unknown: [] };
  }
  const member = former.identity.uid.replace(/^gcp:/u, '');
  const policies = cachedPolicies(call);
  const allowed: string[] = [];
  const unknown = new Set(unread);
  let denied = 0;
  for (const question of questions) {
    const answer = await answerOf(question, member, questions, policies);
    if (answer.allowed !== null) allowed.push(answer.allowed);
    else if (answer.unknown.length === 0) denied++;
    for (const each of answer.allowed === null ? answer.unknown : []) unknown.add(each);
  }
  return {
    asked: questions.length,
    denied,
    allowed: allowed.slice(0, MOST),
    unknown: [...unknown].slice(0, MOST),
  };
}

function questionsOf({ grants }: FormerAccess): { questions: Question[]; unread: string[] } {
  const questions = new Map<string, Question>();
  const unread: string[] = [];
  for (const { grant } of grants) {
    const role = grant.roleUid.replace(/^gcp:/u, '');
    const resource = policyResource(grant.scopeUid, grant.resourceUid);
    if (resource === null)
      unread.push(`${role} on ${grant.resourceUid ?? grant.scopeUid}: its policy is not read`);
    else questions.set(`${role} on ${resource}`, { role, resource });
  }
  return { questions: [...questions.values()], unread };
}

/** The account is disabled, or is gone, or its name is another's now. */
async function isShut({ identity }: FormerAccess, call: Google): Promise<boolean> {
  const name = accountName(identity);
  if (name === null) return false;
  const permission = 'iam.serviceAccounts.get';
  const reply = await call('iam', { method: 'GET', path: `v1/${pathOf(name)}`, permission });
  if (reply === null || at(reply.body, 'disabled') === true) return true;
  const uniqueId = at(reply.body, 'uniqueId');
  return identity.providerId !== null && uniqueId !== undefined && uniqueId !== identity.providerId;
}

async function answerOf(
  { role, resource }: Question,
  member: string,
  former: readonly Question[],
  policies: (resource: string) => Promise<readonly Placed[]>,
): Promise<{ readonly allowed: string | null; readonly unknown: readonly string[] }> {
  const words = `${role} on ${resource}`;
  let placed: readonly Placed[];
  try {
    placed = await policies(resource);
  } catch (error) {
    if (!(error instanceof ActionError) || error.failure !== 'denied') throw error;
    return { allowed: null, unknown: [`${words}: not read, needs ${error.missingPermission ?? 'more'}`] };
  }
  const own = placed.filter(({ binding }) => binding.members.some((each) => isOrEverybody(each, member)));
  const same = own.find(({ binding }) => binding.role === role);
  if (same !== undefined) return { allowed: `${role} on ${same.resource}`, unknown: [] };
  const asked = (each: Placed) =>
    former.some((question) => question.role === each.binding.role && question.resource === each.resource);
  return {
    allowed: null,
    unknown: [
      ...own
        .filter((each) => !asked(each))
        .map(
          (each) => `${each.binding.role} on ${each.resource} is held as well: what it gives is not compared`,
        ),
      ...placed.flatMap(({ binding, resource: where }) =>
        binding.members
          .filter((each) => /^(?:group|domain|principalSet):/u.test(each))
          .map(
            (each) => `${binding.role} on ${where} is held by ${each}: whether it is in there is not asked`,
          ),
      ),
    ],
  };
}

function isOrEverybody(each: string, member: string): boolean {
  return each === 'allUsers' || each === 'allAuthenticatedUsers' || isSameMember(each, member);
}

/** Every binding that counts for a resource: its own and those above it, each policy read once. */
function cachedPolicies(call: Google): (resource: string) => Promise<readonly Placed[]> {
  const known = new Map<string, Promise<readonly Placed[]>>();
  const of = async (resource: string, depth: number): Promise<readonly Placed[]> => {
    const policy = await readPolicy(call, resource);
    const own = (policy?.bindings ?? []).map((binding) => ({ binding, resource }));
    const parent = policy === null || depth > MOST_ABOVE ? null : await parentOf(resource, call);
    return parent === null ? own : [...own, ...(await from(parent, depth + 1))];
  };
  const from = (resource: string, depth: number): Promise<readonly Placed[]> => {
    const found = known.get(resource) ?? of(resource, depth);
    known.set(resource, found);
    return found;
  };
  return (resource) => from(resource, 0);
}

/** Folders nest ten deep at most (https://cloud.google.com/resource-manager/docs/limits). */
const MOST_ABOVE = 20;

async function parentOf(resource: string, call: Google): Promise<string | null> {
  const [kind = '', id = '', below] = resource.split('/');
  if (below !== undefined) return `${kind}/${id}`;
  if (kind === 'organizations') return null;
  const permission = `resourcemanager.${kind}.get`;
  const reply = await call('cloudresourcemanager', {
    method: 'GET',
    path: `v3/${pathOf(resource)}`,
    permission,
  });
  const parent = at(reply?.body, 'parent');
  return typeof parent === 'string' ? parent : null;
}
