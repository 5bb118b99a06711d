import { CallError } from '#collectors/shared/live/call-error.ts';
import type { AwsTarget } from '#model/target/aws.ts';
import type { FailedRead } from '../organization/organization.ts';
import { listOf, partOf, textOf } from '../parts.ts';
import type { Session } from '../session.ts';

/** IAM Identity Center as the credentials see it: it gives people roles in accounts. */
export interface IdentityCenter {
  readonly session: Session;
  readonly region: string;
  readonly instanceArn: string;
  readonly storeId: string;
  /** The name of a permission set, asked once; null: it could not be told. Throws `CallError`. */
  readonly nameOf: (permissionSetArn: string) => Promise<string | null>;
}

/** Where Identity Center is, if anywhere, and what of finding out failed. */
export interface FoundCenter {
  readonly center: IdentityCenter | null;
  readonly failures: readonly FailedRead[];
}

/**
 * Finds the instance in the target's Regions: it lives in one of them, and only the account that looks after it may read
 * it. https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListInstances.html
 */
export async function findIdentityCenter(session: Session, { regions }: AwsTarget): Promise<FoundCenter> {
  const failures: FailedRead[] = [];
  for (const region of regions) {
    try {
      for await (const page of session.pages('sso:ListInstances', {}, region)) {
        for (const instance of listOf(page, 'Instances')) {
          const [instanceArn, storeId] = [
            textOf(instance, 'InstanceArn'),
            textOf(instance, 'IdentityStoreId'),
          ];
          if (instanceArn === null || storeId === null) continue;
          const nameOf = namesOfSets(session, instanceArn, region);
          return { center: { session, region, instanceArn, storeId, nameOf }, failures };
        }
      }
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      failures.push({ call: 'sso:ListInstances', failure: error.failure, about: region });
    }
  }
  return { center: null, failures };
}

function namesOfSets(session: Session, InstanceArn: string, region: string): IdentityCenter['nameOf'] {
  const names = new Map<string, Promise<string | null>>();
  return (PermissionSetArn) => {
    const asked =
      names.get(PermissionSetArn) ??
      session
        .call('sso:DescribePermissionSet', { InstanceArn, PermissionSetArn }, region)
        .then((reply) => textOf(partOf(reply, 'PermissionSet'), 'Name'));
    names.set(PermissionSetArn, asked);
    return asked;
  };
}
