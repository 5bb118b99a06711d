import { z } from 'zod';
import type { Feed } from '#model/scope.ts';
import type { Instant, Uid } from '#model/system.ts';
import type { IamArn } from '../arn.ts';
import type { UserEvidence } from '../credentials/evidence.ts';
import { parseInstant } from '../instant.ts';
import type { AccountFacts } from '../intake/accounts.ts';
import { issueText } from '../intake/issue-text.ts';
import type { Marks } from '../intake/marks.ts';
import type { Rows } from '../intake/rows.ts';

/** What the rows of an entity need to know besides the entity itself. */
export interface EstateKnowledge {
  readonly asOf: Instant;
  /** Every account of the import: what trusts another one trusts an outsider. */
  readonly ownAccounts: ReadonlySet<string>;
  readonly marks: Marks;
  /** The ARN of a group by its name; null: the group was not exported. */
  readonly groupArn: (accountId: string, name: string) => string | null;
  /** The newest default version, as a number, of a policy that AWS manages, over all files. */
  readonly newestVersion: (policyArn: string) => number | null;
  readonly evidenceOf: (userArn: Uid) => UserEvidence;
}

/** One entity that is being turned into rows. */
export interface EntityReading {
  readonly arn: IamArn;
  readonly estate: EstateKnowledge;
  readonly account: AccountFacts;
  readonly scopeUid: Uid;
  readonly emit: Rows['emit'];
  /** Says that a part of the entity was not understood, and which feeds it would have filled. */
  readonly problem: (feeds: readonly Feed[], what: string) => void;
}

/** A value as it should be; null with a problem where it is not. Absent: null. */
export function readOne<Schema extends z.ZodType>(
  value: unknown,
  schema: Schema,
  name: string,
  problem: (what: string) => void,
): z.infer<Schema> | null {
  if (value === undefined || value === null) return null;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  problem(`${name}${issueText(parsed.error)}`);
  return null;
}

const anyList = z.array(z.unknown());

/** The elements of a list that are as they should be; the others, and what is no list, are problems. Absent: empty. */
export function readEach<Schema extends z.ZodType>(
  value: unknown,
  schema: Schema,
  name: string,
  problem: (what: string) => void,
): z.infer<Schema>[] {
  const elements = readOne(value, anyList, name, problem) ?? [];
  return elements.flatMap((element, at) => {
    const read = readOne(element ?? {}, schema, `${name}[${at}]`, problem);
    return read === null ? [] : [read];
  });
}

/** A time; null where it is absent, and with a problem where it is no time. */
export function readInstant(value: unknown, name: string, problem: (what: string) => void): Instant | null {
  if (value === undefined || value === null) return null;
  const instant = parseInstant(value);
  if (instant === null) problem(`${name}: expected a date`);
  return instant;
}
