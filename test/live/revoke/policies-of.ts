import type { IAM } from '@aws-sdk/client-iam';

/** The policies of a user or role as the API gives them, by name. */
export async function policiesOf(
  iam: IAM,
  type: 'user' | 'role',
  name: string,
): Promise<{ readonly attached: readonly unknown[]; readonly inline: Readonly<Record<string, unknown>> }> {
  const isUser = type === 'user';
  const attached = isUser
    ? await iam.listAttachedUserPolicies({ UserName: name })
    : await iam.listAttachedRolePolicies({ RoleName: name });
  const { PolicyNames = [] } = isUser
    ? await iam.listUserPolicies({ UserName: name })
    : await iam.listRolePolicies({ RoleName: name });
  const inline = await Promise.all(
    PolicyNames.toSorted().map(async (PolicyName) => {
      const { PolicyDocument } = isUser
        ? await iam.getUserPolicy({ UserName: name, PolicyName })
        : await iam.getRolePolicy({ RoleName: name, PolicyName });
      return [PolicyName, PolicyDocument] as const;
    }),
  );
  const arns = (attached.AttachedPolicies ?? []).map(({ PolicyArn = '' }) => PolicyArn);
  return { attached: arns.toSorted(), inline: Object.fromEntries(inline) };
}
