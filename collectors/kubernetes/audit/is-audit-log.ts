import { jsonHead } from '../files/json-head.ts';
import { LISTS } from './entries.ts';

/** Paths at which the first entry of a log can stand. */
const PLACES = ['', '0.', ...LISTS.map((list) => `${list}.0.`)];

/** Whether this head is one of an audit log of Kubernetes, in one of the forms that are read. */
export function isAuditLog(head: string): boolean {
  const text = head.replace(/^\s*\d{4}-\d\d-\d\dT[\d:.]+Z\s+(?=\{)/u, '');
  if (!/^\s*[{[]/u.test(text)) return false;
  const members = jsonHead(text);
  const at = (path: string): string => members.get(path) ?? '';
  if (at('logGroup').startsWith('/aws/eks/')) return true;
  if (at('apiVersion').startsWith('audit.k8s.io/')) return true;
  // A row of CloudWatch Logs Insights lies deeper than a head tells: its text is looked for.
  if (text.includes('"@message"') && text.includes('audit.k8s.io/')) return true;
  return PLACES.some(
    (place) =>
      at(`${place}apiVersion`).startsWith('audit.k8s.io/') ||
      at(`${place}logStreamName`).startsWith('kube-apiserver-audit-') ||
      isAuditText(at(`${place}message`)) ||
      (at(`${place}category`) || at(`${place}Category`)).startsWith('kube-audit') ||
      isGoogle(at, place),
  );
}

function isAuditText(message: string): boolean {
  return message.startsWith('{') && message.includes('"audit.k8s.io/');
}

function isGoogle(at: (path: string) => string, place: string): boolean {
  return at(`${place}protoPayload.serviceName`) === 'k8s.io' || at(`${place}resource.type`) === 'k8s_cluster';
}
