import type { Holdings } from '../entities/entity.ts';
import { memberOf, textOf } from '../fields.ts';

/** A member of a group, by the address that policies would name it by. */
export interface GroupMember {
  readonly kind: 'user' | 'serviceAccount' | 'group';
  readonly address: string;
}

/**
 * The members of each group, by the group's address. A membership names its group by an id that the group's own
 * description tells (https://cloud.google.com/identity/docs/reference/rest/v1/groups.memberships); what is neither
 * person, account nor group has no rights by it.
 */
export function groupMembers(holdings: Holdings): ReadonlyMap<string, readonly GroupMember[]> {
  const addressOf = new Map<string, string>();
  for (const { name, fields } of holdings.get('group') ?? []) {
    const address = textOf(memberOf(fields, 'groupKey'), 'id')?.toLowerCase();
    if (address !== undefined) addressOf.set(name, address);
  }
  const groups = new Set(addressOf.values());
  const found = new Map<string, GroupMember[]>([...groups].map((address) => [address, []]));
  for (const { name, fields } of holdings.get('membership') ?? []) {
    const own = found.get(addressOf.get(name.replace(/\/memberships\/.*$/u, '')) ?? '');
    const key = memberOf(fields, 'preferredMemberKey') ?? memberOf(fields, 'memberKey');
    const address = textOf(key, 'id')?.toLowerCase();
    if (own === undefined || address === undefined) continue;
    const kind = kindOf(textOf(fields, 'type'), address, groups);
    if (kind !== null) own.push({ kind, address });
  }
  return found;
}

function kindOf(
  type: string | null,
  address: string,
  groups: ReadonlySet<string>,
): GroupMember['kind'] | null {
  switch (type) {
    case 'USER':
      return 'user';
    case 'SERVICE_ACCOUNT':
      return 'serviceAccount';
    case 'GROUP':
      return 'group';
    case null:
      // The shorter view leaves the type out.
      if (groups.has(address)) return 'group';
      return address.endsWith('gserviceaccount.com') ? 'serviceAccount' : 'user';
    default:
      return null;
  }
}
