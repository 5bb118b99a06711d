import { supportsRcp } from '#catalogue/aws/actions.ts';
import type { Uid } from '#model/system.ts';
import { isServiceLinkedRole } from './arn.ts';
import type { Ask } from './ask.ts';
import type { Estate } from './estate.ts';
import { evaluateLayer, type Layer } from './layer.ts';
import { organizationOf, policyLevels } from './organization.ts';
import type { Principal } from './principal.ts';
import { allOf, anyOf, type Truth } from './truth.ts';

/** What an organisation's policies of one kind say of a request. */
export interface GuardrailSide {
  readonly allow: Truth;
  readonly deny: Truth;
  /** A layer a level, from the account up to the root; none: nothing limits the request. */
  readonly levels: readonly { readonly scopeUid: Uid; readonly layer: Layer }[];
  /** The account whose organisation's policies were not collected; null: they were, or none apply. */
  readonly missing: string | null;
}

const FREE: GuardrailSide = { allow: 'yes', deny: 'no', levels: [], missing: null };

/**
 * Service control policies bind the users and roles of member accounts and their root users: not the management
 * account's, not service-linked roles, not callers from elsewhere.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#not-restricted-by-scp
 */
export function scpSide(estate: Estate, { kind, account, name }: Principal, ask: Ask): GuardrailSide {
  if (account === null || (kind === 'role' && isServiceLinkedRole(name))) return FREE;
  return sideOf(estate, account, 'service-control-policy', ask);
}

/**
 * Resource control policies bind the resources of member accounts, whoever calls, of the services that support them:
 * not the management account's, not calls of service-linked roles.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export function rcpSide(
  estate: Estate,
  { kind, name }: Principal,
  owner: string | null,
  ask: Ask,
): GuardrailSide {
  const isBound = supportsRcp(ask.action.slice(0, ask.action.indexOf(':')));
  if (owner === null || !isBound || (kind === 'role' && isServiceLinkedRole(name))) return FREE;
  // "The kms:RetireGrant permission is not effective in an RCP."
  if (ask.action === 'kms:retiregrant') return FREE;
  // RCPFullAWSAccess allows everything on every level and cannot be detached; all others can only deny.
  const side = sideOf(estate, owner, 'resource-control-policy', ask);
  return side.missing === null ? { ...side, allow: 'yes' } : side;
}

function sideOf(
  estate: Estate,
  account: string,
  kind: 'service-control-policy' | 'resource-control-policy',
  ask: Ask,
): GuardrailSide {
  const organization = organizationOf(estate, account);
  if (organization.status === 'none' || organization.managementAccount === account) return FREE;
  const policies = organization.status === 'member' ? policyLevels(estate, organization, kind) : 'unknown';
  if (policies === 'unknown') return { allow: 'unknown', deny: 'unknown', levels: [], missing: account };
  const levels = policies.map((level) => ({
    scopeUid: level.scopeUid,
    layer: evaluateLayer(level.policies, ask),
  }));
  return {
    allow: allOf(...levels.map(({ layer }) => layer.allow)),
    deny: anyOf(...levels.map(({ layer }) => layer.deny)),
    levels,
    missing: null,
  };
}
