import type { Scope } from '#model/scope.ts';
import type { Guardrail } from '#model/grant.ts';
import type { Uid } from '#model/system.ts';
import { awsAccountUid } from '#model/uid.ts';
import { CallError, type CallFailure } from '#collectors/shared/live/call-error.ts';
import type { Call } from '../calls.ts';
import { partOf, textOf } from '../parts.ts';
import type { Reply, Session } from '../session.ts';
import { readPolicies } from './policies.ts';
import { readTree } from './tree.ts';

/** What the credentials see of AWS Organizations. */
export interface Organization {
  /** `none`: the account belongs to no organisation. `unknown`: nothing could be read, see `failures`. */
  readonly status: 'member' | 'none' | 'unknown';
  /** The organisation, its root and its units; not the accounts. */
  readonly scopes: readonly Scope[];
  readonly accounts: ReadonlyMap<string, MemberAccount>;
  readonly guardrails: readonly Guardrail[];
  /** The calls that were made, and what of them failed; the same for every account. */
  readonly calls: ReadonlySet<Call>;
  readonly failures: readonly FailedRead[];
}

export interface MemberAccount {
  readonly id: string;
  readonly name: string;
  /** The unit, or the root, that it is in; null: not known. */
  readonly parentUid: Uid | null;
  /** `ACTIVE`, `SUSPENDED`, … */
  readonly state: string;
}

export interface FailedRead {
  readonly call: Call;
  readonly failure: CallFailure;
  readonly about: string;
}

/** Reads within the organisation; failures are kept, and what depends on them stays out. */
export interface OrganizationReading {
  readonly session: Session;
  readonly call: (call: Call, input: Reply, about: string) => Promise<Reply | null>;
  readonly pages: (call: Call, input: Reply, about: string) => AsyncIterable<Reply>;
  readonly lost: (call: Call, about: string, what: string) => void;
}

/**
 * Reads the organisation of the session's account: its units, accounts, and service and resource control policies with
 * what they are attached to. Only the management account and delegated administrators see more than its id.
 */
export async function readOrganization(session: Session): Promise<Organization> {
  const calls = new Set<Call>();
  const failures: FailedRead[] = [];
  const known = (call: Call, about: string, error: unknown): void => {
    if (!(error instanceof CallError)) throw error;
    failures.push({ call, failure: error.failure, about });
  };
  const reading: OrganizationReading = {
    session,
    call: async (call, input, about) => {
      calls.add(call);
      return session.call(call, input).catch((error: unknown) => {
        known(call, about, error);
        return null;
      });
    },
    pages: async function* (call, input, about) {
      calls.add(call);
      try {
        yield* session.pages(call, input);
      } catch (error) {
        known(call, about, error);
      }
    },
    lost: (call, about, what) => {
      const failure = {
        kind: 'malformed',
        status: null,
        code: null,
        detail: what,
        retryAfterMs: null,
      } as const;
      failures.push({ call, about, failure });
    },
  };
  const nothing = { scopes: [], accounts: new Map<string, MemberAccount>(), guardrails: [], calls };

  const described = await reading.call('organizations:DescribeOrganization', {}, '');
  const [first] = failures;
  if (first?.failure.code?.startsWith('AWSOrganizationsNotInUse') === true) {
    return { ...nothing, status: 'none', failures: [] };
  }
  const organization = partOf(described, 'Organization');
  const uid = textOf(organization, 'Arn');
  const id = textOf(organization, 'Id');
  if (uid === null || id === null) {
    if (described !== null) reading.lost('organizations:DescribeOrganization', '', 'expected its ARN and id');
    return { ...nothing, status: 'unknown', failures };
  }
  const top: Scope = {
    uid,
    system: 'aws',
    kind: 'organization',
    name: id,
    parentUid: null,
    environment: null,
    tags: {},
    raw: null,
  };
  const tree = await readTree(reading, uid);
  const guardrails = await readPolicies(
    reading,
    tree.policyTypes,
    (target) => tree.uidOf.get(target) ?? null,
  );
  return {
    status: 'member',
    scopes: [top, ...tree.scopes],
    accounts: tree.accounts,
    guardrails,
    calls,
    failures,
  };
}

/** The scope of an account, in its organisation where that is known. */
export function accountScope(id: string, { accounts }: Organization): Scope {
  const member = accounts.get(id);
  return {
    uid: awsAccountUid(id),
    system: 'aws',
    kind: 'account',
    name: member?.name ?? id,
    parentUid: member?.parentUid ?? null,
    environment: null,
    tags: {},
    raw: member === undefined ? null : { State: member.state },
  };
}
