import { basename, dirname } from 'node:path';
import { z } from 'zod';
import type { RecognisedFile } from '#contract/collector.ts';
import { splitJson } from '#collectors/shared/split-json.ts';
import { readUtf8 } from '#collectors/shared/utf8-text.ts';
import { parseJson } from '#collectors/shared/parse-json.ts';
import { CollectError } from '#model/errors.ts';
import { parseIamArn } from '../arn.ts';
import { CALLS } from '../calls.ts';
import type { ListedKey, ListedUse } from '../credentials/evidence.ts';
import { parseInstant } from '../instant.ts';
import type { Intake } from '../intake/intake.ts';
import { issueText } from '../intake/issue-text.ts';
import { readInstant } from '../rows/entity.ts';
import type { NameBook } from './name-book.ts';
import { readReply } from './small-json.ts';

/** What the replies of two calls say of access keys, not yet tied to users: they name them without their account. */
export interface FoundKeys {
  readonly keys: readonly FoundKey[];
  readonly uses: readonly FoundUse[];
}

interface FoundKey {
  readonly userName: string;
  readonly label: string;
  readonly key: Omit<ListedKey, 'lastUse'>;
}

interface FoundUse {
  readonly userName: string;
  readonly label: string;
  /** The reply does not say which key it is about: only the file's name may. */
  readonly keyId: string | null;
  readonly use: ListedUse;
}

/** Reads `list-access-keys` and `get-access-key-last-used`, and asks `names` for their users. */
export async function readAccessKeys(
  lists: readonly RecognisedFile[],
  lastUses: readonly RecognisedFile[],
  intake: Intake,
  names: NameBook,
): Promise<FoundKeys> {
  const keys: FoundKey[] = [];
  const uses: FoundUse[] = [];
  for (const file of lists) {
    await reporting(file, CALLS.accessKeys, intake, () => readList(file, intake, keys));
  }
  for (const file of lastUses) {
    await reporting(file, CALLS.accessKeyLastUsed, intake, async () => {
      uses.push(readUse(file, lastUseSchema.safeParse(await readReply(file, intake.signal))));
    });
  }
  for (const { userName } of [...keys, ...uses]) names.want(userName);
  return { keys, uses };
}

const keySchema = z.object({
  UserName: z.string().min(1),
  AccessKeyId: z.string().min(1).max(128),
  Status: z.string(),
  CreateDate: z.unknown().optional(),
});

/** One reply, or several one after the other. */
async function readList(file: RecognisedFile, { signal, gaps }: Intake, keys: FoundKey[]): Promise<void> {
  const lists = ['AccessKeyMetadata', 'data.AccessKeyMetadata'];
  const lost = (detail: string): void => {
    gaps.add({
      accountId: null,
      feeds: ['credentials'],
      call: CALLS.accessKeys,
      detail: `${file.label}: ${detail}`,
    });
  };
  for await (const parts of splitJson(readUtf8(file.path, signal), { lists })) {
    for (const part of parts) {
      if (part.kind === 'broken') lost(part.reason);
      else if (part.kind === 'refused')
        lost(`AccessKeyMetadata[${part.index}] at byte ${part.position}: ${part.reason}`);
      else if (part.kind === 'element') {
        const place = `AccessKeyMetadata[${part.index}] at byte ${part.position}`;
        const value = parseJson(part.bytes.toString('utf8'));
        const parsed = keySchema.safeParse(value.ok ? value.value : null);
        if (!parsed.success) lost(`${place}${issueText(parsed.error)}`);
        else {
          const { UserName: userName, AccessKeyId: id, Status, CreateDate } = parsed.data;
          const createdAt = readInstant(CreateDate, 'CreateDate', (what) => lost(`${place}: ${what}`));
          const key = { id, active: Status === 'Active', createdAt };
          keys.push({ userName, label: file.label, key });
        }
      }
    }
  }
}

const lastUseSchema = z.object({
  UserName: z.string().min(1),
  AccessKeyLastUsed: z.object({
    LastUsedDate: z.unknown().optional(),
    Region: z.string().nullish(),
    ServiceName: z.string().nullish(),
  }),
});

function readUse(
  file: RecognisedFile,
  parsed: z.ZodSafeParseResult<z.infer<typeof lastUseSchema>>,
): FoundUse {
  if (!parsed.success) throw new CollectError(`the reply${issueText(parsed.error)}`);
  const { UserName: userName, AccessKeyLastUsed: used } = parsed.data;
  const lastUsedAt = parseInstant(used.LastUsedDate);
  if (lastUsedAt === null && (used.LastUsedDate ?? 'N/A') !== 'N/A') {
    throw new CollectError('AccessKeyLastUsed.LastUsedDate: expected a date');
  }
  const keyId = /A[KS]IA[A-Z0-9]{12,124}/u.exec(basename(file.label))?.[0] ?? null;
  const known = (text: string | null | undefined): string | null => (text === 'N/A' ? null : (text ?? null));
  return {
    userName,
    label: file.label,
    keyId,
    use: { lastUsedAt, region: known(used.Region), service: known(used.ServiceName) },
  };
}

/** Ties keys to users once it is known which users there are. A key that cannot be tied is a gap. */
export function keysByUser(
  { keys, uses }: FoundKeys,
  names: NameBook,
  intake: Intake,
): ReadonlyMap<string, readonly ListedKey[]> {
  const byUser = new Map<string, Map<string, ListedKey>>();
  const userOf = (userName: string, label: string, call: string): string | null => {
    const { arn, problem } = names.resolve(userName, dirname(label), 'user');
    if (arn !== null) return arn.arn;
    intake.gaps.add({ accountId: null, feeds: ['credentials'], call, detail: `${label}: ${problem}` });
    return null;
  };
  for (const { userName, label, key } of keys) {
    const user = userOf(userName, label, CALLS.accessKeys);
    if (user === null) continue;
    const known = byUser.get(user) ?? new Map<string, ListedKey>();
    if (known.size === 0) countUser(user, intake);
    if (!known.has(key.id)) known.set(key.id, { ...key, lastUse: null });
    byUser.set(user, known);
  }
  for (const { userName, label, keyId, use } of uses) {
    const user = userOf(userName, label, CALLS.accessKeyLastUsed);
    if (user === null) continue;
    const known = [...(byUser.get(user)?.values() ?? [])];
    const [key] = keyId === null ? known : known.filter(({ id }) => id === keyId);
    if (key !== undefined && (keyId !== null || known.length === 1)) {
      byUser.get(user)?.set(key.id, { ...key, lastUse: use });
      continue;
    }
    const detail = `${label}: it does not say which access key of ${userName} it is about: name the file after the key`;
    intake.gaps.add({ accountId: null, feeds: ['credentials'], call: CALLS.accessKeyLastUsed, detail });
  }
  return new Map([...byUser].map(([user, known]) => [user, [...known.values()]]));
}

function countUser(user: string, { accounts }: Intake): void {
  const accountId = parseIamArn(user)?.accountId ?? null;
  if (accountId !== null) accounts.of(accountId).usersWithKeyLists++;
}

/** A file that cannot be read is a gap. */
async function reporting(
  file: RecognisedFile,
  call: string,
  { gaps }: Intake,
  read: () => Promise<void>,
): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof CollectError)) throw error;
    const detail = `${file.label}: ${error.message}`;
    gaps.add({ accountId: null, feeds: ['credentials'], call, status: 'failed', detail });
  }
}
