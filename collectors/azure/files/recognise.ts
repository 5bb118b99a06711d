import { plainHead } from '#collectors/shared/utf8-text.ts';
import type { ImportFile } from '#contract/collector.ts';

/** Recognises JSON of Azure Resource Manager, Microsoft Graph and `az` by members that only they have. */
export function recognise(file: ImportFile): 'azure-json' | null {
  const head = plainHead(file.head).trimStart();
  if (!/^[{[]/u.test(head)) return null;
  return MARKS.some((mark) => mark.test(head)) ? 'azure-json' : null;
}

const MARKS: readonly RegExp[] = [
  /(?<!\\)"@odata\.context"\s*:\s*"https:\/\/[^"]*(?:graph\.|microsoftgraph)/u,
  /(?<!\\)"type"\s*:\s*"Microsoft\.(?:Authorization|ManagedIdentity|Management)\//iu,
  /(?<!\\)"id"\s*:\s*"\/subscriptions\/[0-9a-f-]{36}["/]/iu,
  /(?<!\\)"(?:servicePrincipalType|homeTenantId|appOwnerOrganizationId|signInAudience)"\s*:/u,
];
