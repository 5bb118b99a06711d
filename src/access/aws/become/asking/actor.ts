import type { Uid } from '#model/system.ts';
import type { KeyLookup } from '../../condition/key-value.ts';
import { boundaryOf, identityPolicies, type PolicySource } from '../../policy-source.ts';
import { resolvePrincipal } from '../../principal.ts';
import { principalContext } from '../../sets/principal-sets.ts';
import { accountNumber } from '../found/account.ts';
import { UNCHANGED, type Change, type View } from './views.ts';

/** Somebody whose ways on are looked for. */
export interface Actor {
  /** Where its edges begin: its uid, or a waypoint where it is somebody with policies other than it has now. */
  readonly node: Uid;
  readonly uid: Uid;
  readonly kind: 'user' | 'role' | 'root';
  readonly account: string;
  readonly partition: string;
  readonly view: View;
  readonly change: Change;
  readonly policies: readonly PolicySource[];
  readonly boundary: PolicySource | null;
  /** What is known of the principal whatever it asks for. */
  readonly lookUp: KeyLookup;
}

/** The user, role or root user with this uid as an actor; null: it is none of these. */
export function actorOf(view: View, uid: Uid, node: Uid, change: Change = UNCHANGED): Actor | null {
  const { estate } = view;
  const principal = resolvePrincipal(estate, uid);
  if (principal === null || principal.identity === null) return null;
  const { kind, partition } = principal;
  const account = accountNumber(uid, principal.identity.scopeUid);
  if (account === null) return null;
  if (kind !== 'user' && kind !== 'role' && kind !== 'root') return null;
  const policies = kind === 'root' ? [] : identityPolicies(estate, uid);
  return {
    node,
    uid,
    kind,
    account,
    partition,
    view,
    change,
    policies,
    boundary: kind === 'root' ? null : boundaryOf(estate, uid),
    lookUp: principalContext(estate, principal),
  };
}
