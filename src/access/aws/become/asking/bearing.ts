import type { Uid } from '#model/system.ts';
import { awsAccountUid } from '#model/uid.ts';
import { isAbout } from '../../action-patterns.ts';
import type { KeyLookup } from '../../condition/key-value.ts';
import { evaluateCondition } from '../../condition/evaluate.ts';
import { isPrincipalKey } from '../../context.ts';
import type { PolicyDocument } from '../../document.ts';
import type { Estate } from '../../estate.ts';
import { organizationOf, policyLevels } from '../../organization.ts';
import { hasVariables, type Pattern } from '../../pattern.ts';
import type { PolicySource } from '../../policy-source.ts';
import type { Actor } from './actor.ts';
import type { Statement } from '../../statement.ts';

/** What of a principal's policies and limits bears on one action. */
export interface Bearing {
  /** Two principals with the same key get the same answer to every question about the action. */
  readonly key: string;
  /** The same, where what allows it is known to make no difference. */
  readonly denialKey: string;
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
  readonly denialKey: string;
}

/** Works bearings out. Statements are told apart by what they say, so that equal policies of two principals are one. */
export interface Bearings {
  readonly of: (subject: BearingSubject, action: string) => Bearing;
  /** Whether a statement of the document may allow the action on anything. */
  readonly allows: (document: PolicyDocument, action: string) => boolean;
  /** Two principals with the same key are the same to all of the statements. */
  readonly keyFor: (statements: readonly Statement[], lookUp: KeyLookup) => string;
  /** Statements with the same key say the same, but for their actions. */
  readonly contentKey: (statements: readonly Statement[]) => string;
}

/** Whose policies are meant. */
export type BearingSubject = Pick<
  Actor,
  'uid' | 'kind' | 'account' | 'lookUp' | 'policies' | 'boundary' | 'view'
>;

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
  const statementsAbout = (document: PolicyDocument, action: string): readonly Statement[] => {
    const byAction = about.get(document) ?? new Map<string, readonly Statement[]>();
    const known = byAction.get(action);
    if (known !== undefined) return known;
    const lower = action.toLowerCase();
    const found = document.statements.filter(({ actions }) => isAbout(actions, lower));
    about.set(document, byAction.set(action, found));
    return found;
  };
  const organizationStatements = (estate: Estate, account: string, action: string) => {
    const byAction = ofOrganization.get(estate) ?? new Map<string, readonly Statement[]>();
    const key = `${awsAccountUid(account)} ${action}`;
    const known = byAction.get(key);
    if (known !== undefined) return known;
    const found = organizationDocuments(estate, account).flatMap((document) =>
      statementsAbout(document, action),
    );
    ofOrganization.set(estate, byAction.set(key, found));
    return found;
  };
  /** What a statement is to the principal; null: it surely does not apply. */
  const keyOf = (statement: Statement, lookUp: KeyLookup): string | null => {
    const personal = personalPart(statement, lookUp);
    return personal === null ? null : `${number(statement)}${personal}`;
  };
  const live = (document: PolicyDocument, action: string, lookUp: KeyLookup) =>
    statementsAbout(document, action).flatMap((statement) => {
      const key = keyOf(statement, lookUp);
      return key === null ? [] : [{ statement, key }];
    });

  const policyOf = (
    { document, grant }: PolicySource,
    lookUp: KeyLookup,
    action: string,
  ): BearingPolicy[] => {
    if (document === null || document.problem !== null)
      return [{ grant, isSound: false, statements: [], key: '!', denialKey: '!' }];
    const found = live(document, action, lookUp);
    if (found.length === 0) return [];
    const denials = found.filter(({ statement }) => statement.effect !== 'Allow');
    return [
      {
        grant,
        isSound: true,
        statements: found.map(({ statement }) => statement),
        key: found.map(({ key }) => key).join(','),
        denialKey: denials.map(({ key }) => key).join(','),
      },
    ];
  };
  const boundaryKey = (boundary: PolicySource | null, bound: readonly { readonly key: string }[]): string => {
    if (boundary === null) return '';
    const isSound = boundary.document !== null && boundary.document.problem === null;
    return isSound ? `B${bound.map(({ key }) => key).join(',')}` : '!';
  };

  return {
    allows: (document, action) => statementsAbout(document, action).some(({ effect }) => effect !== 'Deny'),
    contentKey: (statements) => statements.map(number).join(','),
    keyFor: (statements, lookUp) => statements.map((statement) => keyOf(statement, lookUp) ?? '-').join(','),
    of: (subject, action) => {
      const { kind, account, lookUp, boundary } = subject;
      const policies = subject.policies
        .flatMap((source) => policyOf(source, lookUp, action))
        .toSorted((a, b) => (a.key < b.key ? -1 : 1));
      const document = boundary?.document ?? null;
      const bound = document === null ? [] : live(document, action, lookUp);
      const organization = organizationStatements(subject.view.estate, account, action);
      const varying = organization.filter(isPersonal).map((statement) => keyOf(statement, lookUp) ?? '-');
      const limits = `${account} ${kind} ${boundaryKey(boundary, bound)} ${varying.join(',')} `;
      return {
        key: limits + policies.map(({ key }) => key).join('|'),
        denialKey: limits + policies.map(({ denialKey }) => denialKey).join('|'),
        policies,
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
