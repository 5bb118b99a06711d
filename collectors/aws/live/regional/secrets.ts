import type { Observation } from '#model/record.ts';
import type { Feed } from '#model/scope.ts';
import { parseInstant } from '../../instant.ts';
import type { AccountReading } from '../account.ts';
import { listOf, memberOf, textOf } from '../parts.ts';
import type { Reply } from '../session.ts';
import { RESOURCE_POLICIES, resourcePolicyRow } from './resource-policies.ts';

const FEEDS: readonly Feed[] = ['credentials', 'resource-policies'];
const LIST = 'secretsmanager:ListSecrets';
const POLICY = 'secretsmanager:GetResourcePolicy';

/**
 * Yields what Secrets Manager says about its secrets, never a value: how old the value is, when it was last read, and
 * who may read it by the secret's own policy. Which identity the secret is for is in no reply: it stands for itself.
 */
export async function* readSecrets(
  account: AccountReading,
  region: string,
): AsyncGenerator<readonly Observation[]> {
  for await (const page of account.pages(FEEDS, LIST, { MaxResults: 100 }, { region })) {
    await Promise.all(
      listOf(page, 'SecretList').map(async (secret) => {
        const arn = textOf(secret, 'ARN');
        if (arn === null) return account.lost(FEEDS, LIST, 'SecretList: expected ARNs');
        secretRow(account, arn, secret);
        const options = { region, about: arn, orNone: true };
        const text = textOf(
          await account.call(RESOURCE_POLICIES, POLICY, { SecretId: arn }, options),
          'ResourcePolicy',
        );
        if (text !== null) resourcePolicyRow(account, POLICY, 'secret', arn, text);
      }),
    );
    const rows = account.intake.rows.take();
    if (rows !== null) yield rows;
  }
  account.follows(RESOURCE_POLICIES, LIST, [POLICY]);
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_SecretListEntry.html */
function secretRow({ intake, scopeUid }: AccountReading, arn: string, secret: Reply): void {
  const lastUsedAt = parseInstant(secret['LastAccessedDate']);
  const rotation = memberOf(secret['RotationRules'], 'AutomaticallyAfterDays');
  intake.rows.emit('credentials', {
    uid: arn,
    system: 'aws',
    scopeUid,
    identityUid: arn,
    kind: 'stored-secret',
    name: textOf(secret, 'Name') ?? arn,
    enabled: parseInstant(secret['DeletedDate']) === null,
    createdAt: parseInstant(secret['LastRotatedDate']) ?? parseInstant(secret['CreatedDate']),
    expiresAt: null,
    lastUsedAt,
    // A day, without a time. It is left out where the secret was never read in its Region.
    lastUsedEvidence: lastUsedAt === null ? 'never' : 'used',
    raw: {
      RotationEnabled: secret['RotationEnabled'] === true,
      RotationLambdaARN: textOf(secret, 'RotationLambdaARN'),
      AutomaticallyAfterDays: typeof rotation === 'number' ? rotation : null,
      LastRotatedDate: parseInstant(secret['LastRotatedDate']),
      LastChangedDate: parseInstant(secret['LastChangedDate']),
      NextRotationDate: parseInstant(secret['NextRotationDate']),
      OwningService: textOf(secret, 'OwningService'),
    },
  });
}
