import { z } from 'zod';

/** Whether an object with these labels is selected. */
export type LabelTest = (labels: Readonly<Record<string, string>>) => boolean;

/**
 * Reads a label selector: everything that it lists must hold, and an empty one selects everything
 * (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/label-selector/). null: it is malformed.
 */
export function labelTest(selector: unknown): LabelTest | null {
  const parsed = selectorSchema.safeParse(selector);
  if (!parsed.success) return null;
  const { matchLabels, matchExpressions } = parsed.data;
  const tests = [
    ...Object.entries(matchLabels ?? {}).map(
      ([key, value]): LabelTest =>
        (labels) =>
          valueOf(labels, key) === value,
    ),
    ...(matchExpressions ?? []).map(expressionTest),
  ];
  return (labels) => tests.every((test) => test(labels));
}

const values = z.array(z.string()).min(1);
const expressionSchema = z.discriminatedUnion('operator', [
  z.object({ key: z.string(), operator: z.enum(['In', 'NotIn']), values }),
  z.object({ key: z.string(), operator: z.enum(['Exists', 'DoesNotExist']) }),
]);
const selectorSchema = z.object({
  matchLabels: z.record(z.string(), z.string()).nullish(),
  matchExpressions: z.array(expressionSchema).nullish(),
});

function expressionTest(expression: z.output<typeof expressionSchema>): LabelTest {
  const { key } = expression;
  switch (expression.operator) {
    case 'In':
      return (labels) => expression.values.includes(valueOf(labels, key) ?? NO_LABEL);
    case 'NotIn':
      // An object without the label is selected, too.
      return (labels) => !expression.values.includes(valueOf(labels, key) ?? NO_LABEL);
    case 'Exists':
      return (labels) => valueOf(labels, key) !== undefined;
    case 'DoesNotExist':
      return (labels) => valueOf(labels, key) === undefined;
  }
}

/** No label has this value: they are at most 63 letters, digits and `-_.`. */
const NO_LABEL = '\0';

function valueOf(labels: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
