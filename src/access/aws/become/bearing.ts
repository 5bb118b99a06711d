import type { Uid } from '#model/system.ts';
import { awsAccountUid } from '#model/uid.ts';
import { isAbout } from '../action-patterns.ts';
import type { KeyLookup } from '../condition/key-value.ts';
import { evaluateCondition } from '../condition/evaluate.ts';
import { isPrincipalKey } from '../context.ts';
import type { PolicyDocument } from '../document.ts';
import type { Estate } from '../estate.ts';
import { organizationOf, policyLevels } from '../organization.ts';
import { hasVariables, type Pattern } from '../pattern.ts';
import { boundaryOf, identityPolicies } from '../policy-source.ts';
import type { Statement } from '../statement.ts';

/** What of a principal's policies and limits bears on one action. */
export interface Bearing {
  /** Two principals with the same key get the same answer to every question about the action. */
  readonly key: string;
  /** The identity policies with a statement about it, or not understood, in the order of the key. */
  readonly policies: readonly BearingPolicy[];
  /** The statements of boundary and organisation. */
  readonly limits: readonly Statement[];
}

/** One identity policy with its statements about the action that may apply to the principal. */
export interface BearingPolicy {
  readonly grant: Uid | null;
  /** false: the policy is missing or not understood. */
  readonly isSound: boolean;
  readonly statements: readonly Statement[];
  readonly key: string;
}

/** Works bearings out. Statements are told apart by what they say, so that equal policies of two principals are one. */
export interface Bearings {
  readonly of: (estate: Estate, subject: BearingSubject, lowerAction: string) => Bearing;
}

/** Whose policies are meant. */
export interface BearingSubject {
  readonly uid: Uid;
  readonly kind: string;
  readonly account: string;
  /** What is known of the principal whatever it asks for. */
  readonly lookUp: KeyLookup;
}

/** An empty memory of statements. */
export function bearings(): Bearings {
  const numbers = new Map<string, number>();
  const numberOf = new WeakMap<Statement, number>();
  const about = new WeakMap<PolicyDocument, Map<string, readonly Statement[]>>();
  const ofOrganization = new WeakMap<Estate, Map<string, readonly Statement[]>>();

  const number = (statement: Statement): number => {
    const known = numberOf.get(statement);
    if (known !== undefined) return known;
    const text = contentOf(statement);
    const found = numbers.get(text) ?? numbers.size;
    numbers.set(text, found);
    numberOf.set(statement, found);
    return found;
  };
  const statementsAbout = (document: PolicyDocument, lowerAction: string): readonly Statement[] => {
    const byAction = about.get(document) ?? new Map<string, readonly Statement[]>();
    const known = byAction.get(lowerAction);
    if (known !== undefined) return known;
    const found = document.statements.filter(({ actions }) => isAbout(actions, lowerAction));
    about.set(document, byAction.set(lowerAction, found));
    return found;
  };
  const organizationStatements = (estate: Estate, account: string, lowerAction: string) => {
    const byAction = ofOrganization.get(estate) ?? new Map<string, readonly Statement[]>();
    const key = `${awsAccountUid(account)} ${lowerAction}`;
    const known = byAction.get(key);
    if (known !== undefined) return known;
    const found = organizationDocuments(estate, account).flatMap((document) =>
      statementsAbout(document, lowerAction),
    );
    ofOrganization.set(estate, byAction.set(key, found));
    return found;
  };
  /** What a statement is to the principal; null: it surely does not apply. */
  const keyOf = (statement: Statement, lookUp: KeyLookup): string | null => {
    const personal = personalPart(statement, lookUp);
    return personal === null ? null : `${number(statement)}${personal}`;
  };
  const live = (document: PolicyDocument, lowerAction: string, lookUp: KeyLookup) =>
    statementsAbout(document, lowerAction).flatMap((statement) => {
      const key = keyOf(statement, lookUp);
      return key === null ? [] : [{ statement, key }];
    });

  return {
    of: (estate, { uid, kind, account, lookUp }, lowerAction) => {
      const policies = identityPolicies(estate, uid).flatMap(({ document, grant }): BearingPolicy[] => {
        if (document === null || document.problem !== null)
          return [{ grant, isSound: false, statements: [], key: '!' }];
        const found = live(document, lowerAction, lookUp);
        if (found.length === 0) return [];
        const statements = found.map(({ statement }) => statement);
        return [{ grant, isSound: true, statements, key: found.map(({ key }) => key).join(',') }];
      });
      const inOrder = policies.length < 2 ? policies : policies.toSorted((a, b) => (a.key < b.key ? -1 : 1));
      const boundary = boundaryOf(estate, uid)?.document;
      const bound = boundary === undefined || boundary === null ? [] : live(boundary, lowerAction, lookUp);
      const organization = organizationStatements(estate, account, lowerAction);
      const varying = organization.filter(isPersonal).map((statement) => keyOf(statement, lookUp) ?? '-');
      const limit =
        boundary === undefined
          ? ''
          : boundary === null || boundary.problem !== null
            ? '!'
            : `B${bound.map(({ key }) => key).join(',')}`;
      return {
        key: [account, kind, inOrder.map(({ key }) => key).join('|'), limit, varying.join(',')].join(' '),
        policies: inOrder,
        limits: [...bound.map(({ statement }) => statement), ...organization],
      };
    },
  };
}

