/** kubectl apply keeps the whole manifest here, a Secret's values included. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The object without what may be secret: a Secret's `data` and `stringData`, and on every object the copy of its
 * manifest that kubectl keeps. Nothing behind this function ever sees them.
 */
export function withoutSecretValues(
  kind: string,
  value: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const dropped = kind === 'Secret' ? ['data', 'stringData'] : [];
  return without({ ...value, metadata: withoutLastApplied(value['metadata']) }, dropped);
}

function withoutLastApplied(metadata: unknown): unknown {
  if (!isRecord(metadata) || !isRecord(metadata['annotations'])) return metadata;
  return { ...metadata, annotations: without(metadata['annotations'], [LAST_APPLIED]) };
}

function without(value: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
