import type { Instant, Uid } from '#model/system.ts';
import { UsageError } from '#model/errors.ts';
import { readIdentity, subjectsOf } from '#revocation/read-subjects.ts';
import type { Reader } from '#store/reader.ts';

/** A finding, as far as it says what a playbook for one subject is about. */
export interface FindingAbout {
  readonly id: string;
  readonly identityUid: Uid;
  /** null: it is about the identity. */
  readonly subjectUid: Uid | null;
  readonly evidence: unknown;
}

/**
 * The one credential, grant or trust that a finding is about: what it names, or the one of those in its evidence that
 * `chosen` names. Throws UsageError where several are left: which of two keys nobody needs is not for a program to say.
 */
export async function subjectOfFinding(
  snapshot: Reader,
  { id, identityUid, subjectUid, evidence }: FindingAbout,
  chosen: string | undefined,
): Promise<Uid> {
  const records = await readIdentity(snapshot, identityUid);
  const subjects = records === null ? [] : subjectsOf(records).filter(({ table }) => table !== 'identities');
  const named = textsIn(evidence);
  const candidates = subjects.filter(({ row }) =>
    subjectUid === null ? named.has(row.uid) : row.uid === subjectUid,
  );
  const fitting = candidates.filter(({ row }) => chosen === undefined || row.uid.endsWith(chosen));
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return only.row.uid;
  if (candidates.length === 0 && chosen === undefined) {
    if (subjectUid !== null) return subjectUid;
    throw new UsageError(`${id}: the finding names nothing that this playbook could take away`, {
      hint: 'Plan for the whole identity with --identity, or with another --playbook.',
    });
  }
  throw new UsageError(
    chosen === undefined
      ? `${id}: the finding is about ${candidates.length} of the identity’s, and a plan is about one`
      : `--subject ${chosen}: ${fitting.length === 0 ? 'not one' : 'more than one'} that the finding is about`,
    { hint: `Name one with --subject: ${candidates.map(words).join(', ')}` },
  );
}

function words({ table, row }: ReturnType<typeof subjectsOf>[number]): string {
  if (table !== 'credentials') return row.uid;
  const used: Instant | null = row.lastUsedAt;
  const when =
    used === null
      ? row.lastUsedEvidence === 'never'
        ? 'never used'
        : 'last use not known'
      : `last used ${used}`;
  return `${row.uid} (${when})`;
}

const MAX_DEPTH = 10;

/** Every text in a finding's evidence. */
function textsIn(value: unknown, depth = 0, found = new Set<string>()): ReadonlySet<string> {
  if (typeof value === 'string') found.add(value);
  else if (typeof value === 'object' && value !== null && depth < MAX_DEPTH)
    for (const each of Object.values(value)) textsIn(each, depth + 1, found);
  return found;
}
