import { plainHead } from '#collectors/shared/utf8-text.ts';
import type { ImportFile } from '#contract/collector.ts';
import { baseName, listInName, resourceInName } from './hint.ts';

/** Recognises JSON that Google's APIs and gcloud print, by members and names that only they have. */
export function recognise(file: ImportFile): 'gcp-json' | null {
  const head = plainHead(file.head).trim();
  if (!/^[{[]/u.test(head)) return null;
  // An empty list has nothing to be known by but what its file is called.
  if (/^(?:\[\s*\]|\{\s*\})$/u.test(head)) return isNamed(file) ? 'gcp-json' : null;
  // Config Connector keeps policies in Kubernetes objects, whose first member is their version.
  if (/^[^]{0,300}"apiVersion"\s*:/u.test(head)) return null;
  return MARKS.some((mark) => mark.test(head)) ? 'gcp-json' : null;
}

function isNamed({ label }: ImportFile): boolean {
  return listInName(baseName(label)) !== null && resourceInName(label) !== null;
}

const HOST = String.raw`\/\/[a-z\d-]+\.googleapis\.com\/`;

const MARKS: readonly RegExp[] = [
  new RegExp(String.raw`(?<!\\)"(?:name|resource|fullResourceName)"\s*:\s*"${HOST}`, 'u'),
  /(?<!\\)"asset_?[tT]ype"\s*:\s*"[a-z\d.-]+\.googleapis\.com\//u,
  /(?<!\\)"email"\s*:\s*"[^"]*gserviceaccount\.com"/u,
  /(?<!\\)"name"\s*:\s*"projects\/[^"/]+\/serviceAccounts\//u,
  /(?<!\\)"name"\s*:\s*"(?:(?:projects|organizations)\/[^"/]+\/)?roles\/[^"/]+"/u,
  /(?<!\\)"name"\s*:\s*"(?:(?:projects|folders|organizations)\/[^"/]+\/)?locations\/[a-z\d-]+\/(?:keys|workloadIdentityPools|workforcePools|principalAccessBoundaryPolicies|policyBindings|accessPolicies)\//u,
  /(?<!\\)"name"\s*:\s*"groups\/[^"/]+(?:\/memberships\/[^"/]+)?"/u,
  /(?<!\\)"name"\s*:\s*"(?:folders|organizations)\/\d+"/u,
  /(?<!\\)"name"\s*:\s*"policies\/cloudresourcemanager\.googleapis\.com%2F/iu,
  /(?<!\\)"projectNumber"\s*:\s*"?\d/u,
  /(?<!\\)"kind"\s*:\s*"storage#hmacKey/u,
  /(?<!\\)"bindings"\s*:\s*\[[^]*?(?<!\\)"role"\s*:\s*"(?:(?:projects|organizations)\/[^"/]+\/)?roles\//u,
  /^\{\s*(?:"version"\s*:\s*\d+\s*,\s*)?"etag"\s*:\s*"[^"\\]*"\s*(?:,\s*"version"\s*:\s*\d+\s*)?\}$/u,
];
