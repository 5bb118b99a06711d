import { CallError } from '#collectors/shared/live/call-error.ts';
import type { Observation } from '#model/record.ts';
import type { Feed } from '#model/scope.ts';
import type { AccountReading } from '../account.ts';
import { listOf, textOf, textsOf } from '../parts.ts';
import type { IdentityCenter } from './center.ts';

const FEEDS: readonly Feed[] = ['groups'];
const SETS = 'sso:ListPermissionSetsProvisionedToAccount';
const DESCRIBE = 'sso:DescribePermissionSet';
const LIST = 'sso:ListAccountAssignments';

/**
 * Yields which people and groups of Identity Center may take which role of the account: a permission set that is
 * provisioned is a role under `/aws-reserved/sso.amazonaws.com/`, named after it.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html
 */
export async function* readAssignments(
  account: AccountReading,
  people: AccountReading,
  center: IdentityCenter,
  arns: readonly string[],
): AsyncGenerator<readonly Observation[]> {
  const { session, region, instanceArn: InstanceArn } = center;
  const roles = rolesBySet(arns);
  const input = { InstanceArn, AccountId: account.id };
  for await (const page of people.pages(FEEDS, SETS, input, { session, region })) {
    for (const PermissionSetArn of textsOf(page, 'PermissionSets')) {
      const options = { session, region, about: PermissionSetArn };
      const name = await nameOf(people, center, PermissionSetArn);
      if (name === null) continue;
      const role = roles.get(name);
      if (role === undefined) {
        people.lost(FEEDS, SETS, `no role of the permission set ${name} was read`);
        continue;
      }
      for await (const found of people.pages(FEEDS, LIST, { ...input, PermissionSetArn }, options)) {
        for (const item of listOf(found, 'AccountAssignments')) {
          assignmentRow(
            account,
            people,
            role,
            textOf(item, 'PrincipalType'),
            textOf(item, 'PrincipalId'),
            name,
          );
        }
        const rows = account.intake.rows.take();
        if (rows !== null) yield rows;
      }
    }
  }
  people.follows(FEEDS, SETS, [DESCRIBE, LIST]);
  people.follows(FEEDS, DESCRIBE, [LIST]);
}

async function nameOf(people: AccountReading, center: IdentityCenter, arn: string): Promise<string | null> {
  people.tried(FEEDS, DESCRIBE);
  try {
    const name = await center.nameOf(arn);
    if (name === null) people.lost(FEEDS, DESCRIBE, `${arn}: expected a name`);
    return name;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    people.failed(FEEDS, DESCRIBE, error.failure, { region: center.region, about: arn });
    return null;
  }
}

function assignmentRow(
  account: AccountReading,
  people: AccountReading,
  role: string,
  type: string | null,
  id: string | null,
  permissionSet: string,
): void {
  if (id === null || (type !== 'USER' && type !== 'GROUP')) {
    return people.lost(FEEDS, LIST, `${role}: expected users and groups`);
  }
  const trusted = principalUid(account.partition, type === 'USER' ? 'user' : 'group', id);
  account.intake.rows.emit('trusts', {
    uid: `${role}<-${trusted}`,
    system: 'aws',
    scopeUid: account.scopeUid,
    identityUid: role,
    trusted,
    trustedKind: type === 'USER' ? 'identity' : 'group',
    mechanism: 'sso:AccountAssignment',
    condition: null,
    external: false,
    certainty: 'certain',
    raw: { permissionSet },
  });
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentitystore.html */
export function principalUid(partition: string, kind: 'user' | 'group', id: string): string {
  return `arn:${partition}:identitystore:::${kind}/${id}`;
}

/** The roles of permission sets by the set's name, which the role's has between a mark and sixteen digits. */
function rolesBySet(arns: readonly string[]): ReadonlyMap<string, string> {
  const roles = new Map<string, string>();
  for (const arn of arns) {
    const name =
      /:role\/aws-reserved\/sso\.amazonaws\.com\/(?:[^/]+\/)?AWSReservedSSO_(.+)_[\da-f]{16}$/u.exec(
        arn,
      )?.[1];
    if (name !== undefined) roles.set(name, arn);
  }
  return roles;
}
