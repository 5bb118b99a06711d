import { ConfigError } from '#model/errors.ts';
import type { Json, Uid } from '#model/system.ts';
import { isValues, type ResourceView } from '../terraform/resource-view.ts';
import { memberUid, projectUid } from './names.ts';

/** What one member holds by one role over one thing. */
export interface GoogleBinding {
  readonly scopeUid: Uid;
  /** The full name of the one resource that it is over; null: the scope. */
  readonly resourceUid: string | null;
  readonly roleUid: Uid;
  readonly principalUid: Uid;
  readonly condition: Json;
}

const TYPE = /^google_(project|folder|organization|service_account)_iam_(member|binding|policy)$/u;

/** The bindings of a resource; what is known only after applying is said and left out. */
export function bindingsOf(view: ResourceView): GoogleBinding[] {
  const [, holder, form] = TYPE.exec(view.type) ?? [];
  if (holder === undefined) return [];
  const place = placeOf(view, holder);
  if (place === null) {
    view.open('what it is about is known only after applying: nobody knows where it holds');
    return [];
  }
  if (form === 'policy') return policyBindings(view, place);
  const role = view.text('role');
  const members = form === 'member' ? [view.text('member')] : view.texts('members');
  if (role === null || members.some((member) => member === null) || view.isUnknown('members')) {
    view.open('role or member: known only after applying: what it gives to whom is not known');
  }
  if (role === null) return [];
  const condition = conditionOf(view.blocks('condition')[0]);
  return members
    .filter((member) => member !== null)
    .map((member) => ({ ...place, roleUid: `gcp:${role}`, principalUid: memberUid(member), condition }));
}

type Place = Pick<GoogleBinding, 'scopeUid' | 'resourceUid'>;

function placeOf(view: ResourceView, holder: string): Place | null {
  switch (holder) {
    case 'project': {
      const uid = projectUid(view.text('project'));
      return uid === null ? null : { scopeUid: uid, resourceUid: null };
    }
    case 'folder': {
      const folder = view.text('folder')?.replace(/^folders\//u, '');
      return folder === undefined ? null : { scopeUid: `gcp:folders/${folder}`, resourceUid: null };
    }
    case 'organization': {
      const organization = view.text('org_id')?.replace(/^organizations\//u, '');
      return organization === undefined
        ? null
        : { scopeUid: `gcp:organizations/${organization}`, resourceUid: null };
    }
    default: {
      const name = view.text('service_account_id');
      const project = /^projects\/([^/]+)\//u.exec(name ?? '')?.[1];
      return name === null || project === undefined
        ? null
        : { scopeUid: `gcp:projects/${project}`, resourceUid: `//iam.googleapis.com/${name}` };
    }
  }
}

function policyBindings(view: ResourceView, place: Place): GoogleBinding[] {
  const text = view.text('policy_data');
  if (text === null) {
    view.open('policy_data: known only after applying: what it gives is not known');
    return [];
  }
  const bindings = bindingsIn(text, view.place);
  return bindings.flatMap(({ role, members, condition }) => {
    if (typeof role !== 'string' || !Array.isArray(members)) return [];
    return members
      .filter((member) => typeof member === 'string')
      .map((member) => ({
        ...place,
        roleUid: `gcp:${role}`,
        principalUid: memberUid(member),
        condition: conditionOf(condition),
      }));
  });
}

function bindingsIn(text: string, place: string): readonly Readonly<Record<string, unknown>>[] {
  try {
    const policy: unknown = JSON.parse(text);
    const bindings = isValues(policy) ? policy['bindings'] : undefined;
    return Array.isArray(bindings) ? bindings.filter(isValues) : [];
  } catch (cause) {
    throw new ConfigError(`${place}: policy_data: not JSON`, {
      hint: 'An allow policy is a JSON object.',
      cause,
    });
  }
}

function conditionOf(condition: unknown): Json {
  if (!isValues(condition)) return null;
  const parts = ['description', 'expression', 'title'].flatMap((name) => {
    const value = condition[name];
    return typeof value === 'string' && value !== '' ? [[name, value] as const] : [];
  });
  return parts.length === 0 ? null : Object.fromEntries(parts);
}
