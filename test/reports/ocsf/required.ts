/** A kind of value: OCSF's integers, times in milliseconds, texts, objects and lists. */
type Kind = 'integer' | 'timestamp' | 'string' | 'object' | 'array';

const BASE: Readonly<Record<string, Kind>> = {
  activity_id: 'integer',
  category_uid: 'integer',
  class_uid: 'integer',
  severity_id: 'integer',
  time: 'timestamp',
  type_uid: 'integer',
  metadata: 'object',
  'metadata.version': 'string',
  'metadata.product': 'object',
  'metadata.product.name': 'string',
  finding_info: 'object',
  'finding_info.uid': 'string',
};

/**
 * What each class requires, by path; a part of an object is required where the object is there.
 * https://schema.ocsf.io/1.6.0/classes/iam_analysis_finding
 * https://schema.ocsf.io/1.6.0/classes/compliance_finding
 * https://schema.ocsf.io/1.6.0/objects/finding_info
 * https://schema.ocsf.io/1.6.0/objects/metadata
 */
const REQUIRED: Readonly<Record<number, Readonly<Record<string, Kind>>>> = {
  2003: { ...BASE, compliance: 'object', 'compliance.standards': 'array' },
  2008: BASE,
};

const OPTIONAL_PARENTS: Readonly<Record<string, Kind>> = {
  'remediation.desc': 'string',
  'finding_info.analytic.type_id': 'integer',
};

/** Of these an IAM Analysis Finding must have one at least. */
const ANALYSES = ['access_analysis_result', 'identity_activity_metrics', 'permission_analysis_results'];

/** What is missing in an event, by path; empty: nothing. */
export function missing(event: Readonly<Record<string, unknown>>): string[] {
  const required = REQUIRED[Number(event['class_uid'])];
  if (required === undefined) return ['class_uid'];
  const wrong = Object.entries(required).filter(([path, kind]) => !isKind(at(event, path), kind));
  const parts = Object.entries(OPTIONAL_PARENTS).filter(
    ([path, kind]) =>
      at(event, path.slice(0, path.lastIndexOf('.'))) !== undefined && !isKind(at(event, path), kind),
  );
  const analysed = event['class_uid'] !== 2008 || ANALYSES.some((name) => event[name] !== undefined);
  return [...[...wrong, ...parts].map(([path]) => path), ...(analysed ? [] : ['an analysis'])];
}

function at(event: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null
          ? Object.getOwnPropertyDescriptor(value, key)?.value
          : undefined,
      event,
    );
}

function isKind(value: unknown, kind: Kind): boolean {
  if (kind === 'array') return Array.isArray(value) && value.length > 0;
  if (kind === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (kind === 'string') return typeof value === 'string';
  return Number.isSafeInteger(value) && (kind === 'integer' || Number(value) > 1_000_000_000_000);
}
