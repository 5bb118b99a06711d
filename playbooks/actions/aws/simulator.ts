import type { EvaluationResult } from '@aws-sdk/client-iam';
import { defineEvaluator, type DecisionCheck } from '#contract/action.ts';
import { inAccountOf, type Account } from './account.ts';
import { isQuarantine } from './attach-quarantine.ts';
import { OWN_POLICY_NAMES } from './own-policy.ts';
import { allPages } from './pages.ts';
import { policiesOf } from './policies.ts';
import { formerRights, wordsOf, type Right } from './rights.ts';

const MOST_LINES = 100;
const ACTIONS_AT_ONCE = 50;

/**
 * Asks IAM's policy simulator. It knows identity policies, boundaries and organisation policies without conditions, and
 * neither trust policies nor resource policies: only an explicit deny rules those out. It takes no wildcards in actions.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html
 */
export const simulator = defineEvaluator({
  system: 'aws',
  title: 'SimulatePrincipalPolicy',
  permissions: [
    'iam:GetRole',
    'iam:GetRolePolicy',
    'iam:GetUser',
    'iam:GetUserPolicy',
    'iam:SimulatePrincipalPolicy',
  ],
  ask: (former, context) =>
    inAccountOf(former.identity.uid, context, async (account): Promise<DecisionCheck> => {
      const { literal, patterns, unknown } = formerRights(former);
      const total = literal.length + patterns.length;
      if ((await account.id()) === null) {
        // Who is not there can do nothing.
        const asked = Math.max(1, total);
        return { asked, denied: asked, allowed: [], unknown: [] };
      }
      const tally: Tally = { denied: 0, implicit: 0, allowed: [], unknown: [...unknown] };
      for (const [resource, actions] of byResource(literal)) {
        for (const result of await simulate(account, actions, resource)) count(result, resource, tally);
      }
      if (patterns.length > 0 && (await isDeniedEverything(account))) tally.denied += patterns.length;
      else tally.unknown.push(...patterns.map((pattern) => `${pattern}: the simulator takes no wildcards`));
      if (tally.implicit > 0) {
        tally.unknown.push('what resource policies and trust policies allow without an explicit deny');
      }
      return {
        asked: total,
        denied: tally.denied,
        allowed: tally.allowed.slice(0, MOST_LINES),
        unknown: tally.unknown.slice(0, MOST_LINES),
      };
    }),
});

interface Tally {
  denied: number;
  implicit: number;
  readonly allowed: string[];
  readonly unknown: string[];
}

function count(result: EvaluationResult, resource: string, tally: Tally): void {
  const { EvalActionName: action = '', EvalDecision: decision, MissingContextValues: missing = [] } = result;
  const right = wordsOf({ action, resource });
  if (decision === 'allowed') tally.allowed.push(right);
  else if (decision === 'explicitDeny') tally.denied++;
  else if (missing.length > 0) tally.unknown.push(`${right}: it depends on ${missing.join(', ')}`);
  else {
    tally.denied++;
    tally.implicit++;
  }
}

/** The quarantine is there as it was put, and the simulator agrees that it denies. */
async function isDeniedEverything(account: Account): Promise<boolean> {
  const text = await policiesOf(account).inline(OWN_POLICY_NAMES.quarantine);
  if (text === null || !isQuarantine(text)) return false;
  const results = await simulate(account, ['iam:ListUsers'], '*');
  return results.length > 0 && results.every(({ EvalDecision }) => EvalDecision === 'explicitDeny');
}

async function simulate(
  { ask, principal: { arn: PolicySourceArn } }: Account,
  actions: readonly string[],
  resource: string,
): Promise<EvaluationResult[]> {
  const results: EvaluationResult[] = [];
  for (let at = 0; at < actions.length; at += ACTIONS_AT_ONCE) {
    const input = {
      PolicySourceArn,
      ActionNames: actions.slice(at, at + ACTIONS_AT_ONCE),
      ...(resource === '*' ? {} : { ResourceArns: [resource] }),
    };
    const pages = allPages(
      (marker) => ask((iam, options) => iam.simulatePrincipalPolicy({ ...input, ...marker }, options)),
      ({ EvaluationResults }) => EvaluationResults,
    );
    results.push(...(await pages));
  }
  return results;
}

function byResource(rights: readonly Right[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { action, resource } of rights) {
    groups.set(resource, [...(groups.get(resource) ?? []), action]);
  }
  return groups;
}
