import { createHash } from 'node:crypto';
import type { Json, Uid } from '#model/system.ts';
import type { Held, Holdings } from '../entities/entity.ts';
import { listOf, objectOf, textOf, textsOf } from '../fields.ts';
import type { Naming } from '../naming.ts';
import { memberUid } from './member.ts';

/** One member of one binding of an allow policy. */
export interface Bound {
  readonly uid: Uid;
  readonly scopeUid: Uid;
  /** The resource whose policy it is; null: the scope's own policy. */
  readonly resource: string | null;
  /** As the policy writes them. */
  readonly role: string;
  readonly member: string;
  readonly principalUid: Uid;
  readonly condition: Json;
}

const SCOPE = /^\/\/cloudresourcemanager\.googleapis\.com\/((?:projects|folders|organizations)\/[^/]+)$/u;

/** Every member of every binding, each once, whichever of several sources gave the policy. */
export function readBindings(
  holdings: Holdings,
  naming: Naming,
  problem: (detail: string) => void,
): readonly Bound[] {
  const found = new Map<Uid, Bound>();
  for (const policy of holdings.get('allow-policy') ?? []) {
    const on = placeOf(policy, naming);
    if (on === null) {
      problem(`${policy.place}: the project of ${policy.name} is not told`);
      continue;
    }
    for (const binding of boundIn(policy, on, problem)) found.set(binding.uid, binding);
  }
  return [...found.values()].toSorted((a, b) => (a.uid < b.uid ? -1 : 1));
}

interface On {
  readonly scopeUid: Uid;
  readonly resource: string | null;
}

/** Where a policy stands; null: its resource names no project and nothing else does. */
export function placeOf({ name, ancestors }: Pick<Held, 'name' | 'ancestors'>, naming: Naming): On | null {
  const scope = SCOPE.exec(name)?.[1];
  if (scope !== undefined) return { scopeUid: naming.scopeUid(scope), resource: null };
  const resource = naming.resource(name);
  const project = /\/projects\/([^/]+)\//u.exec(resource)?.[1];
  if (project !== undefined && !/^[-_]$/u.test(project))
    return { scopeUid: naming.scopeUid(`projects/${project}`), resource };
  const [nearest] = ancestors;
  return nearest === undefined ? null : { scopeUid: naming.scopeUid(nearest), resource };
}

function* boundIn(policy: Held, on: On, problem: (detail: string) => void): Generator<Bound> {
  const list = policy.fields['bindings'];
  if (list !== undefined && !Array.isArray(list)) problem(`${policy.place}: bindings are no list`);
  for (const each of listOf(policy.fields, 'bindings')) {
    const binding = objectOf(each);
    const role = textOf(binding, 'role');
    if (binding === null || role === null || !Array.isArray(binding['members'])) {
      problem(`${policy.place}: a binding of ${policy.name} without a role or members`);
      continue;
    }
    const condition = binding['condition'] ?? null;
    if (textsOf(binding, 'members').length < listOf(binding, 'members').length)
      problem(`${policy.place}: a member of ${role} on ${policy.name} is no text`);
    for (const member of textsOf(binding, 'members')) {
      const principalUid = memberUid(member);
      const where = on.resource ?? on.scopeUid.replace(/^gcp:/u, '');
      const parts = [where, role, principalUid.replace(/^gcp:/u, ''), ...marks(condition)];
      yield { ...on, uid: `gcp:${parts.join('#')}`, role, member, principalUid, condition };
    }
  }
}

/** One role may be given several times, under different conditions. */
function marks(condition: Json): readonly string[] {
  if (condition === null) return [];
  return [createHash('sha256').update(JSON.stringify(condition)).digest('hex').slice(0, 12)];
}
