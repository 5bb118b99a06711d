import { isAdministrator } from '../entitlements.ts';
import type { KeyLookup } from '../condition/key-value.ts';
import type { Uid } from '#model/system.ts';
import { resolvePrincipal } from '../principal.ts';
import { principalContext, type PrincipalSets } from '../sets/principal-sets.ts';
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
  /** What it can do in all; only good until the next actor is made. */
  readonly sets: PrincipalSets;
  readonly lookUp: KeyLookup;
  /** How surely it administers its account; null: it does not. */
  readonly administers: 'certain' | 'conditional' | null;
}

/** The user, role or root user with this uid as an actor; null: it is none of these. */
export function actorOf(
  view: View,
  uid: Uid,
  node: Uid,
  into: PrincipalSets,
  change: Change = UNCHANGED,
): Actor | null {
  const principal = resolvePrincipal(view.estate, uid);
  if (principal === null || principal.account === null || principal.identity === null) return null;
  const { kind, account, partition } = principal;
  if (kind !== 'user' && kind !== 'role' && kind !== 'root') return null;
  const sets = view.questions.sets(uid, into);
  if (sets === null) return null;
  const lookUp = principalContext(view.estate, principal);
  const administers = isAdministrator(sets);
  return { node, uid, kind, account, partition, view, change, sets, lookUp, administers };
}
