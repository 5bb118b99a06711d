import type { Feed } from '#model/scope.ts';
import type { AccountReading } from '../account.ts';
import type { Call } from '../calls.ts';

export const WORKLOADS: readonly Feed[] = ['workloads'];

/** Something that runs with a role. */
export interface Holder {
  readonly arn: string | null;
  readonly name: string | null;
  readonly kind: string;
  /** By what the role is used for: '' is what it runs as, others stand behind the ARN. A name is a role's, too. */
  readonly roles: Readonly<Record<string, string | null>>;
}

/** Emits a workload for each role of something that runs; without a role there is none. */
export function holderRows(account: AccountReading, call: Call, { arn, name, kind, roles }: Holder): void {
  if (arn === null) return account.lost(WORKLOADS, call, `expected the ARN of a ${kind}`);
  for (const [use, role] of Object.entries(roles)) {
    if (role === null) continue;
    account.intake.rows.emit('workloads', {
      uid: use === '' ? arn : `${arn}#${use}`,
      system: 'aws',
      scopeUid: account.scopeUid,
      identityUid: roleArn(account, role),
      kind: use === '' ? kind : `${kind}-${use}`,
      name: name ?? arn,
      environment: null,
    });
  }
}

/** Some services take a role's name, with its path, for its ARN. */
function roleArn({ partition, id }: AccountReading, role: string): string {
  return role.startsWith('arn:') ? role : `arn:${partition}:iam::${id}:role/${role.replace(/^\//u, '')}`;
}
