/** A way to act as another user by a credential made for it. */
export interface CredentialWay {
  readonly via: string;
  readonly permissions: readonly string[];
  /**
   * What the user has to have: fewer than two access keys, as many as there may be, no password, a password.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
   */
  readonly needs: 'room-for-a-key' | 'no-room-for-a-key' | 'no-password' | 'password';
}

export const CREDENTIAL_WAYS: readonly CredentialWay[] = [
  { via: 'create-access-key', permissions: ['iam:CreateAccessKey'], needs: 'room-for-a-key' },
  {
    via: 'replace-access-key',
    permissions: ['iam:CreateAccessKey', 'iam:DeleteAccessKey'],
    needs: 'no-room-for-a-key',
  },
  { via: 'create-login-profile', permissions: ['iam:CreateLoginProfile'], needs: 'no-password' },
  { via: 'update-login-profile', permissions: ['iam:UpdateLoginProfile'], needs: 'password' },
];

/** A change of policies that gives whoever is changed, or is in what is changed, everything. */
export interface ChangeWay {
  readonly via: string;
  readonly permission: string;
  /** What the permission is used on; a policy is a customer's own that is attached. */
  readonly on: 'user' | 'role' | 'group' | 'policy';
  /** Whether it attaches a managed policy, which conditions can choose. */
  readonly attaches: boolean;
  /** What else has to be so and no record shows; null: nothing. */
  readonly open: string | null;
}

export const CHANGE_WAYS: readonly ChangeWay[] = [
  change('put-user-policy', 'iam:PutUserPolicy', 'user'),
  change('attach-user-policy', 'iam:AttachUserPolicy', 'user', true),
  change('put-role-policy', 'iam:PutRolePolicy', 'role'),
  change('attach-role-policy', 'iam:AttachRolePolicy', 'role', true),
  change('put-group-policy', 'iam:PutGroupPolicy', 'group'),
  change('attach-group-policy', 'iam:AttachGroupPolicy', 'group', true),
  change('create-policy-version', 'iam:CreatePolicyVersion', 'policy'),
  {
    ...change('set-default-policy-version', 'iam:SetDefaultPolicyVersion', 'policy'),
    open: 'an older version of the policy gives more',
  },
];

/** What makes a new identity and gives it everything. */
export interface CreationWay {
  readonly via: string;
  readonly kind: 'role' | 'user';
  readonly permissions: readonly string[];
}

/** A new role can trust whoever makes it; a new user needs a credential. */
export const CREATION_WAYS: readonly CreationWay[] = [
  { via: 'create-role-put-policy', kind: 'role', permissions: ['iam:CreateRole', 'iam:PutRolePolicy'] },
  { via: 'create-role-attach-policy', kind: 'role', permissions: ['iam:CreateRole', 'iam:AttachRolePolicy'] },
  {
    via: 'create-user-put-policy',
    kind: 'user',
    permissions: ['iam:CreateUser', 'iam:PutUserPolicy', 'iam:CreateAccessKey'],
  },
  {
    via: 'create-user-attach-policy',
    kind: 'user',
    permissions: ['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:CreateAccessKey'],
  },
];

/** What takes a permissions boundary off its user or role, or puts a wider one in its place. */
export interface BoundaryWay {
  readonly via: string;
  readonly permission: string;
  /** true: the request names another boundary. */
  readonly replaces: boolean;
}

export const BOUNDARY_WAYS: Readonly<Record<'user' | 'role', readonly BoundaryWay[]>> = {
  user: [
    { via: 'delete-permissions-boundary', permission: 'iam:DeleteUserPermissionsBoundary', replaces: false },
    { via: 'put-permissions-boundary', permission: 'iam:PutUserPermissionsBoundary', replaces: true },
  ],
  role: [
    { via: 'delete-permissions-boundary', permission: 'iam:DeleteRolePermissionsBoundary', replaces: false },
    { via: 'put-permissions-boundary', permission: 'iam:PutRolePermissionsBoundary', replaces: true },
  ],
};

/** Actions that need several kinds of resource in one request, with the kinds (by what the ARN says after the account). */
export const NEEDED_TOGETHER: Readonly<Record<string, readonly string[]>> = {
  'ec2:RunInstances': ['image', 'instance', 'network-interface', 'security-group', 'subnet', 'volume'],
  'ec2:RequestSpotInstances': [
    'image',
    'network-interface',
    'security-group',
    'spot-instances-request',
    'subnet',
  ],
};

function change(via: string, permission: string, on: ChangeWay['on'], attaches = false): ChangeWay {
  return { via, permission, on, attaches, open: null };
}
