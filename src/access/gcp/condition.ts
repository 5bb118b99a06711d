import type { Json } from '#model/system.ts';
import { evaluate, type Attributes, type Truth } from './cel/evaluate.ts';
import type { Expression } from './cel/expression.ts';
import { parseCondition } from './cel/parse.ts';

/** A condition of a binding or rule. `expression` null: it does not parse, so nobody knows. */
export interface Condition {
  readonly title: string;
  readonly text: string;
  readonly expression: Expression | null;
}

/** Reads `{title, expression}` or the expression alone; null where there is no condition. */
export function readCondition(raw: Json): Condition | null {
  if (raw === null) return null;
  if (typeof raw === 'string') return { title: raw, text: raw, expression: parseCondition(raw) };
  if (typeof raw !== 'object' || Array.isArray(raw))
    return { title: 'condition', text: JSON.stringify(raw), expression: null };
  const { title, expression } = raw as { readonly title?: Json; readonly expression?: Json };
  const text = typeof expression === 'string' ? expression : JSON.stringify(raw);
  return {
    title: typeof title === 'string' && title !== '' ? title : text,
    text,
    expression: typeof expression === 'string' ? parseCondition(expression) : null,
  };
}

/** Whether a condition holds for a request; none always does. */
export function holds(condition: Condition | null, attributes: Attributes): Truth {
  if (condition === null) return 'true';
  return condition.expression === null ? 'open' : evaluate(condition.expression, attributes);
}

/** What a request's resource tells of its attributes (https://cloud.google.com/iam/docs/conditions-attribute-reference#resource). */
export function attributesOf(
  resource: string | null,
  context: Readonly<Record<string, readonly string[]>> = {},
): Attributes {
  const given = Object.fromEntries(
    Object.entries(context).flatMap(([key, [first]]) => (first === undefined ? [] : [[key, first]])),
  );
  const full = resource === null ? null : /^\/\/([^/]+)\/(.+)$/u.exec(resource);
  if (full === null) return given;
  return { 'resource.service': full[1] ?? '', 'resource.name': full[2] ?? '', ...given };
}
