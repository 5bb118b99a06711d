import { observe, type Observation } from '#model/record.ts';
import { entraUid } from '#model/uid.ts';
import { principalUid } from '../estate.ts';
import { listOf, textOf, type Fields } from '../files/fields.ts';
import type { Knowledge } from './knowledge.ts';

/** A directory role under its template's id, which is the same in every tenant. */
export function directoryRole(raw: Fields, { home }: Knowledge): Observation | null {
  const id = textOf(raw, 'templateId') ?? textOf(raw, 'id');
  if (id === null) return null;
  return observe('roles', {
    ...home,
    uid: `${home.scopeUid}:directoryrole:${id}`.toLowerCase(),
    kind: 'directory-role',
    name: textOf(raw, 'displayName') ?? id,
    managedBy: raw['isBuiltIn'] === true ? 'provider' : 'customer',
    createdAt: null,
    document: raw,
    breadth: null,
    raw,
  });
}

/** A group with the members that the export expanded. */
export function* group(raw: Fields, id: string, known: Knowledge): Generator<Observation> {
  const uid = entraUid(known.tenant, 'group', id);
  const name = textOf(raw, 'displayName') ?? id;
  yield observe('groups', { ...known.home, uid, kind: 'group', name, implicit: false, raw });
  yield* members(listOf(raw, 'members'), uid, known);
}

/** The direct members of a group. */
export function* members(listed: Iterable<Fields>, uid: string, known: Knowledge): Generator<Observation> {
  for (const member of listed) {
    const memberId = textOf(member, 'id');
    if (memberId === null) continue;
    const type = textOf(member, '@odata.type')?.replace('#microsoft.graph.', '') ?? null;
    const memberUid = principalUid(known.tenant, known.kinds, memberId, type);
    const memberKind = memberUid.includes(':group:') ? 'group' : 'identity';
    yield observe('memberships', { ...known.home, groupUid: uid, memberUid, memberKind });
  }
}
