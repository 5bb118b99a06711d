import { IAM } from '@aws-sdk/client-iam';
import { policiesOf } from './policies-of.ts';

/** Where the world is: moto's own account, whatever keys are shown. */
export const ACCOUNT = '123456789012';

/** The ARN of a user or role of it. */
export function arn(path: string): string {
  return `arn:aws:iam::${ACCOUNT}:${path}`;
}

/** A document as a person may have typed it: what is put back has to be the same to the byte. */
const UPLOAD = `{
  "Version" : "2012-10-17",
  "Statement":[ {"Sid":"Ünicode %41 + plus", "Effect":"Allow","Action":"s3:PutObject",
     "Resource":"arn:aws:s3:::shop/*"} ]
}
`;

const TRUST = `{ "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Principal": { "Service": ["lambda.amazonaws.com", "ec2.amazonaws.com"] }, "Action": "sts:AssumeRole" },
    { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::210987654321:root" }, "Action": ["sts:AssumeRole", "sts:TagSession"],
      "Condition": { "StringEquals": { "sts:ExternalId": "x-1" } } }
  ] }`;

/** A user with everything that a user can have, and a role with policies, a trust policy and an instance profile. */
export async function buildWorld(iam: IAM): Promise<{ readonly keyId: string; readonly managed: string }> {
  const publish = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sns:Publish', Resource: '*' }],
  });
  const made = await iam.createPolicy({ PolicyName: 'publish', PolicyDocument: publish });
  const managed = made.Policy?.Arn ?? '';

  await iam.createUser({ UserName: 'app', Path: '/services/' });
  const key = await iam.createAccessKey({ UserName: 'app' });
  await iam.createAccessKey({ UserName: 'app' });
  await iam.createLoginProfile({ UserName: 'app', Password: 'only-a-test-Password-1' });
  await iam.putUserPolicy({ UserName: 'app', PolicyName: 'upload', PolicyDocument: UPLOAD });
  await iam.attachUserPolicy({ UserName: 'app', PolicyArn: managed });
  for (const GroupName of ['deployers', 'readers']) {
    await iam.createGroup({ GroupName });
    await iam.addUserToGroup({ GroupName, UserName: 'app' });
  }

  await iam.createRole({ RoleName: 'worker', AssumeRolePolicyDocument: TRUST });
  await iam.putRolePolicy({ RoleName: 'worker', PolicyName: 'upload', PolicyDocument: UPLOAD });
  await iam.attachRolePolicy({ RoleName: 'worker', PolicyArn: managed });
  await iam.createInstanceProfile({ InstanceProfileName: 'worker' });
  await iam.addRoleToInstanceProfile({ InstanceProfileName: 'worker', RoleName: 'worker' });
  return { keyId: key.AccessKey?.AccessKeyId ?? '', managed };
}

/** Everything of the two that a revocation touches, policies byte for byte. */
export async function stateOf(iam: IAM): Promise<object> {
  const { Groups = [] } = await iam.listGroupsForUser({ UserName: 'app' });
  const { AccessKeyMetadata = [] } = await iam.listAccessKeys({ UserName: 'app' });
  const { Role } = await iam.getRole({ RoleName: 'worker' });
  return {
    groups: Groups.map(({ GroupName = '' }) => GroupName).toSorted(),
    keys: Object.fromEntries(AccessKeyMetadata.map(({ AccessKeyId, Status }) => [AccessKeyId, Status])),
    user: await policiesOf(iam, 'user', 'app'),
    role: await policiesOf(iam, 'role', 'worker'),
    trust: Role?.AssumeRolePolicyDocument,
  };
}
