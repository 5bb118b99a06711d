import type { Uid } from '#model/system.ts';
import type { Account } from './account.ts';
import { isAbout } from '../../action-patterns.ts';
import { parseArn } from '../../arn.ts';
import type { Statement } from '../../statement.ts';
import { candidates, type Candidates } from '../asking/candidates.ts';
import { targetsOf, type Targets } from '../asking/target-list.ts';
import type { View } from '../asking/views.ts';

/** The roles of an account that a service may take on for somebody of the account. */
export interface ServiceRoles {
  /** Those that may be passed to it. */
  readonly roles: Candidates;
  /** How surely each trusts it. */
  readonly trusting: Targets;
}

/** Finds the roles that trust a service. Roles that nobody can pass on are left out. */
export function trustedServices(view: View): (account: Account, service: string) => ServiceRoles {
  const namedBy = new Map<string, ReadonlyMap<string, readonly Uid[]>>();
  const known = new Map<string, ServiceRoles>();
  return (account, service) => {
    const key = `${account.id} ${service}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const named = namedBy.get(account.id) ?? rolesByService(view, account);
    namedBy.set(account.id, named);
    const uids = [...(named.get(service) ?? []), ...(named.get('*') ?? [])];
    const answers = [...new Set(uids)].map((uid) => ({ uid, verdict: trusts(view, account, service, uid) }));
    const those = (verdict: 'certain' | 'conditional'): Uid[] =>
      answers.filter((answer) => answer.verdict === verdict).map(({ uid }) => uid);
    const trusting = targetsOf(those('certain'), those('conditional'));
    const roles = candidates(`${key} roles`, [...trusting.certain.uids, ...trusting.conditional.uids]);
    const found = { roles, trusting };
    known.set(key, found);
    return found;
  };
}

function rolesByService(view: View, { roles }: Account): Map<string, Uid[]> {
  const found = new Map<string, Uid[]>();
  for (const uid of roles.all.uids) {
    for (const { effect, principals } of trustStatements(view, uid)) {
      if (effect === 'Deny' || principals === null) continue;
      const anybody = principals.negated || principals.aws.includes('*');
      for (const name of anybody ? ['*'] : principals.services) {
        const list = found.get(name);
        if (list === undefined) found.set(name, [uid]);
        else list.push(uid);
      }
    }
  }
  return found;
}

/** The statements of a role's trust policy about `sts:AssumeRole`. */
export function trustStatements({ estate }: View, roleUid: Uid): Statement[] {
  return (estate.resourcePolicies.get(roleUid) ?? [])
    .filter(({ kind }) => kind === 'trust')
    .flatMap(({ document }) => estate.documentOf(document).statements)
    .filter(({ actions }) => isAbout(actions, 'sts:assumerole'));
}

/**
 * The service acts for the account itself, and on what was made there to use the role: conditions against the confused
 * deputy (https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html) hold as far as names can be chosen.
 */
function trusts(
  view: View,
  account: Account,
  service: string,
  roleUid: Uid,
): 'certain' | 'conditional' | null {
  const ask = (more: Readonly<Record<string, readonly string[]>>) =>
    view.questions.may({
      principal: service,
      action: 'sts:AssumeRole',
      resource: roleUid,
      context: { 'aws:SourceAccount': [account.id], ...more },
    }).verdict;
  const verdict = ask({});
  if (verdict === 'allowed') return 'certain';
  if (verdict === 'denied') return null;
  const names = trustStatements(view, roleUid)
    .flatMap(({ conditions }) => conditions)
    .filter(({ lowerKey }) => lowerKey === 'aws:sourcearn')
    .flatMap(({ operands }) => operands.map(({ text }) => text))
    .filter((text) => text.includes('*') && [account.id, '*'].includes(parseArn(text)?.account ?? ''));
  const isMet = names.some(
    (text) => ask({ 'aws:SourceArn': [text.replaceAll(/[*?]/gu, 'x')] }) === 'allowed',
  );
  return isMet ? 'certain' : 'conditional';
}
