import type { Credential } from '#model/credential.ts';
import type { ListedKey, ListedUse } from '../../credentials/evidence.ts';
import { parseInstant } from '../../instant.ts';
import type { AccountReading } from '../account.ts';
import type { Call } from '../calls.ts';
import { listOf, partOf, textOf } from '../parts.ts';
import type { Reply } from '../session.ts';

/** A user whose credentials are asked for one kind after the other. */
export interface UserName {
  readonly arn: string;
  readonly name: string;
}

/** The access keys of a user with their last use; null: they could not be listed. */
export async function listedKeys(
  account: AccountReading,
  user: UserName,
): Promise<readonly ListedKey[] | null> {
  const items = await allOf(account, user, 'iam:ListAccessKeys', 'AccessKeyMetadata');
  if (items === null) return null;
  const keys = await Promise.all(
    items.map(async (item): Promise<readonly ListedKey[]> => {
      const id = textOf(item, 'AccessKeyId');
      if (id === null) {
        account.lost(['credentials'], 'iam:ListAccessKeys', `${user.arn}: expected the id of a key`);
        return [];
      }
      const active = item['Status'] === 'Active';
      return [
        { id, active, createdAt: parseInstant(item['CreateDate']), lastUse: await lastUse(account, id) },
      ];
    }),
  );
  return keys.flat();
}

async function lastUse(account: AccountReading, id: string): Promise<ListedUse | null> {
  const input = { AccessKeyId: id };
  const reply = await account.call(['credentials', 'usages'], 'iam:GetAccessKeyLastUsed', input, {
    about: id,
  });
  if (reply === null) return null;
  const used = partOf(reply, 'AccessKeyLastUsed');
  const known = (key: string): string | null => {
    const text = textOf(used, key);
    return text === 'N/A' ? null : text;
  };
  return {
    lastUsedAt: parseInstant(used['LastUsedDate']),
    region: known('Region'),
    service: known('ServiceName'),
  };
}

/** Emits what no credential report tells of a user: credentials for single services, Bedrock's API keys among them, and SSH keys. */
export async function otherCredentials(account: AccountReading, user: UserName): Promise<void> {
  await Promise.all([
    eachOf(account, user, 'iam:ListServiceSpecificCredentials', 'ServiceSpecificCredentials', (item) => ({
      id: textOf(item, 'ServiceSpecificCredentialId'),
      kind:
        item['ServiceName'] === 'bedrock.amazonaws.com' ? 'bedrock-api-key' : 'service-specific-credential',
      name: textOf(item, 'ServiceCredentialAlias') ?? textOf(item, 'ServiceUserName'),
      createdAt: item['CreateDate'],
      expiresAt: item['ExpirationDate'],
      raw: { ServiceName: textOf(item, 'ServiceName') },
    })),
    eachOf(account, user, 'iam:ListSSHPublicKeys', 'SSHPublicKeys', (item) => ({
      id: textOf(item, 'SSHPublicKeyId'),
      kind: 'ssh-public-key',
      name: null,
      createdAt: item['UploadDate'],
      expiresAt: null,
      raw: null,
    })),
  ]);
}

/** A credential as a list has it. */
interface Found {
  readonly id: string | null;
  readonly kind: string;
  readonly name: string | null;
  readonly createdAt: unknown;
  readonly expiresAt: unknown;
  readonly raw: Credential['raw'];
}

/** Emits a credential for every element of a user's list. */
export async function eachOf(
  account: AccountReading,
  user: UserName,
  call: Call,
  list: string,
  read: (item: Reply) => Found,
): Promise<void> {
  for (const item of (await allOf(account, user, call, list)) ?? []) {
    const found = read(item);
    if (found.id === null) account.lost(['credentials'], call, `${user.arn}: expected an id in ${list}`);
    else
      emitCredential(
        account,
        user,
        `${user.arn}/${found.kind}/${found.id}`,
        found,
        item['Status'] === 'Active',
      );
  }
}

/** Emits one credential of a user. */
export function emitCredential(
  account: AccountReading,
  user: UserName,
  uid: string,
  found: Found,
  enabled: boolean | null = null,
): void {
  account.intake.rows.emit('credentials', {
    uid,
    system: 'aws',
    scopeUid: account.scopeUid,
    identityUid: user.arn,
    kind: found.kind,
    name: found.name ?? found.id ?? '',
    enabled,
    createdAt: parseInstant(found.createdAt),
    expiresAt: parseInstant(found.expiresAt),
    lastUsedAt: null,
    lastUsedEvidence: 'none',
    raw: found.raw,
  });
}

/** Every element of a user's list; null: it could not be read to its end. */
export async function allOf(
  account: AccountReading,
  user: UserName,
  call: Call,
  list: string,
): Promise<Reply[] | null> {
  const items: Reply[] = [];
  let isTruncated = true;
  for await (const page of account.pages(
    ['credentials'],
    call,
    { UserName: user.name },
    { about: user.arn },
  )) {
    items.push(...listOf(page, list));
    isTruncated = page['IsTruncated'] === true;
  }
  return isTruncated ? null : items;
}
