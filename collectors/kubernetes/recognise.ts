import { plainHead } from '#collectors/shared/utf8-text.ts';
import type { ImportFile } from '#contract/collector.ts';
import { isAuditLog } from './audit/is-audit-log.ts';
import { jsonHead } from './files/json-head.ts';

/** Kinds of files that this collector reads; `facts` says something of the cluster itself, `audit` who used it. */
export type FileKind = 'kubernetes-json' | 'kubernetes-yaml' | 'kubernetes-facts' | 'kubernetes-audit';

/**
 * Recognises objects of Kubernetes in JSON and YAML (an `apiVersion` of Kubernetes' form and a `kind`), and what names or
 * describes a cluster: a kubeconfig, `kubectl version`, the OpenID configuration, `aws eks describe-cluster`; and audit
 * logs, as the API server writes them and as EKS, GKE and AKS export them.
 */
export function recognise(file: ImportFile): FileKind | null {
  const isCut = file.size > Buffer.byteLength(file.head);
  const head = plainHead(file.head);
  if (isAuditLog(head)) return 'kubernetes-audit';
  return recogniseJson(head, isCut) ?? recogniseYaml(head, isCut);
}

// https://kubernetes.io/docs/reference/using-api/#api-groups
const API_VERSION = /^(?:[a-z0-9][a-z0-9.-]*\/)?v\d+(?:(?:alpha|beta)\d+)?$/u;
const KIND = /^[A-Z][A-Za-z0-9]*$/u;

function recogniseJson(head: string, isCut: boolean): FileKind | null {
  if (!/^\s*[{[]/u.test(head)) return null;
  const members = jsonHead(head);
  const text = (path: string): string => members.get(path) ?? '';
  if (text('kind') === 'Config' && members.has('contexts')) return 'kubernetes-facts';
  if (text('cluster.arn').includes(':eks:') || members.has('serverVersion.gitVersion'))
    return 'kubernetes-facts';
  if (members.has('issuer') && members.has('jwks_uri')) return 'kubernetes-facts';
  const isObject = (path: string): boolean =>
    API_VERSION.test(text(`${path}apiVersion`)) && KIND.test(text(`${path}kind`));
  if (isObject('0.') || isObject('')) return 'kubernetes-json';
  // kubectl sorts the members: of a long list or ConfigMap the `kind` lies beyond the head.
  const mayFollow = !members.has('kind') && (isCut || isObject('items.0.'));
  return API_VERSION.test(text('apiVersion')) && mayFollow ? 'kubernetes-json' : null;
}

function recogniseYaml(head: string, isCut: boolean): FileKind | null {
  // Documentation that shows manifests is none.
  if (/^```/mu.test(head)) return null;
  const documents = head.split(/^---(?=\s|$)/mu);
  for (const [index, document] of documents.entries()) {
    const apiVersion = /^(- )?apiVersion:[ \t]*["']?([^\s"'#]+)["']?[ \t]*(?:#.*)?\r?$/mu.exec(document);
    if (apiVersion === null || !API_VERSION.test(apiVersion[2] ?? '')) continue;
    const kind = /^(?:- |  )?kind:[ \t]*["']?([A-Z][A-Za-z0-9]*)["']?[ \t]*(?:#.*)?\r?$/mu.exec(document);
    if (kind === null && !(isCut && index === documents.length - 1)) continue;
    const isConfig = kind?.[1] === 'Config' && /^contexts:/mu.test(document);
    return isConfig ? 'kubernetes-facts' : 'kubernetes-yaml';
  }
  return null;
}
