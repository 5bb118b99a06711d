import type { Comparison, Expression } from './expression.ts';

/** true, false, or that it depends on what only a request can tell. */
export type Truth = 'true' | 'false' | 'open';

type Value = string | number | boolean | null | Date | readonly Value[];

/** What of a request is known, by attribute (`resource.name`); absent: open. */
export type Attributes = Readonly<Record<string, string>>;

const OPEN = Symbol('open');
type Known = Value | typeof OPEN;

/**
 * Evaluates a condition with what is known of the request
 * (https://cloud.google.com/iam/docs/conditions-attribute-reference). What is not known, and what this does not
 * understand, is open, and stays so unless the other side of an `&&` or `||` settles it.
 */
export function evaluate(expression: Expression, attributes: Attributes): Truth {
  const value = valueOf(expression, attributes);
  if (value === true) return 'true';
  return value === false ? 'false' : 'open';
}

function valueOf(expression: Expression, attributes: Attributes): Known {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'list':
      return listOf(expression.items.map((item) => valueOf(item, attributes)));
    case 'name':
    case 'member':
      return attributeOf(expression, attributes);
    case 'not': {
      const of = valueOf(expression.of, attributes);
      return typeof of === 'boolean' ? !of : OPEN;
    }
    case 'and':
      return both(expression, attributes, false);
    case 'or':
      return both(expression, attributes, true);
    case 'compare':
      return compare(
        expression.operator,
        valueOf(expression.left, attributes),
        valueOf(expression.right, attributes),
      );
    case 'call':
      return call(expression, attributes);
  }
}

/** `&&` is settled by one false, `||` by one true, whatever the other side is. */
function both(
  { left, right }: { readonly left: Expression; readonly right: Expression },
  attributes: Attributes,
  settles: boolean,
): Known {
  const values = [valueOf(left, attributes), valueOf(right, attributes)];
  if (values.includes(settles)) return settles;
  return values.every((value) => value === !settles) ? !settles : OPEN;
}

function attributeOf(expression: Expression, attributes: Attributes): Known {
  const path = pathOf(expression);
  if (path === null || !Object.hasOwn(attributes, path)) return OPEN;
  const text = attributes[path] ?? '';
  return path === 'request.time' ? dateOf(text) : text;
}

function pathOf(expression: Expression): string | null {
  if (expression.kind === 'name') return expression.name;
  if (expression.kind !== 'member') return null;
  const on = pathOf(expression.on);
  return on === null ? null : `${on}.${expression.name}`;
}

function call(expression: Extract<Expression, { kind: 'call' }>, attributes: Attributes): Known {
  const args = expression.args.map((arg) => valueOf(arg, attributes));
  const [first] = args;
  if (expression.on === null) {
    return expression.name === 'timestamp' && typeof first === 'string' ? dateOf(first) : OPEN;
  }
  const on = valueOf(expression.on, attributes);
  if (typeof on !== 'string' || typeof first !== 'string' || args.length !== 1) return OPEN;
  switch (expression.name) {
    case 'startsWith':
      return on.startsWith(first);
    case 'endsWith':
      return on.endsWith(first);
    case 'contains':
      return on.includes(first);
    case 'extract':
      return extract(on, first);
    default:
      return OPEN;
  }
}

/** https://cloud.google.com/iam/docs/conditions-attribute-reference#extract */
function extract(text: string, template: string): Known {
  const parts = /^([^{}]*)\{[^{}]*\}([^{}]*)$/u.exec(template);
  if (parts === null) return OPEN;
  const [, before = '', after = ''] = parts;
  const from = text.indexOf(before);
  if (from < 0) return '';
  const start = from + before.length;
  const end = after === '' ? text.length : text.indexOf(after, start);
  return end < 0 ? '' : text.slice(start, end);
}

function compare(operator: Comparison, left: Known, right: Known): Known {
  if (left === OPEN || right === OPEN) return OPEN;
  if (operator === 'in') return Array.isArray(right) ? right.some((each) => each === left) : OPEN;
  const [a, b] = [scalar(left), scalar(right)];
  if (operator === '==') return a === b;
  if (operator === '!=') return a !== b;
  if (typeof a !== 'number' || typeof b !== 'number') return OPEN;
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}

function scalar(value: Value): Value {
  return value instanceof Date ? value.getTime() : value;
}

function listOf(values: readonly Known[]): Known {
  const known = values.filter((value) => value !== OPEN);
  return known.length === values.length ? known : OPEN;
}

function dateOf(text: string): Known {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? OPEN : date;
}
