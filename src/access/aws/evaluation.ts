import { awsActionNumber, isWildcardOnly, resourceTemplates } from '#catalogue/aws/actions.ts';
import type { Json, Uid } from '#model/system.ts';
import { awsAccountUid } from '#model/uid.ts';
import { isAccountId, parseArn } from './arn.ts';
import type { Ask } from './ask.ts';
import { contextOf } from './context.ts';
import { parseDocument } from './document.ts';
import type { Estate } from './estate.ts';
import { rcpSide, scpSide, type GuardrailSide } from './guardrail-side.ts';
import { evaluateLayer, type Layer } from './layer.ts';
import { boundaryOf, identityPolicies } from './policy-source.ts';
import { isFederated } from './principal-match.ts';
import type { Principal } from './principal.ts';
import { homeOf } from './reach.ts';
import { evaluateResourceSide, NO_POLICY, policiesOn, type ResourceSide } from './resource-side.ts';

/** A request with its principal found and its action's nature settled. */
export interface PreparedRequest {
  readonly principal: Principal;
  /** As AWS spells it where the catalogue knows it. */
  readonly action: string;
  /** An ARN; null: none in particular, or the action knows none. */
  readonly resource: string | null;
  readonly scope: string | null;
  readonly given: Readonly<Record<string, readonly string[]>>;
  readonly sessionPolicies: readonly Json[];
}

/** What every kind of policy says of a request, before it is put together. */
export interface Evaluation {
  readonly request: PreparedRequest;
  readonly ask: Ask;
  /** null: the principal has no identity policies by its nature (a service, an identity provider, nobody). */
  readonly identity: Layer | null;
  /** The records do not have the principal, so that its policies are not known. */
  readonly stranger: boolean;
  readonly isRoot: boolean;
  readonly boundary: Layer | null;
  readonly session: Layer | null;
  readonly resource: ResourceSide;
  /** The resource's policy has to allow, whatever identity policies say: a role's trust, a KMS key. */
  readonly needsResourcePolicy: boolean;
  /** Whether it is known which resource's policies count. */
  readonly isAboutOne: boolean;
  /** Whether the policies on the resource are known, if only to be none. */
  readonly resourceIsRead: boolean;
  readonly crossAccount: boolean;
  readonly scp: GuardrailSide;
  readonly rcp: GuardrailSide;
}

/**
 * Asks every kind of policy about the request.
 * @param holder the resource whose policies count although the request names no resource: they are about what it holds
 */
export function evaluate(estate: Estate, request: PreparedRequest, holder: Uid | null = null): Evaluation {
  const { principal } = request;
  const action = request.action.toLowerCase();
  const number = awsActionNumber(action);
  const resource = number >= 0 && isWildcardOnly(number) ? null : request.resource;
  const policed = resource ?? holder;
  const policies = policed === null ? [] : policiesOn(estate, policed);
  const owner = ownerOf(policed, policies[0]?.scopeUid ?? request.scope) ?? principal.account;
  const home = homeOf(principal.partition, owner ?? '');
  const subject = {
    estate,
    principal,
    action,
    resource,
    resourceAccount: owner,
    given: request.given,
  };
  const ask: Ask = { action, number, resource, home, lookUp: contextOf(subject) };

  // A call with an identity provider's token is nobody's of this account: only the trust policy decides.
  const own = isFederated(action) ? null : principal.identity;
  const isRoot = principal.kind === 'root' && !isFederated(action);
  const boundary = own === null || isRoot ? null : boundaryOf(estate, own.uid);
  return {
    request,
    ask,
    identity: own === null || isRoot ? null : evaluateLayer(identityPolicies(estate, own.uid), ask),
    stranger: own === null && !isRoot && principal.account !== null && !isFederated(action),
    isRoot,
    boundary: boundary === null ? null : evaluateLayer([boundary], ask),
    session: request.sessionPolicies.length === 0 ? null : evaluateLayer(sessionSources(request), ask),
    resource:
      policies.length === 0
        ? NO_POLICY
        : evaluateResourceSide(estate, policies, principal, boundary !== null, ask),
    needsResourcePolicy: needsResourcePolicy(ask),
    isAboutOne: policed !== null,
    resourceIsRead: policies.length > 0 || resourcePoliciesAreRead(estate, owner),
    crossAccount:
      principal.account !== null && owner !== null && owner !== principal.account && !isFederated(action),
    scp: scpSide(estate, isFederated(action) ? { ...principal, account: null } : principal, ask),
    rcp: rcpSide(estate, principal, owner, ask),
  };
}

/** The actions that only a role's trust policy can allow. */
const TRUST_ACTIONS: ReadonlySet<string> = new Set([
  'sts:assumerole',
  'sts:assumerolewithsaml',
  'sts:assumerolewithwebidentity',
]);

/**
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html and
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html: role trust policies and
 * key policies must allow explicitly.
 */
export function needsResourcePolicy({
  action,
  number,
  resource,
}: Pick<Ask, 'action' | 'number' | 'resource'>): boolean {
  if (TRUST_ACTIONS.has(action)) return true;
  if (!action.startsWith('kms:') || number < 0) return false;
  return resource === null
    ? resourceTemplates(number).some((template) => template.includes(':key/'))
    : resource.includes(':key/');
}

/** The account in the resource's ARN; a bucket's has none, its policy's scope tells. Null: not known. */
function ownerOf(resource: string | null, scope: string | null): string | null {
  const account = resource === null ? '' : (parseArn(resource)?.account ?? '');
  if (isAccountId(account)) return account;
  const scoped = scope?.startsWith('aws:') === true ? scope.slice('aws:'.length) : '';
  return isAccountId(scoped) ? scoped : null;
}

function sessionSources({ sessionPolicies }: PreparedRequest) {
  return sessionPolicies.map((json, index) => ({
    uid: `session-policy/${index}`,
    title: `session policy ${index + 1}`,
    document: parseDocument(json),
    grant: null,
  }));
}

function resourcePoliciesAreRead(estate: Estate, account: string | null): boolean {
  const scope = account === null ? '' : awsAccountUid(account);
  const rows = (estate.coverage.get(scope) ?? []).filter(({ feed }) => feed === 'resource-policies');
  return rows.length > 0 && rows.every(({ status }) => status === 'complete');
}
