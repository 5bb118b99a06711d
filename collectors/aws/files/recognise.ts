import type { ImportFile } from '#contract/collector.ts';
import { parseJson } from '#collectors/shared/parse-json.ts';
import { plainHead } from '#collectors/shared/utf8-text.ts';
import { isReportHeader } from '../credentials/parse-report.ts';
import { unwrapped } from './small-json.ts';

export const FILE_KINDS = [
  'authorization-details',
  'credential-report',
  'service-last-accessed',
  'generate-service-last-accessed',
  'access-keys',
  'access-key-last-used',
  'oidc-providers',
  'oidc-provider',
] as const;

/** What an export of IAM can be. */
export type FileKind = (typeof FILE_KINDS)[number];

/**
 * The kind of an export by its first bytes, whatever its name, the order of its members, its white space and its
 * encoding; null: not one of IAM's.
 */
export function recogniseFile(file: ImportFile): FileKind | null {
  const head = plainHead(file.head).trimStart();
  if (isReportHeader(head)) return 'credential-report';
  if (!head.startsWith('{') && !head.startsWith('[')) return null;
  const byMember = MEMBERS.find(({ pattern }) => pattern.test(head))?.kind ?? null;
  if (byMember !== null) return byMember;
  return isJob(head) ? 'generate-service-last-accessed' : null;
}

/** Members that only one kind of reply has. A quote within a string has a backslash before it. */
const MEMBERS: readonly { readonly kind: FileKind; readonly pattern: RegExp }[] = [
  { kind: 'authorization-details', pattern: /(?<!\\)"(?:User|Group|Role)DetailList"\s*:\s*\[/u },
  { kind: 'authorization-details', pattern: /(?<!\\)"Policies"\s*:\s*\[[^]*(?<!\\)"PolicyVersionList"\s*:/u },
  { kind: 'credential-report', pattern: /(?<!\\)"Content"\s*:\s*"(?:dXNlcixhcm4s|user,arn,)/u },
  { kind: 'credential-report', pattern: /(?<!\\)"Code"\s*:\s*"Report(?:NotPresent|InProgress|Expired)"/u },
  { kind: 'service-last-accessed', pattern: /(?<!\\)"ServicesLastAccessed"\s*:/u },
  { kind: 'service-last-accessed', pattern: /(?<!\\)"JobStatus"\s*:[^]*(?<!\\)"JobCreationDate"\s*:/u },
  { kind: 'access-keys', pattern: /(?<!\\)"AccessKeyMetadata"\s*:\s*\[/u },
  { kind: 'access-key-last-used', pattern: /(?<!\\)"AccessKeyLastUsed"\s*:\s*\{/u },
  { kind: 'oidc-providers', pattern: /(?<!\\)"OpenIDConnectProviderList"\s*:\s*\[/u },
  { kind: 'oidc-provider', pattern: /(?<!\\)"(?:ClientIDList|ThumbprintList)"\s*:\s*\[/u },
];

/** Many services have jobs: only a reply with nothing but a job's id is taken for IAM's. */
function isJob(head: string): boolean {
  const parsed = head.length > 4096 ? null : parseJson(head);
  if (parsed?.ok !== true) return false;
  const reply = unwrapped(parsed.value);
  return (
    reply !== null &&
    typeof reply['JobId'] === 'string' &&
    Object.keys(reply).every((key) => JOB_KEYS.has(key))
  );
}

const JOB_KEYS = new Set(['JobId', 'ResponseMetadata', '$metadata']);
