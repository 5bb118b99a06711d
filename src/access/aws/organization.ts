import { awsAccountUid } from '#model/uid.ts';
import type { Uid } from '#model/system.ts';
import { parseArn } from './arn.ts';
import type { Estate } from './estate.ts';
import { guardrailPolicy, type PolicySource } from './policy-source.ts';

/** Where an account stands in its organisation, as far as was collected. */
export interface Organization {
  /** `none`: it belongs to no organisation, so that no SCP or RCP limits it. */
  readonly status: 'member' | 'none' | 'unknown';
  /** `o-…`; null: not known. */
  readonly id: string | null;
  /** What `aws:PrincipalOrgPaths` says; null: not known. */
  readonly path: string | null;
  /** The account that SCPs and RCPs do not bind; null: not known. */
  readonly managementAccount: string | null;
  /** The scopes that policies can be attached to, from the account up to the root. */
  readonly levels: readonly Uid[];
}

/** The policies of one kind that hang on one scope over an account. They count together, and every level must allow. */
export interface PolicyLevel {
  readonly scopeUid: Uid;
  readonly policies: readonly PolicySource[];
}

/**
 * Says what the records know of an account's organisation. They know it where the account's scope has a parent that
 * leads up to one, and its policies were read; a complete `organizations:…` coverage row of an account without a
 * parent says that it belongs to none.
 */
export function organizationOf(estate: Estate, account: string): Organization {
  const known = remembered.get(estate) ?? new Map<string, Organization>();
  const organization = known.get(account) ?? findOrganization(estate, account);
  remembered.set(estate, known.set(account, organization));
  return organization;
}

const remembered = new WeakMap<Estate, Map<string, Organization>>();

function findOrganization(estate: Estate, account: string): Organization {
  const levels = chainOf(estate, awsAccountUid(account));
  const ids = levels.toReversed().map((uid) => /(?:^|[/:])((?:o|r|ou)-[a-z0-9-]+)$/u.exec(uid)?.[1] ?? null);
  const organizationArn = levels.map((uid) => parseArn(uid)).find((arn) => arn?.service === 'organizations');
  const id =
    levels.map((uid) => /(?:^|[/:])(o-[a-z0-9]{10,32})(?:$|\/)/u.exec(uid)?.[1]).find(Boolean) ?? null;
  const units = ids.slice(0, -1);
  return {
    status: statusOf(estate, levels),
    id,
    path: id === null || units.includes(null) ? null : `${[...new Set([id, ...units])].join('/')}/`,
    managementAccount: organizationArn?.account ?? null,
    levels,
  };
}

/** The policies of a kind on every level over the account, from the account up; `unknown`: some were not collected. */
export function policyLevels(
  estate: Estate,
  { levels }: Organization,
  kind: 'service-control-policy' | 'resource-control-policy',
): readonly PolicyLevel[] | 'unknown' {
  const found = levels.map((scopeUid): PolicyLevel => {
    const guardrails = (estate.guardrails.get(scopeUid) ?? []).filter((guardrail) => guardrail.kind === kind);
    return { scopeUid, policies: guardrails.map((guardrail) => guardrailPolicy(estate, guardrail)) };
  });
  const inUse = found.some(({ policies }) => policies.length > 0);
  // With SCPs in use AWS keeps one at every level, so that a level without any was not read.
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
  const gap = found.some(({ scopeUid, policies }) => policies.length === 0 && !isUmbrella(estate, scopeUid));
  if (kind === 'service-control-policy' && inUse && gap) return 'unknown';
  return found.filter(({ policies }) => policies.length > 0);
}

/** Whether a coverage row is about reading the organisation's policies. */
export function isOrganizationCall(call: string): boolean {
  return /organi[sz]ation/iu.test(call);
}

function statusOf(estate: Estate, levels: readonly Uid[]): Organization['status'] {
  const rows = levels
    .flatMap((uid) => estate.coverage.get(uid) ?? [])
    .filter(({ feed, call }) => feed === 'guardrails' && isOrganizationCall(call));
  const isRead = rows.length > 0 && rows.every(({ status }) => status === 'complete');
  const hasPolicies = levels.some((uid) => (estate.guardrails.get(uid) ?? []).length > 0);
  const top = estate.scopes.get(levels.at(-1) ?? '')?.kind;
  const reachesTop =
    levels.length > 1 && top !== undefined && top !== 'organizational-unit' && top !== 'account';
  if (reachesTop && (isRead || (hasPolicies && rows.length === 0))) return 'member';
  if (levels.length === 1 && isRead) return 'none';
  return estate.assumptions.organization === 'none' && levels.length === 1 ? 'none' : 'unknown';
}

/** The account's scope and what is over it; a circle ends it. */
function chainOf(estate: Estate, accountUid: Uid): Uid[] {
  const chain = [accountUid];
  for (
    let parent = estate.scopes.get(accountUid)?.parentUid ?? null;
    parent !== null && !chain.includes(parent);
    parent = estate.scopes.get(parent)?.parentUid ?? null
  ) {
    chain.push(parent);
  }
  return chain;
}

/** The organisation itself carries no policies: its root does. */
function isUmbrella(estate: Estate, uid: Uid): boolean {
  return estate.scopes.get(uid)?.kind === 'organization';
}
