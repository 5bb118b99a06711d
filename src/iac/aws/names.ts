import type { ResourceView } from '../terraform/resource-view.ts';

/** What of AWS's own names plans do not say. */
export interface AwsNames {
  readonly accountOf: (view: ResourceView) => string;
  /** The ARN of a role, user or group by its name: as the plan or the snapshot has it, else in the root path. */
  readonly arnOf: (view: ResourceView, type: EntityType, name: string) => string;
}

export type EntityType = 'role' | 'user' | 'group' | 'policy';

export const ENTITY_OF: Readonly<Record<string, EntityType>> = {
  aws_iam_role: 'role',
  aws_iam_user: 'user',
  aws_iam_group: 'group',
  aws_iam_policy: 'policy',
};

/** The name of an entity that has a resource of its own; one that is made up while applying is called by its address. */
export function nameOf(view: ResourceView): string {
  return view.text('name') ?? view.address.replaceAll('/', '_');
}

/** The ARN of an entity that has a resource of its own. */
export function ownArn(view: ResourceView, type: EntityType, account: string): string {
  const known = view.value('arn');
  if (typeof known === 'string') return known;
  const path = view.text('path') ?? '/';
  return `arn:aws:iam::${account}:${type}${path.endsWith('/') ? path : `${path}/`}${nameOf(view)}`;
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role#attribute-reference and alike. */
export function computeAws(account: (view: ResourceView) => string) {
  return (view: ResourceView, attribute: string): string | null => {
    const type = ENTITY_OF[view.type];
    if (view.type === 'aws_iam_openid_connect_provider' && /^(?:arn|id)$/u.test(attribute))
      return providerArn(view, account(view));
    if (type === undefined) return null;
    if (attribute === 'arn' || (type === 'policy' && attribute === 'id'))
      return ownArn(view, type, account(view));
    return attribute === 'name' || attribute === 'id' ? nameOf(view) : null;
  };
}

/** The ARN of an OpenID Connect provider. */
export function providerArn(view: ResourceView, account: string): string {
  const url = (view.text('url') ?? view.address).replace(/^https:\/\//u, '');
  return view.text('arn') ?? `arn:aws:iam::${account}:oidc-provider/${url}`;
}
