import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { EC2Client, RunInstancesCommand, DescribeImagesCommand } from '@aws-sdk/client-ec2';
import { CreateFunctionCommand, LambdaClient, Runtime } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateSecretCommand,
  PutResourcePolicyCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { CreateGrantCommand, CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { given, type Access } from './organization.ts';

/** What runs with roles, and what has policies, by ARN. */
export interface BuiltResources {
  readonly functionArn: string;
  readonly stackId: string;
  readonly machineArn: string;
  readonly instanceId: string;
  readonly keyArn: string;
  readonly topicArn: string;
  readonly secretArn: string;
}

/** An empty archive: nothing runs. */
const ZIP = Buffer.from(`UEsFBg${'A'.repeat(24)}`, 'base64');

/** Makes one of each kind that moto knows. */
export async function buildResources(access: Access, account: string): Promise<BuiltResources> {
  const role = (name: string): string => `arn:aws:iam::${account}:role/${name}`;
  const read = (action: string, resource: string): string =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: role('github') }, Action: action, Resource: resource },
      ],
    });
  const s3 = new S3Client({ ...access, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'shop-assets' }));
  await s3.send(new CreateBucketCommand({ Bucket: 'shop-without-policy' }));
  await s3.send(
    new PutBucketPolicyCommand({
      Bucket: 'shop-assets',
      Policy: read('s3:GetObject', 'arn:aws:s3:::shop-assets/*'),
    }),
  );
  const lambda = await new LambdaClient(access).send(
    new CreateFunctionCommand({
      FunctionName: 'checkout',
      Runtime: Runtime.nodejs20x,
      Handler: 'index.handler',
      Role: role('app'),
      Code: { ZipFile: ZIP },
      Environment: { Variables: { TOKEN: 'must-not-be-read' } },
    }),
  );
  const machine = await new SFNClient(access).send(
    new CreateStateMachineCommand({
      name: 'refunds',
      roleArn: role('app'),
      definition: JSON.stringify({ StartAt: 'Done', States: { Done: { Type: 'Succeed' } } }),
    }),
  );
  const ec2 = new EC2Client(access);
  const { Images } = await ec2.send(new DescribeImagesCommand({}));
  const started = await ec2.send(
    new RunInstancesCommand({
      ImageId: given(Images?.[0]?.ImageId),
      MinCount: 1,
      MaxCount: 1,
      IamInstanceProfile: { Name: 'web' },
    }),
  );
  const kms = new KMSClient(access);
  const key = await kms.send(new CreateKeyCommand({}));
  const KeyId = given(key.KeyMetadata?.Arn);
  await kms.send(new CreateGrantCommand({ KeyId, GranteePrincipal: role('app'), Operations: ['Decrypt'] }));
  const stack = await new CloudFormationClient(access).send(
    new CreateStackCommand({
      StackName: 'shop-queues',
      RoleARN: role('app'),
      TemplateBody: JSON.stringify({ Resources: { Dead: { Type: 'AWS::SQS::Queue' } } }),
    }),
  );
  const ssm = new SSMClient(access);
  const Value = 'must-not-be-read';
  await ssm.send(new PutParameterCommand({ Name: '/shop/token', Type: 'SecureString', Value }));
  await ssm.send(new PutParameterCommand({ Name: '/shop/theme', Type: 'String', Value }));
  const topic = await new SNSClient(access).send(new CreateTopicCommand({ Name: 'orders' }));
  await new SQSClient(access).send(
    new CreateQueueCommand({
      QueueName: 'orders',
      Attributes: { Policy: read('sqs:SendMessage', `arn:aws:sqs:us-east-1:${account}:orders`) },
    }),
  );
  const secrets = new SecretsManagerClient(access);
  const secret = await secrets.send(
    new CreateSecretCommand({ Name: 'shop/db', SecretString: 'must-not-be-read' }),
  );
  const secretArn = given(secret.ARN);
  await secrets.send(
    new PutResourcePolicyCommand({
      SecretId: secretArn,
      ResourcePolicy: read('secretsmanager:GetSecretValue', '*'),
    }),
  );
  return {
    functionArn: given(lambda.FunctionArn),
    stackId: given(stack.StackId),
    machineArn: given(machine.stateMachineArn),
    instanceId: given(started.Instances?.[0]?.InstanceId),
    keyArn: KeyId,
    topicArn: given(topic.TopicArn),
    secretArn,
  };
}
