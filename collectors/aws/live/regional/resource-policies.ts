import type { Observation } from '#model/record.ts';
import type { Feed } from '#model/scope.ts';
import { readDocument } from '../../policies/document.ts';
import type { AccountReading } from '../account.ts';
import type { Call } from '../calls.ts';
import { listOf, partOf, textOf, textsOf } from '../parts.ts';
import type { Reply } from '../session.ts';

export const RESOURCE_POLICIES: readonly Feed[] = ['resource-policies'];

/** How the policies of one kind of resource are read: a list of resources, and a call for the policy of each. */
export interface PolicyList {
  readonly list: Call;
  readonly items: string;
  readonly kind: string;
  readonly get: Call;
  /** The input of `get`; null: the element names no resource. */
  readonly input: (item: unknown) => Reply | null;
  /** The ARN of the resource. */
  readonly arn: (item: unknown, partition: string) => string | null;
  /** The policy in the reply of `get`; null: the resource has none. */
  readonly policy: (reply: Reply) => string | null;
}

const input =
  (key: string, from: string, more: Reply = {}) =>
  (item: unknown): Reply | null => {
    const value = textOf(item, from);
    return value === null ? null : { ...more, [key]: value };
  };

/** Buckets are of no Region: their names are listed once. */
export const BUCKET_POLICIES: PolicyList = {
  list: 's3:ListBuckets',
  items: 'Buckets',
  kind: 's3-bucket',
  get: 's3:GetBucketPolicy',
  input: input('Bucket', 'Name'),
  arn: (item, partition) => `arn:${partition}:s3:::${textOf(item, 'Name') ?? ''}`,
  policy: (reply) => textOf(reply, 'Policy'),
};

/** What is in a Region. */
export const POLICY_LISTS: readonly PolicyList[] = [
  {
    list: 'kms:ListKeys',
    items: 'Keys',
    kind: 'kms-key',
    get: 'kms:GetKeyPolicy',
    input: input('KeyId', 'KeyId', { PolicyName: 'default' }),
    arn: (item) => textOf(item, 'KeyArn'),
    policy: (reply) => textOf(reply, 'Policy'),
  },
  {
    list: 'lambda:ListFunctions',
    items: 'Functions',
    kind: 'lambda-function',
    get: 'lambda:GetPolicy',
    input: input('FunctionName', 'FunctionArn'),
    arn: (item) => textOf(item, 'FunctionArn'),
    policy: (reply) => textOf(reply, 'Policy'),
  },
  {
    list: 'sns:ListTopics',
    items: 'Topics',
    kind: 'sns-topic',
    get: 'sns:GetTopicAttributes',
    input: input('TopicArn', 'TopicArn'),
    arn: (item) => textOf(item, 'TopicArn'),
    policy: (reply) => textOf(partOf(reply, 'Attributes'), 'Policy'),
  },
];

/** Yields the policies of one kind of resource; `region` is undefined for what is in none. */
export async function* readResourcePolicies(
  account: AccountReading,
  region: string | undefined,
  way: PolicyList,
): AsyncGenerator<readonly Observation[]> {
  const options = region === undefined ? {} : { region };
  for await (const page of account.pages(RESOURCE_POLICIES, way.list, {}, options)) {
    await Promise.all(
      listOf(page, way.items).map(async (item) => {
        const asked = way.input(item);
        const arn = way.arn(item, account.partition);
        if (asked === null || arn === null) {
          return account.lost(
            RESOURCE_POLICIES,
            way.list,
            `${way.items}: expected resources with their names`,
          );
        }
        const reply = await account.call(RESOURCE_POLICIES, way.get, asked, {
          ...options,
          about: arn,
          orNone: true,
        });
        const text = reply === null ? null : way.policy(reply);
        if (text !== null) resourcePolicyRow(account, way.get, way.kind, arn, text);
      }),
    );
    const rows = account.intake.rows.take();
    if (rows !== null) yield rows;
  }
  account.follows(RESOURCE_POLICIES, way.list, [way.get]);
}

const ATTRIBUTES = 'sqs:GetQueueAttributes';

/** Yields the policies of queues, whose list has URLs only. */
export async function* readQueuePolicies(
  account: AccountReading,
  region: string,
): AsyncGenerator<readonly Observation[]> {
  for await (const page of account.pages(
    RESOURCE_POLICIES,
    'sqs:ListQueues',
    { MaxResults: 1000 },
    { region },
  )) {
    await Promise.all(
      textsOf(page, 'QueueUrls').map(async (QueueUrl) => {
        const asked = { QueueUrl, AttributeNames: ['QueueArn', 'Policy'] };
        const options = { region, about: QueueUrl, orNone: true };
        const attributes = partOf(
          await account.call(RESOURCE_POLICIES, ATTRIBUTES, asked, options),
          'Attributes',
        );
        const arn = textOf(attributes, 'QueueArn');
        const text = textOf(attributes, 'Policy');
        if (arn !== null && text !== null) resourcePolicyRow(account, ATTRIBUTES, 'sqs-queue', arn, text);
      }),
    );
    const rows = account.intake.rows.take();
    if (rows !== null) yield rows;
  }
  account.follows(RESOURCE_POLICIES, 'sqs:ListQueues', [ATTRIBUTES]);
}

/** Emits the policy of a resource. One that cannot be understood is said to be there all the same. */
export function resourcePolicyRow(
  account: AccountReading,
  call: Call,
  kind: string,
  arn: string,
  text: string,
): void {
  const { document, problem } = readDocument(text);
  if (problem !== null) account.lost(RESOURCE_POLICIES, call, `${arn}: ${problem}`);
  account.intake.rows.emit('resourcePolicies', {
    uid: `${arn}/policy`,
    system: 'aws',
    scopeUid: account.scopeUid,
    resourceUid: arn,
    kind,
    document,
  });
}