function organizationDocuments(estate: Estate, account: string): PolicyDocument[] {
  const organization = organizationOf(estate, account);
  if (organization.status !== 'member') return [];
  return (['service-control-policy', 'resource-control-policy'] as const).flatMap((kind) => {
    const levels = policyLevels(estate, organization, kind);
    return levels === 'unknown'
      ? []
      : levels.flatMap(({ policies }) => policies.flatMap(({ document }) => document ?? []));
  });
}

/** What a statement says, but for its actions. */
function contentOf({ effect, resources, conditions, problem }: Statement): string {
  return JSON.stringify([
    effect,
    problem,
    resources === null ? null : [resources.negated, resources.patterns],
    conditions.map(({ name, lowerKey, operands }) => [
      name,
      lowerKey,
      operands.map(({ pattern }) => pattern),
    ]),
  ]);
}

/** Whether what the statement does hangs on who the principal is. */
export function isPersonal({ conditions, resources }: Statement): boolean {
  return (
    conditions.some(
      ({ lowerKey, operands }) =>
        (isPrincipalKey(lowerKey) && !ACCOUNT_WIDE.has(lowerKey)) ||
        operands.some(({ pattern }) => hasVariables(pattern)),
    ) ||
    (resources?.patterns.some(hasVariables) ?? false)
  );
}

/** Keys that say the same of everybody in an account. */
const ACCOUNT_WIDE: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:principalorgpaths',
]);

/** What of the statement hangs on who the principal is, settled for one; null: a condition on that does not hold. */
function personalPart(statement: Statement, lookUp: KeyLookup): string | null {
  if (!isPersonal(statement)) return '';
  const parts: string[] = [];
  for (const condition of statement.conditions) {
    const truth = isPrincipalKey(condition.lowerKey) ? evaluateCondition(condition, lookUp) : 'open';
    if (truth === 'no') return null;
    parts.push(truth);
    if (truth === 'open')
      parts.push(...condition.operands.flatMap(({ pattern }) => filledIn(pattern, lookUp)));
  }
  for (const pattern of statement.resources?.patterns ?? []) parts.push(...filledIn(pattern, lookUp));
  return `{${parts.join(';')}}`;
}

function filledIn(pattern: Pattern, lookUp: KeyLookup): string[] {
  return pattern.flatMap((part) =>
    typeof part === 'object' && 'key' in part ? [JSON.stringify(lookUp(part.key))] : [],
  );
}
