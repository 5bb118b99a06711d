import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import { adminUid, anyAwsPrincipalUid, awsAccountUid } from '#model/uid.ts';
import { parseArn } from '../../arn.ts';
import { isCallersChoice } from '../../caller-choice.ts';
import { ABSENT, OPEN, value, type KeyLookup } from '../../condition/key-value.ts';
import { evaluateCondition } from '../../condition/evaluate.ts';
import { organizationOf } from '../../organization.ts';
import { allOf, type Truth } from '../../truth.ts';
import { step } from '../step.ts';
import type { OutsideTrust } from '../found/trust-index.ts';
import type { World } from '../world.ts';

/**
 * From those whom trust policies let in from elsewhere: a principal of an account that is not in the records by its
 * ARN, an account by whoever has full control over it, everybody by one node for all. What such a caller may do is not
 * known, and nothing keeps it from having the permission.
 */
export function* outsideSteps(world: World): Generator<BecomeEdge> {
  for (const trust of world.trusts.outside) {
    const truth = conditionsHold(world, trust);
    if (truth === 'no' || isStopped(world, trust, truth)) continue;
    const certainty = truth === 'yes' && !trust.isDenying ? 'certain' : 'conditional';
    const evidence = world.trustPolicyOf(trust.roleUid);
    yield step(nodeOf(trust), trust.roleUid, 'assume-role', ['sts:AssumeRole'], certainty, evidence);
  }
}

function nodeOf({ trusted }: OutsideTrust): Uid {
  switch (trusted.kind) {
    case 'everybody':
      return anyAwsPrincipalUid();
    case 'account':
      return adminUid(awsAccountUid(trusted.account));
    case 'principal':
      return trusted.arn;
  }
}

/** What a caller chooses itself it chooses well: an external id is known to whom it was given. */
function conditionsHold(world: World, trust: OutsideTrust): Truth {
  const lookUp = lookUpOf(world, trust);
  const { conditions, problem } = trust.statement;
  const truths = conditions
    .filter(({ lowerKey }) => !isCallersChoice(lowerKey))
    .map((condition) => evaluateCondition(condition, lookUp));
  return allOf(problem === null ? 'yes' : 'unknown', ...truths);
}

function lookUpOf({ views }: World, { trusted }: OutsideTrust): KeyLookup {
  const account = accountOf(trusted);
  const organization = account === null ? null : organizationOf(views.asIs.estate, account);
  return (key) => {
    switch (key) {
      case 'aws:principalarn':
        return trusted.kind === 'principal' ? value(trusted.arn) : OPEN;
      case 'aws:principalaccount':
        return account === null ? OPEN : value(account);
      case 'aws:principalorgid':
        if (organization === null || organization.status === 'unknown') return OPEN;
        return organization.id === null ? ABSENT : value(organization.id);
      case 'aws:principalisawsservice':
        return value('false');
      case 'aws:sourcearn':
      case 'aws:sourceaccount':
        return ABSENT;
      default:
        return OPEN;
    }
  };
}

function accountOf(trusted: OutsideTrust['trusted']): string | null {
  switch (trusted.kind) {
    case 'everybody':
      return null;
    case 'account':
      return trusted.account;
    case 'principal':
      return parseArn(trusted.arn)?.account ?? null;
  }
}

/** Whether a resource control policy keeps out somebody whom the trust policy surely lets in. */
function isStopped({ views }: World, { roleUid, trusted, isDenying }: OutsideTrust, truth: Truth): boolean {
  if (truth !== 'yes' || isDenying) return false;
  const account = accountOf(trusted) ?? SOME_ACCOUNT;
  const principal = trusted.kind === 'principal' ? trusted.arn : `arn:aws:iam::${account}:role/anybody`;
  return (
    views.asIs.questions.may({ principal, action: 'sts:AssumeRole', resource: roleUid }).verdict === 'denied'
  );
}

/** Nobody's. */
const SOME_ACCOUNT = '000000000000';
