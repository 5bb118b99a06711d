import { parseJson } from '#collectors/shared/parse-json.ts';
import type { Uid } from '#model/system.ts';
import { parseIamArn } from '../arn.ts';
import type { AccountReading } from './account.ts';
import { partOf, textOf } from './parts.ts';
import type { Reply } from './session.ts';

/** What changes what users and roles hold, and whom they trust, beside their creation. */
export const CHANGES = [
  'AttachRolePolicy',
  'AttachUserPolicy',
  'PutRolePolicy',
  'PutUserPolicy',
  'UpdateAssumeRolePolicy',
] as const;

/** Users and roles by what CloudTrail names them by: `role app`. A name is one in its account, whatever its path. */
export type NamedPrincipals = ReadonlyMap<string, Uid>;

/** Indexes the users and roles that were read. */
export function namedPrincipals(arns: readonly Uid[]): NamedPrincipals {
  return new Map(
    arns.flatMap((arn) => {
      const parsed = parseIamArn(arn);
      return parsed === null ? [] : [[`${parsed.type} ${parsed.name}`, arn] as const];
    }),
  );
}

/**
 * Emits who did what to which object by an event of CloudTrail; nothing for one that failed, or is about what is not
 * there any more.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function writtenRow(
  { intake, scopeUid }: AccountReading,
  action: string,
  event: Reply,
  known: NamedPrincipals,
): void {
  const parsed = parseJson(textOf(event, 'CloudTrailEvent') ?? '');
  if (!parsed.ok || textOf(parsed.value, 'errorCode') !== null) return;
  const identity = partOf(parsed.value, 'userIdentity');
  const actor = textOf(identity, 'arn') ?? textOf(identity, 'invokedBy') ?? textOf(identity, 'principalId');
  const writtenAt = new Date(textOf(parsed.value, 'eventTime') ?? Number.NaN);
  const objectUid = objectOf(action, parsed.value, known);
  if (actor === null || objectUid === null || Number.isNaN(writtenAt.getTime())) return;
  intake.rows.emit('loggedWrites', {
    system: 'aws',
    scopeUid,
    writtenAt: writtenAt.toISOString(),
    actor,
    action,
    objectUid,
    source: 'aws:cloudtrail',
  });
}

function objectOf(action: string, detail: unknown, known: NamedPrincipals): Uid | null {
  const asked = partOf(detail, 'requestParameters');
  const [role, user] = [textOf(asked, 'roleName'), textOf(asked, 'userName')];
  const holder = known.get(role === null ? `user ${user ?? ''}` : `role ${role}`) ?? null;
  if (holder === null) return null;
  if (action.startsWith('Attach')) {
    const policy = textOf(asked, 'policyArn');
    return policy === null ? null : `${holder}->${policy}`;
  }
  if (action.startsWith('Put')) {
    const policy = textOf(asked, 'policyName');
    return policy === null ? null : `${holder}->${holder}/inline/${policy}`;
  }
  if (action !== 'CreateAccessKey') return holder;
  const key = textOf(partOf(partOf(detail, 'responseElements'), 'accessKey'), 'accessKeyId');
  return key === null ? null : `${holder}/access-key/${key}`;
}
