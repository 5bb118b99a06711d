import {
  AddRoleToInstanceProfileCommand,
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreateLoginProfileCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  CreateSAMLProviderCommand,
  PutUserPolicyCommand,
  UploadServerCertificateCommand,
  UploadSSHPublicKeyCommand,
} from '@aws-sdk/client-iam';
import { given, type Access } from './organization.ts';

/** The names that the tests ask about. */
export interface BuiltIdentities {
  readonly keyId: string;
  readonly boundary: string;
  readonly attached: string;
}

const text = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

const trust = (principal: object, action = 'sts:AssumeRole', condition?: object): string =>
  text({ Effect: 'Allow', Principal: principal, Action: action, ...(condition && { Condition: condition }) });

/** As long as IAM wants it to be. */
const METADATA = `<EntityDescriptor entityID="https://okta.example.com/saml">${' '.repeat(1000)}</EntityDescriptor>`;

/** Makes users with keys and passwords, groups, roles with trusts, a boundary that is attached nowhere, and a provider. */
export async function buildIdentities(access: Access, account: string): Promise<BuiltIdentities> {
  const client = new IAMClient(access);
  const policy = async (PolicyName: string, ...statements: readonly object[]): Promise<string> => {
    const made = await client.send(
      new CreatePolicyCommand({ PolicyName, PolicyDocument: text(...statements) }),
    );
    return given(made.Policy?.Arn);
  };
  const attached = await policy('publish', { Effect: 'Allow', Action: 'sns:*', Resource: '*' });
  const boundary = await policy('developers-limit', {
    Effect: 'Allow',
    Action: ['sns:*', 's3:*'],
    Resource: '*',
  });

  const tags = [{ Key: 'owner', Value: 'shop@example.com' }];
  await client.send(new CreateUserCommand({ UserName: 'ci-deployer', Tags: tags }));
  const key = await client.send(new CreateAccessKeyCommand({ UserName: 'ci-deployer' }));
  const inline = text({ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::shop-assets/*' });
  await client.send(
    new PutUserPolicyCommand({ UserName: 'ci-deployer', PolicyName: 'upload', PolicyDocument: inline }),
  );
  await client.send(
    new UploadSSHPublicKeyCommand({
      UserName: 'ci-deployer',
      SSHPublicKeyBody: 'ssh-rsa AAAAB3NzaC1yc2E= test',
    }),
  );
  await client.send(new CreateUserCommand({ UserName: 'jane' }));
  await client.send(new CreateLoginProfileCommand({ UserName: 'jane', Password: 'not-a-real-Passw0rd' }));
  await client.send(new CreateGroupCommand({ GroupName: 'deployers' }));
  await client.send(new AttachGroupPolicyCommand({ GroupName: 'deployers', PolicyArn: attached }));
  await client.send(new AddUserToGroupCommand({ GroupName: 'deployers', UserName: 'ci-deployer' }));

  const provider = await client.send(
    new CreateOpenIDConnectProviderCommand({
      Url: 'https://token.actions.githubusercontent.com',
      ClientIDList: ['sts.amazonaws.com'],
      ThumbprintList: ['0'.repeat(40)],
    }),
  );
  await client.send(new CreateSAMLProviderCommand({ Name: 'okta', SAMLMetadataDocument: METADATA }));
  await client.send(
    new UploadServerCertificateCommand({
      ServerCertificateName: 'shop-tls',
      CertificateBody: 'not a real certificate',
      PrivateKey: 'must-not-be-read',
    }),
  );
  const role = (RoleName: string, AssumeRolePolicyDocument: string, more: object = {}) =>
    client.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, ...more }));
  await role('app', trust({ Service: 'lambda.amazonaws.com' }), { PermissionsBoundary: boundary });
  await client.send(new AttachRolePolicyCommand({ RoleName: 'app', PolicyArn: attached }));
  await role('web', trust({ Service: 'ec2.amazonaws.com' }));
  await client.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'web' }));
  await client.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'web', RoleName: 'web' }));
  const issuer = 'token.actions.githubusercontent.com';
  await role(
    'github',
    trust({ Federated: given(provider.OpenIDConnectProviderArn) }, 'sts:AssumeRoleWithWebIdentity', {
      StringEquals: { [`${issuer}:sub`]: 'repo:example/shop:ref:refs/heads/main' },
    }),
  );
  await role('partner', trust({ AWS: 'arn:aws:iam::999999999999:root' }));
  await role(
    'sibling',
    trust({ AWS: `arn:aws:iam::${account === '123456789012' ? account : '123456789012'}:root` }),
  );
  client.destroy();
  return { keyId: given(key.AccessKey?.AccessKeyId), boundary, attached };
}
