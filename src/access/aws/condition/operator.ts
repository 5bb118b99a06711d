/** What kind of values an operator compares, and how. */
export type Comparison = ValueComparison | { readonly of: 'null' };

/** A comparison of the request's value with the policy's. */
export type ValueComparison =
  | { readonly of: 'string'; readonly ignoreCase: boolean; readonly wildcards: boolean }
  | { readonly of: 'number' | 'date'; readonly order: Order }
  | { readonly of: 'bool' | 'binary' | 'ip' | 'arn' };

/** How the request's value must lie to the policy's. */
export type Order = 'equal' | 'less' | 'less-or-equal' | 'greater' | 'greater-or-equal';

/** A condition operator taken apart. */
export interface Operator {
  readonly comparison: Comparison;
  /** A negated operator holds where the plain one does not, also where the key is missing. */
  readonly negated: boolean;
  readonly ifExists: boolean;
  /** How the values of a key with several of them count; null: one match is enough. */
  readonly quantifier: 'ForAllValues' | 'ForAnyValue' | null;
}

/**
 * Reads an operator's name in any case; null where IAM has no such operator.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function parseOperator(name: string): Operator | null {
  const parts = /^(?:(forallvalues|foranyvalue):)?(\w+?)(ifexists)?$/u.exec(name.toLowerCase());
  const base = BASES.get(parts?.[2] ?? '');
  if (parts === null || base === undefined) return null;
  const ifExists = parts[3] !== undefined;
  if (ifExists && base.comparison.of === 'null') return null;
  const quantifier =
    parts[1] === undefined ? null : parts[1] === 'forallvalues' ? 'ForAllValues' : 'ForAnyValue';
  return { ...base, ifExists, quantifier };
}

type Base = Pick<Operator, 'comparison' | 'negated'>;

const TEXT = { of: 'string', ignoreCase: false, wildcards: false } as const;
const ORDERS: readonly (readonly [string, Order])[] = [
  ['equals', 'equal'],
  ['lessthan', 'less'],
  ['lessthanequals', 'less-or-equal'],
  ['greaterthan', 'greater'],
  ['greaterthanequals', 'greater-or-equal'],
];

const BASES: ReadonlyMap<string, Base> = new Map([
  ...both('stringequals', 'stringnotequals', TEXT),
  ...both('stringequalsignorecase', 'stringnotequalsignorecase', { ...TEXT, ignoreCase: true }),
  ...both('stringlike', 'stringnotlike', { ...TEXT, wildcards: true }),
  ...ordered('numeric', 'number'),
  ...ordered('date', 'date'),
  ...both('ipaddress', 'notipaddress', { of: 'ip' }),
  ...both('arnequals', 'arnnotequals', { of: 'arn' }),
  ...both('arnlike', 'arnnotlike', { of: 'arn' }),
  ['bool', { comparison: { of: 'bool' }, negated: false }],
  ['binaryequals', { comparison: { of: 'binary' }, negated: false }],
  ['null', { comparison: { of: 'null' }, negated: false }],
]);

function both(plain: string, negated: string, comparison: Comparison): [string, Base][] {
  return [
    [plain, { comparison, negated: false }],
    [negated, { comparison, negated: true }],
  ];
}

function ordered(prefix: string, of: 'number' | 'date'): [string, Base][] {
  return [
    ...ORDERS.map(([name, order]): [string, Base] => [
      prefix + name,
      { comparison: { of, order }, negated: false },
    ]),
    [`${prefix}notequals`, { comparison: { of, order: 'equal' }, negated: true }],
  ];
}
