import type { Observation } from '#model/record.ts';
import type { Json } from '#model/system.ts';
import type { AccountReading } from '../account.ts';
import { listOf, partOf, textOf, textsOf } from '../parts.ts';
import type { Reply } from '../session.ts';
import { RESOURCE_POLICIES } from './resource-policies.ts';

const KEYS = 'kms:ListKeys';
const GRANTS = 'kms:ListGrants';

/** Yields the grants on keys: who may use a key whatever its key policy and their own policies say. */
export async function* readKeyGrants(
  account: AccountReading,
  region: string,
): AsyncGenerator<readonly Observation[]> {
  for await (const page of account.pages(RESOURCE_POLICIES, KEYS, {}, { region })) {
    await Promise.all(listOf(page, 'Keys').map((key) => grantsOn(account, region, textOf(key, 'KeyArn'))));
    const rows = account.intake.rows.take();
    if (rows !== null) yield rows;
  }
  account.follows(RESOURCE_POLICIES, KEYS, [GRANTS]);
}

async function grantsOn(account: AccountReading, region: string, key: string | null): Promise<void> {
  if (key === null) return account.lost(RESOURCE_POLICIES, KEYS, 'Keys: expected ARNs');
  const options = { region, about: key };
  for await (const page of account.pages(RESOURCE_POLICIES, GRANTS, { KeyId: key, Limit: 100 }, options)) {
    for (const grant of listOf(page, 'Grants')) {
      const id = textOf(grant, 'GrantId');
      const statements = statementsOf(grant);
      if (id === null || statements.length === 0) {
        account.lost(RESOURCE_POLICIES, GRANTS, `${key}: expected the id and the grantee of each grant`);
        continue;
      }
      account.intake.rows.emit('resourcePolicies', {
        uid: `${key}/grant/${id}`,
        system: 'aws',
        scopeUid: account.scopeUid,
        resourceUid: key,
        kind: 'kms-grant',
        document: { Version: '2012-10-17', Statement: statements },
      });
    }
  }
}

/**
 * A grant in the words of a policy on the key, which names the grantee itself: that allows without any other policy, as
 * a grant does. https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
function statementsOf(grant: Reply): Json[] {
  const condition = contextOf(partOf(grant, 'Constraints'));
  const operations = textsOf(grant, 'Operations').map((operation) => `kms:${operation}`);
  const statement = (grantee: string | null, Action: readonly string[], Condition: Json): Json[] =>
    grantee === null || Action.length === 0
      ? []
      : [
          {
            Effect: 'Allow',
            Principal: grantee.startsWith('arn:') ? { AWS: grantee } : { Service: grantee },
            Action,
            Resource: '*',
            ...(Condition === null ? {} : { Condition }),
          },
        ];
  return [
    ...statement(textOf(grant, 'GranteePrincipal'), operations, condition),
    ...statement(textOf(grant, 'RetiringPrincipal'), ['kms:RetireGrant'], null),
  ];
}

/**
 * The encryption context that a request must carry; null: any. `EncryptionContextEquals` also wants nothing beside it,
 * which whoever asks can see to.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
 */
function contextOf(constraints: Reply): Json {
  const wanted = ['EncryptionContextSubset', 'EncryptionContextEquals'].flatMap((name) =>
    Object.entries(partOf(constraints, name)).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`kms:EncryptionContext:${key}`, value] as const] : [],
    ),
  );
  return wanted.length === 0 ? null : { StringEquals: Object.fromEntries(wanted) };
}
