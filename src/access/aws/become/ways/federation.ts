import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import { federatedSubjectUid, samlSubjectUid } from '#model/uid.ts';
import { isAbout } from '../../action-patterns.ts';
import { parseArn } from '../../arn.ts';
import type { Condition } from '../../condition/parse.ts';
import type { Statement } from '../../statement.ts';
import { step } from '../step.ts';
import type { World } from '../world.ts';
import { POD_IDENTITY } from './pod-identity.ts';

const WEB_IDENTITY = 'sts:AssumeRoleWithWebIdentity';
const SAML = 'sts:AssumeRoleWithSAML';

/**
 * From whoever has a token of an identity provider to the roles that trust it: pods with a ServiceAccount of a cluster,
 * pipelines, people. A trust that does not name the subject lets in all of the provider.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html
 */
export function* federationSteps(world: World): Generator<BecomeEdge> {
  const { estate } = world.views.asIs;
  for (const { uid, kind } of estate.identities.values()) {
    if (kind !== 'iam-role') continue;
    for (const { kind: policy, document } of estate.resourcePolicies.get(uid) ?? []) {
      if (policy !== 'trust') continue;
      for (const statement of estate.documentOf(document).statements) {
        yield* webIdentitySteps(world, uid, statement);
        yield* samlSteps(world, uid, statement);
        yield* podIdentitySteps(world, uid, statement);
      }
    }
  }
}

function* webIdentitySteps(world: World, roleUid: Uid, statement: Statement): Generator<BecomeEdge> {
  for (const provider of providersOf(statement, WEB_IDENTITY)) {
    const arn = parseArn(provider);
    if (arn !== null && !arn.resource.startsWith('oidc-provider/')) continue;
    const issuer = arn === null ? provider : arn.resource.slice('oidc-provider/'.length);
    for (const subject of subjectsOf(statement, `${issuer.toLowerCase()}:sub`)) {
      const edge = { fromUid: federatedSubjectUid(issuer, subject), roleUid, action: WEB_IDENTITY };
      const context = {
        [`${issuer}:aud`]: firstOperand(statement, `${issuer.toLowerCase()}:aud`),
        [`${issuer}:sub`]: [example(subject)],
      };
      yield* trusted(world, { ...edge, provider, context, via: 'web-identity' });
    }
  }
}

function* samlSteps(world: World, roleUid: Uid, statement: Statement): Generator<BecomeEdge> {
  for (const provider of providersOf(statement, SAML)) {
    if (parseArn(provider)?.resource.startsWith('saml-provider/') !== true) continue;
    const context = { 'saml:aud': firstOperand(statement, 'saml:aud') };
    const edge = { fromUid: samlSubjectUid(provider), roleUid, action: SAML, provider, context };
    yield* trusted(world, { ...edge, via: 'saml' });
  }
}

/**
 * EKS Pod Identity where no association is known: which ServiceAccount gets the role is said in EKS, and only session
 * tags in the trust policy can narrow it. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 */
function* podIdentitySteps(world: World, roleUid: Uid, statement: Statement): Generator<BecomeEdge> {
  const { effect, actions, principals } = statement;
  if (effect === 'Deny' || !isAbout(actions, 'sts:assumerole')) return;
  if (principals?.services.includes(POD_IDENTITY) !== true) return;
  const tag = (name: string): readonly string[] => subjectsOf(statement, `aws:requesttag/${name}`);
  for (const namespace of tag('kubernetes-namespace')) {
    for (const account of tag('kubernetes-service-account')) {
      const subject = federatedSubjectUid(POD_IDENTITY, `system:serviceaccount:${namespace}:${account}`);
      const evidence = world.trustPolicyOf(roleUid);
      yield step(subject, roleUid, 'pod-identity', ['sts:AssumeRole'], 'conditional', evidence);
    }
  }
}

function* trusted(
  world: World,
  edge: {
    readonly fromUid: Uid;
    readonly roleUid: Uid;
    readonly action: string;
    readonly provider: string;
    readonly context: Readonly<Record<string, readonly string[]>>;
    readonly via: string;
  },
): Generator<BecomeEdge> {
  const { fromUid, roleUid, action, provider, context, via } = edge;
  const request = { principal: provider, action, resource: roleUid, context };
  const { verdict } = world.views.asIs.questions.may(request);
  if (verdict === 'denied') return;
  const certainty = verdict === 'allowed' ? 'certain' : 'conditional';
  yield step(fromUid, roleUid, via, [action], certainty, world.trustPolicyOf(roleUid));
}

function providersOf({ effect, actions, principals }: Statement, action: string): readonly string[] {
  if (effect === 'Deny' || principals === null || principals.negated) return [];
  return isAbout(actions, action.toLowerCase()) ? principals.federated : [];
}

/** The values that the statement holds a key to, wildcards among them; `*` where it does not. */
function subjectsOf({ conditions }: Statement, lowerKey: string): readonly string[] {
  const named = conditions.find((condition) => condition.lowerKey === lowerKey && isPlainText(condition));
  return named === undefined ? ['*'] : named.operands.map(({ text }) => text);
}

/** A token has one subject always: quantifiers and `IfExists` change nothing. */
function isPlainText({ operator }: Condition): boolean {
  return operator !== null && !operator.negated && operator.comparison.of === 'string';
}

function firstOperand({ conditions }: Statement, lowerKey: string): readonly string[] {
  const named = conditions.find((condition) => condition.lowerKey === lowerKey && isPlainText(condition));
  return (named?.operands ?? []).slice(0, 1).map(({ text }) => example(text));
}

/** A text that the pattern fits. */
function example(pattern: string): string {
  return pattern.replaceAll(/[*?]/gu, 'x');
}
