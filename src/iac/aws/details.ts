import { ConfigError } from '#model/errors.ts';
import type { Uid } from '#model/system.ts';
import type { ResourceView } from '../terraform/resource-view.ts';
import { ENTITY_OF, nameOf, ownArn, type AwsNames, type EntityType } from './names.ts';

/** An entity of `aws iam get-account-authorization-details` that is being put together. */
interface Entity {
  readonly type: EntityType;
  readonly own: Record<string, unknown>;
  readonly attached: Set<string>;
  readonly inline: Map<string, unknown>;
  readonly groups: Set<string>;
}

/** The authorization details that resources of one side add up to. */
export interface AwsDetails {
  readonly entities: ReadonlyMap<Uid, Entity>;
  readonly owned: ReadonlySet<Uid>;
  readonly sources: ReadonlyMap<Uid, string>;
}

const UNKNOWN_DOCUMENT = 'the document is known only after applying: what it gives is not known';

/** Puts the IAM resources of one side together by the entity that they are about. */
export function awsDetails(resources: readonly ResourceView[], names: AwsNames): AwsDetails {
  const entities = new Map<Uid, Entity>();
  const owned = new Set<Uid>();
  const sources = new Map<Uid, string>();

  function entity(arn: Uid, type: EntityType): Entity {
    const known = entities.get(arn) ?? {
      type,
      own: {},
      attached: new Set(),
      inline: new Map(),
      groups: new Set(),
    };
    entities.set(arn, known);
    return known;
  }

  function inline(view: ResourceView, holder: Uid, type: EntityType, name: string, document: unknown): void {
    entity(holder, type).inline.set(name, document);
    const uid = `${holder}/inline/${name}`;
    owned.add(uid);
    sources.set(uid, view.address);
    sources.set(`${holder}->${uid}`, view.address);
  }

  function attach(view: ResourceView, holder: Uid, type: EntityType, policy: string): void {
    entity(holder, type).attached.add(policy);
    sources.set(`${holder}->${policy}`, view.address);
  }

  for (const view of resources) {
    const type = ENTITY_OF[view.type];
    if (type !== undefined) {
      const arn = ownArn(view, type, names.accountOf(view));
      owned.add(arn);
      sources.set(arn, view.address);
      Object.assign(entity(arn, type).own, type === 'policy' ? policyMembers(view) : members(view, type));
      for (const policy of view.texts('managed_policy_arns')) attach(view, arn, type, policy);
      for (const block of view.blocks('inline_policy')) {
        if (typeof block['name'] === 'string' && block['name'] !== '')
          inline(view, arn, type, block['name'], block['policy'] ?? null);
      }
      continue;
    }
    const part = PARTS[view.type];
    if (part !== undefined) {
      const holder = holderOf(view, part.holder, names);
      if (holder === null) continue;
      if (part.kind === 'inline') inline(view, holder, part.holder, nameOf(view), documentOf(view, 'policy'));
      else attach(view, holder, part.holder, policyOf(view));
    } else if (view.type === 'aws_iam_policy_attachment') {
      for (const each of ['role', 'user', 'group'] as const) {
        for (const name of view.texts(`${each}s`))
          attach(view, names.arnOf(view, each, name), each, policyOf(view));
        if (view.isUnknown(`${each}s`))
          view.open(`${each}s: known only after applying: nobody knows who gets the policy`);
      }
    } else if (view.type === 'aws_iam_user_group_membership' || view.type === 'aws_iam_group_membership') {
      membership(view, entity, names);
    }
  }
  return { entities, owned, sources };
}

/** The resources that are about the policies of one user, group or role. */
const PARTS: Readonly<
  Record<string, { readonly holder: 'role' | 'user' | 'group'; readonly kind: 'inline' | 'attached' }>
> = {
  aws_iam_role_policy: { holder: 'role', kind: 'inline' },
  aws_iam_user_policy: { holder: 'user', kind: 'inline' },
  aws_iam_group_policy: { holder: 'group', kind: 'inline' },
  aws_iam_role_policy_attachment: { holder: 'role', kind: 'attached' },
  aws_iam_user_policy_attachment: { holder: 'user', kind: 'attached' },
  aws_iam_group_policy_attachment: { holder: 'group', kind: 'attached' },
};

function holderOf(view: ResourceView, type: 'role' | 'user' | 'group', names: AwsNames): Uid | null {
  const name = view.text(type);
  if (name !== null) return names.arnOf(view, type, name);
  view.open(`${type}: known only after applying: nobody knows who gets it`);
  return null;
}

function policyOf(view: ResourceView): string {
  const arn = view.text('policy_arn');
  if (arn !== null) return arn;
  view.open('policy_arn: known only after applying: what is attached is not known');
  return `arn:aws:iam::${'0'.repeat(12)}:policy/${view.address.replaceAll('/', '_')}`;
}

/** Members of a user, group or role that no other resource has. */
function members(view: ResourceView, type: EntityType): Record<string, unknown> {
  const boundary = view.text('permissions_boundary');
  if (view.isUnknown('permissions_boundary')) view.open('permissions_boundary: known only after applying');
  const tags = view.value('tags_all') ?? view.value('tags');
  return {
    ...(type === 'role' ? { AssumeRolePolicyDocument: documentOf(view, 'assume_role_policy') } : {}),
    ...(boundary === null ? {} : { PermissionsBoundary: { PermissionsBoundaryArn: boundary } }),
    Tags: Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value: String(Value) })),
  };
}

function policyMembers(view: ResourceView): Record<string, unknown> {
  const Document = documentOf(view, 'policy');
  return {
    DefaultVersionId: 'v1',
    PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document }],
  };
}

/** null: known only after applying, which is said. */
function documentOf(view: ResourceView, attribute: string): string | null {
  const document = view.text(attribute);
  if (document === null) {
    if (view.isUnknown(attribute)) view.open(`${attribute}: ${UNKNOWN_DOCUMENT}`);
    return null;
  }
  try {
    JSON.parse(document);
  } catch (cause) {
    throw new ConfigError(`${view.place}: ${attribute}: not JSON`, {
      hint: 'A policy document is a JSON object.',
      cause,
    });
  }
  return document;
}

function membership(
  view: ResourceView,
  entity: (arn: Uid, type: EntityType) => Entity,
  names: AwsNames,
): void {
  const users = view.type === 'aws_iam_group_membership' ? view.texts('users') : [view.text('user')];
  const groups = view.type === 'aws_iam_group_membership' ? [view.text('group')] : view.texts('groups');
  for (const user of users) {
    for (const group of groups) {
      if (user === null || group === null) {
        view.open('user or group: known only after applying: nobody knows who becomes a member');
        continue;
      }
      entity(names.arnOf(view, 'group', group), 'group');
      entity(names.arnOf(view, 'user', user), 'user').groups.add(group);
    }
  }
}
