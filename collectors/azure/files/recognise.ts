import { plainHead } from '#collectors/shared/utf8-text.ts';
import type { ImportFile } from '#contract/collector.ts';
import { contextIn, listedIn } from './names.ts';

/** Recognises JSON of Azure Resource Manager, Microsoft Graph and `az` by members that only they have. */
export function recognise(file: ImportFile): 'azure-json' | null {
  const head = plainHead(file.head).trimStart();
  if (!/^[{[]/u.test(head)) return null;
  if (contextIn(file.label) !== '') return 'azure-json';
  if (EMPTY.test(head) && listedIn(file.label) !== null) return 'azure-json';
  return MARKS.some((mark) => mark.test(head)) ? 'azure-json' : null;
}

/** A list with nothing in it is known by its file's name. */
const EMPTY = /^(?:\[\s*\]|\{[^[{}]*"value"\s*:\s*\[\s*\][^[{}]*\})\s*$/u;

const MARKS: readonly RegExp[] = [
  /(?<!\\)"@odata\.context"\s*:\s*"https:\/\/[^"]*(?:graph\.|microsoftgraph)/u,
  /(?<!\\)"type"\s*:\s*"Microsoft\.(?:Authorization|ManagedIdentity|Management)\//iu,
  /(?<!\\)"id"\s*:\s*"\/subscriptions\/[0-9a-f-]{36}["/]/iu,
  /(?<!\\)"(?:servicePrincipalType|homeTenantId|appOwnerOrganizationId|signInAudience)"\s*:/u,
];
