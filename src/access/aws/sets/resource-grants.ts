import { addRange, keepCommon } from '../../permission-set.ts';
import { awsServices } from '#catalogue/aws/actions.ts';
import type { Uid } from '#model/system.ts';
import { parseActions, type ActionPatterns } from '../action-patterns.ts';
import { parseArn } from '../arn.ts';
import type { Condition } from '../condition/parse.ts';
import { evaluateCondition } from '../condition/evaluate.ts';
import type { KeyLookup } from '../condition/key-value.ts';
import { parseDocument } from '../document.ts';
import type { Estate } from '../estate.ts';
import type { Principal } from '../principal.ts';
import type { PrincipalElement } from '../principal-element.ts';
import { actionSet, noActions } from './action-set.ts';
import { keep, NOTHING, type SetPart } from './set-part.ts';
import { union } from './statement-sets.ts';

/** Actions that a resource's own policy gives to a principal without more, on that resource. */
export interface ResourceGrant {
  readonly policyUid: Uid;
  readonly resourceUid: Uid;
  readonly scopeUid: Uid;
  readonly actions: SetPart;
  readonly conditions: readonly Condition[];
}

/** What the policies on resources give and deny. */
export interface ResourceGrants {
  /** By those that they name: an ARN, a unique id, a session's role, a service, an identity provider. */
  readonly named: ReadonlyMap<string, readonly ResourceGrant[]>;
  /** To everybody, by the scope of the resource. */
  readonly everyone: ReadonlyMap<Uid, readonly ResourceGrant[]>;
  /** What some policy in the scope may deny to somebody. */
  readonly denied: ReadonlyMap<Uid, SetPart>;
  /** The same resource by resource. */
  readonly denying: ReadonlyMap<Uid, readonly { readonly resourceUid: Uid; readonly actions: SetPart }[]>;
}

const remembered = new WeakMap<Estate, ResourceGrants>();

/** Reads every resource policy of the records, once. */
export function resourceGrants(estate: Estate): ResourceGrants {
  const before = remembered.get(estate);
  if (before !== undefined) return before;
  const grants = readGrants(estate);
  remembered.set(estate, grants);
  return grants;
}

/** The grants that mean the principal, by name or with everybody, in its own account. */
export function grantsTo(
  { named, everyone }: ResourceGrants,
  { name, identity }: Principal,
  scopeUid: Uid,
  lookUp: KeyLookup,
): readonly ResourceGrant[] {
  if (named.size + everyone.size === 0) return NONE;
  const lists = [named.get(name), named.get(identity?.providerId ?? ''), everyone.get(scopeUid)];
  if (lists.every((list) => list === undefined)) return NONE;
  return lists
    .flatMap((list) => list ?? [])
    .filter((grant) => grant.scopeUid === scopeUid)
    .filter(({ conditions }) =>
      conditions.every((condition) => evaluateCondition(condition, lookUp) !== 'no'),
    );
}

const NONE: readonly ResourceGrant[] = [];

function readGrants(estate: Estate): ResourceGrants {
  const named = new Map<string, ResourceGrant[]>();
  const everyone = new Map<Uid, ResourceGrant[]>();
  const denied = new Map<Uid, SetPart>();
  const denying = new Map<Uid, { readonly resourceUid: Uid; readonly actions: SetPart }[]>();
  for (const { uid, kind, resourceUid, scopeUid, document } of [...estate.resourcePolicies.values()].flat()) {
    const service = kind === 'trust' ? 'sts' : (parseArn(resourceUid)?.service ?? '');
    const { statements, problem } = parseDocument(document);
    const deny = (actions: SetPart): void => {
      denied.set(scopeUid, union(denied.get(scopeUid) ?? NOTHING, actions));
      push(denying, scopeUid, { resourceUid, actions });
    };
    // A policy that is not understood may deny anything on its resource.
    if (problem !== null) deny(actionsOn(EVERY_ACTION, service));
    for (const statement of statements) {
      const names = statement.effect === 'Deny' ? [] : meant(statement.principals);
      const mayDeny = statement.effect !== 'Allow' || statement.problem !== null;
      if (names.length === 0 && !mayDeny) continue;
      const actions = actionsOn(statement.actions, service);
      if (actions === NOTHING) continue;
      if (mayDeny) deny(actions);
      const grant = { policyUid: uid, resourceUid, scopeUid, actions, conditions: statement.conditions };
      for (const name of names) {
        if (name === '*') push(everyone, scopeUid, grant);
        else push(named, roleOfSession(estate, name), grant);
      }
    }
  }
  return { named, everyone, denied, denying };
}

const EVERY_ACTION = parseActions(['*'], false);

/** The actions of the resource's own service: a policy on a bucket is about S3, whatever it says. */
function actionsOn(actions: ActionPatterns, service: string): SetPart {
  const own = awsServices().get(service);
  if (own === undefined) return NOTHING;
  const mask = noActions();
  addRange(mask, own.first, own.end);
  keepCommon(mask, actionSet(actions));
  return keep(mask);
}

/** Whom a statement means without the account's identity policies having a say. */
function meant(principals: PrincipalElement | null): readonly string[] {
  const isClear = principals !== null && !principals.isVague && principals.canonicalUsers.length === 0;
  if (!isClear || principals.negated) return ['*'];
  const identities = principals.aws.filter((entry) => !entry.endsWith(':root') && !/^\d+$/u.test(entry));
  return [...identities, ...principals.services, ...principals.federated];
}

function roleOfSession(estate: Estate, name: string): string {
  const arn = parseArn(name);
  const [type, role] = arn?.resource.split('/') ?? [];
  if (arn?.service !== 'sts' || type !== 'assumed-role') return name;
  return estate.rolesByName.get(`${arn.account}/${role}`)?.uid ?? name;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
