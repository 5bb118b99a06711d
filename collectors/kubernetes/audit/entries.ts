import { type AuditEvent, googleEvent, nativeEvent, type Unclear } from './audit-event.ts';

/** What one value of a log holds: an event, what is unclear, or something that is none of an audit log. */
export type Entry =
  | { readonly kind: 'event'; readonly event: AuditEvent; readonly origin: Origin }
  /** Of an audit log, but nobody signed in. */
  | { readonly kind: 'nobody' }
  | { readonly kind: 'unclear'; readonly reason: string }
  | { readonly kind: 'other' };

/** Where an entry is from. */
export interface Origin {
  readonly source: 'api-server' | 'cloudwatch' | 'google' | 'azure';
  /** What the export calls the cluster; null: it does not say. */
  readonly cluster: string | null;
}

/** Members that hold the entries of an export, by the tools that write them. */
export const LISTS = [
  // `aws logs filter-log-events`, and what CloudWatch sends to subscribers
  'events',
  'logEvents',
  // `aws logs get-query-results`
  'results',
  // Azure's diagnostic settings
  'records',
  // EventList of the API server's webhook
  'items',
] as const;

const MAX_DEPTH = 6;
const API_SERVER: Origin = { source: 'api-server', cluster: null };

/** Takes a value of a log apart, down to the events of the API server. Never throws. */
export function* entriesIn(value: unknown, origin: Origin = API_SERVER, depth = 0): Generator<Entry> {
  if (depth > MAX_DEPTH) yield { kind: 'other' };
  else if (Array.isArray(value)) {
    const message = messageOfQuery(value);
    if (message === null) for (const each of value) yield* entriesIn(each, origin, depth + 1);
    else yield* entriesInText(message, { ...origin, source: 'cloudwatch' }, depth);
  } else if (isRecord(value)) yield* entriesInRecord(value, origin, depth);
  else yield { kind: 'other' };
}

function* entriesInRecord(
  value: Readonly<Record<string, unknown>>,
  origin: Origin,
  depth: number,
): Generator<Entry> {
  const { kind, apiVersion, protoPayload, message, logGroup } = value;
  const isAudit = typeof apiVersion === 'string' && apiVersion.startsWith('audit.k8s.io/');
  if (kind === 'Event' && isAudit) {
    yield entryOf(nativeEvent(value), origin);
    return;
  }
  if (isRecord(protoPayload)) {
    yield googleEntry(value, protoPayload);
    return;
  }
  const azure = azureLog(value);
  if (azure !== null) {
    yield* entriesInText(azure.log, azure.origin, depth);
    return;
  }
  const known = typeof logGroup === 'string' ? { source: 'cloudwatch' as const, cluster: logGroup } : origin;
  if (typeof message === 'string') {
    yield* entriesInText(message, { ...known, source: 'cloudwatch' }, depth);
    return;
  }
  const list = LISTS.map((name) => value[name]).find(Array.isArray);
  if (list === undefined) yield { kind: 'other' };
  else for (const each of list) yield* entriesIn(each, known, depth + 1);
}

/** Other logs of a control plane lie beside the audit log, as text. */
function* entriesInText(text: string, origin: Origin, depth: number): Generator<Entry> {
  if (!text.startsWith('{')) {
    yield { kind: 'other' };
    return;
  }
  try {
    yield* entriesIn(JSON.parse(text) as unknown, origin, depth + 1);
  } catch {
    yield { kind: 'unclear', reason: 'a message that is cut off or no JSON' };
  }
}

function entryOf(event: AuditEvent | Unclear | null, origin: Origin): Entry {
  if (event === null) return { kind: 'nobody' };
  return 'unclear' in event ? { kind: 'unclear', reason: event.unclear } : { kind: 'event', event, origin };
}

function googleEntry(
  value: Readonly<Record<string, unknown>>,
  payload: Readonly<Record<string, unknown>>,
): Entry {
  // The API of Google that makes clusters writes to the same log.
  if (payload['serviceName'] !== 'k8s.io') return { kind: 'other' };
  const resource = isRecord(value['resource']) ? value['resource'] : {};
  const labels = isRecord(resource['labels']) ? resource['labels'] : {};
  const parts = ['project_id', 'location', 'cluster_name'].map((key) => textOf(labels[key]));
  const cluster = parts[2] === '' ? null : parts.join('/');
  return entryOf(googleEvent(value), { source: 'google', cluster });
}

/**
 * Azure's diagnostic settings put the line of the log into `properties.log`, and Log Analytics into `log_s`:
 * https://learn.microsoft.com/azure/aks/monitor-aks#aks-control-plane-resource-logs
 */
function azureLog(
  value: Readonly<Record<string, unknown>>,
): { readonly log: string; readonly origin: Origin } | null {
  const category = textOf(value['category'] ?? value['Category']);
  const properties = propertiesOf(value['properties']);
  const log = properties['log'] ?? value['log_s'];
  if (typeof log !== 'string') return null;
  const resource = textOf(value['resourceId'] ?? value['ResourceId'] ?? value['_ResourceId']).toLowerCase();
  const cluster = resource === '' ? null : resource;
  return { log: category.startsWith('kube-audit') ? log.trim() : '', origin: { source: 'azure', cluster } };
}

function propertiesOf(value: unknown): Readonly<Record<string, unknown>> {
  if (isRecord(value)) return value;
  if (typeof value !== 'string') return {};
  try {
    const parsed = JSON.parse(value) as unknown;
    return isRecord(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

/** A row of CloudWatch Logs Insights is a list of fields. */
function messageOfQuery(row: readonly unknown[]): string | null {
  const field = row.find((each) => isRecord(each) && each['field'] === '@message');
  return isRecord(field) && typeof field['value'] === 'string' ? field['value'] : null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
