import type { Observation } from '#model/record.ts';
import { observe } from '#model/record.ts';
import type { Json } from '#model/system.ts';

/**
 * Policies of AWS that an account which never attached them does not export, and whose first attachment must not go
 * unseen: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html.
 */
const STATEMENTS: Readonly<Record<string, readonly Json[]>> = {
  AdministratorAccess: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  IAMFullAccess: [{ Effect: 'Allow', Action: ['iam:*'], Resource: '*' }],
  PowerUserAccess: [
    { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
    {
      Effect: 'Allow',
      Action: ['iam:CreateServiceLinkedRole', 'iam:DeleteServiceLinkedRole', 'iam:ListRoles'],
      Resource: '*',
    },
  ],
};

/** The rows of those policies that grants name; the snapshot's own take precedence. */
export function managedPolicyRows(rows: readonly Observation[]): Observation[] {
  const named = new Set(rows.flatMap(({ table, row }) => (table === 'grants' ? [row.roleUid] : [])));
  return [...named].flatMap((uid) => {
    const name = /^arn:[^:]+:iam::aws:policy\/(\w+)$/u.exec(uid)?.[1] ?? '';
    const Statement = Object.hasOwn(STATEMENTS, name) ? STATEMENTS[name] : undefined;
    if (Statement === undefined) return [];
    return [
      observe('roles', {
        uid,
        system: 'aws',
        scopeUid: 'aws:aws',
        kind: 'managed-policy',
        name,
        managedBy: 'provider',
        createdAt: null,
        document: { Version: '2012-10-17', Statement },
        breadth: null,
        raw: null,
      }),
    ];
  });
}
