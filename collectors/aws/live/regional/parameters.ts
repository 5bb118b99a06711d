import { parseJson } from '#collectors/shared/parse-json.ts';
import type { Observation } from '#model/record.ts';
import type { Feed } from '#model/scope.ts';
import type { Instant } from '#model/system.ts';
import { parseInstant } from '../../instant.ts';
import type { AccountReading } from '../account.ts';
import { listOf, partOf, textOf } from '../parts.ts';
import type { Reply } from '../session.ts';

const FEEDS: readonly Feed[] = ['credentials'];
const DESCRIBE = 'ssm:DescribeParameters';

/**
 * Yields what Systems Manager says about its encrypted parameters, never a value: how old the value is and when it ends.
 * Nobody is told when one was read. Which identity it is for is in no reply: it stands for itself.
 */
export async function* readParameters(
  account: AccountReading,
  region: string,
): AsyncGenerator<readonly Observation[]> {
  const ParameterFilters = [{ Key: 'Type', Option: 'Equals', Values: ['SecureString'] }];
  const input = { ParameterFilters, MaxResults: 50 };
  for await (const page of account.pages(FEEDS, DESCRIBE, input, { region })) {
    for (const parameter of listOf(page, 'Parameters')) parameterRow(account, region, parameter);
    const rows = account.intake.rows.take();
    if (rows !== null) yield rows;
  }
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterMetadata.html */
function parameterRow(account: AccountReading, region: string, parameter: Reply): void {
  const name = textOf(parameter, 'Name');
  if (name === null) return account.lost(FEEDS, DESCRIBE, 'Parameters: expected names');
  // Servers that do not do as the filter says must not make plain settings out to be secrets.
  if (parameter['Type'] !== 'SecureString') return;
  const path = name.startsWith('/') ? name : `/${name}`;
  const arn =
    textOf(parameter, 'ARN') ?? `arn:${account.partition}:ssm:${region}:${account.id}:parameter${path}`;
  account.intake.rows.emit('credentials', {
    uid: arn,
    system: 'aws',
    scopeUid: account.scopeUid,
    identityUid: arn,
    kind: 'stored-secret',
    name,
    enabled: true,
    createdAt: parseInstant(parameter['LastModifiedDate']),
    expiresAt: endOf(parameter),
    lastUsedAt: null,
    lastUsedEvidence: 'none',
    raw: {
      LastModifiedDate: parseInstant(parameter['LastModifiedDate']),
      LastModifiedUser: textOf(parameter, 'LastModifiedUser'),
      KeyId: textOf(parameter, 'KeyId'),
      Tier: textOf(parameter, 'Tier'),
    },
  });
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-policies.html */
function endOf(parameter: Reply): Instant | null {
  const expiration = listOf(parameter, 'Policies').find(({ PolicyType }) => PolicyType === 'Expiration');
  const parsed = parseJson(textOf(expiration, 'PolicyText') ?? '');
  return parsed.ok ? parseInstant(textOf(partOf(parsed.value, 'Attributes'), 'Timestamp')) : null;
}
