import {
  AttachPolicyCommand,
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  CreatePolicyCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

/** How clients reach the server. */
export interface Access {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** The account that moto takes unknown keys to be of. */
export const MANAGEMENT = '123456789012';

/** An organisation with a unit that holds one account. */
export interface BuiltOrganization {
  readonly member: string;
  readonly unitArn: string;
  readonly policyId: string;
}

/** Makes the organisation: a unit, an account in it, and a policy that denies leaving to all in the unit. */
export async function buildOrganization(access: Access): Promise<BuiltOrganization> {
  const client = new OrganizationsClient(access);
  await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const { Roots } = await client.send(new ListRootsCommand({}));
  const root = given(Roots?.[0]?.Id);
  await client.send(new EnablePolicyTypeCommand({ RootId: root, PolicyType: 'SERVICE_CONTROL_POLICY' }));
  const { OrganizationalUnit: unit } = await client.send(
    new CreateOrganizationalUnitCommand({ ParentId: root, Name: 'Workloads' }),
  );
  const { CreateAccountStatus: made } = await client.send(
    new CreateAccountCommand({ AccountName: 'shop-prod', Email: 'shop-prod@example.com' }),
  );
  const member = given(made?.AccountId);
  await client.send(
    new MoveAccountCommand({ AccountId: member, SourceParentId: root, DestinationParentId: given(unit?.Id) }),
  );
  const { Policy } = await client.send(
    new CreatePolicyCommand({
      Name: 'no-topic-deletion',
      Description: 'Nobody deletes topics',
      Type: 'SERVICE_CONTROL_POLICY',
      Content: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: 'sns:DeleteTopic', Resource: '*' }],
      }),
    }),
  );
  const policyId = given(Policy?.PolicySummary?.Id);
  await client.send(new AttachPolicyCommand({ PolicyId: policyId, TargetId: given(unit?.Id) }));
  client.destroy();
  return { member, unitArn: given(unit?.Arn), policyId };
}

/** Access to a member account by a role in it. */
export async function accessTo(access: Access, account: string): Promise<Access> {
  const client = new STSClient(access);
  const { Credentials } = await client.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`,
      RoleSessionName: 'build',
    }),
  );
  client.destroy();
  return {
    ...access,
    credentials: {
      accessKeyId: given(Credentials?.AccessKeyId),
      secretAccessKey: given(Credentials?.SecretAccessKey),
      sessionToken: given(Credentials?.SessionToken),
    },
  };
}

/** What the server must have given. */
export function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the server left out what was asked for');
  return value;
}
