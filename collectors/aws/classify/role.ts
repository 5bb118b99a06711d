import type { Trust } from '#model/trust.ts';
import { parseIamArn } from '../arn.ts';
import { classified, type Classified, type Labels } from './class.ts';

/** What of a role tells who takes it. */
export interface RoleFacts extends Labels {
  readonly hasInstanceProfile: boolean;
  /** null: its trust policy was not understood. */
  readonly trusts: readonly Pick<Trust, 'trusted' | 'trustedKind' | 'condition'>[] | null;
}

/** Whether AWS made the role for one of its services, which alone may take it and change it: its path tells, not its name. */
export function isServiceLinked(path: string): boolean {
  return path.startsWith('/aws-service-role/');
}

/** Whether IAM Identity Center made the role for a permission set, by its path: names anybody can choose. */
export function isPermissionSet(path: string): boolean {
  return path.startsWith('/aws-reserved/sso.amazonaws.com/');
}

/** What a role is, by those whom it trusts. */
export function classifyRole(role: RoleFacts): Classified {
  const { path, hasInstanceProfile, trusts } = role;
  if (isServiceLinked(path)) return classified('non-human', 'service-linked role', role);
  if (isPermissionSet(path)) return classified('human', 'permission set of IAM Identity Center', role);
  const reasons = (trusts ?? []).map(reasonOf);
  if (hasInstanceProfile) reasons.push(['non-human', 'has an instance profile']);
  const known = reasons.filter(([who]) => who !== 'unknown');
  const classes = new Set(known.map(([who]) => who));
  const [only] = classes;
  if (classes.size > 1) return classified('unknown', `for people and for programs: ${list(known)}`, role);
  if (only !== undefined) return classified(only, list(known), role);
  if (trusts === null) return classified('unknown', 'its trust policy was not understood', role);
  return classified('unknown', reasons.length === 0 ? 'trusts nobody' : list(reasons), role);
}

type Reason = readonly [Classified['class'], string];

const MOST_REASONS = 3;

function list(reasons: readonly Reason[]): string {
  const texts = [...new Set(reasons.map(([, text]) => text))];
  const more = texts.length - MOST_REASONS;
  return `${texts.slice(0, MOST_REASONS).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

function reasonOf({
  trusted,
  trustedKind,
  condition,
}: Pick<Trust, 'trusted' | 'trustedKind' | 'condition'>): Reason {
  switch (trustedKind) {
    case 'service':
      return ['non-human', `open to the service ${trusted}`];
    case 'federation-provider':
      return byProvider(trusted);
    case 'account':
      // Only a program sends an external id: the console cannot.
      return JSON.stringify(condition)?.toLowerCase().includes('"sts:externalid"')
        ? ['non-human', `open to ${account(trusted)} with an external id`]
        : ['unknown', `open to whoever ${account(trusted)} lets`];
    case 'identity':
      return byIdentity(trusted);
    case 'deleted-principal':
      return ['unknown', 'open to a deleted principal'];
    case 'everyone':
      return ['unknown', 'open to anybody'];
    case 'organization':
    case 'group':
    case 'federated-subject':
      return ['unknown', `open to ${trusted}`];
  }
}

/** An account's uid, or the id of an account as S3 has it. */
function account(trusted: string): string {
  return `the account ${trusted.replace(/^aws:/u, '')}`;
}

function byIdentity(trusted: string): Reason {
  const isSso =
    /:assumed-role\/AWSReservedSSO_/u.test(trusted) || isPermissionSet(parseIamArn(trusted)?.path ?? '');
  return isSso ? ['human', 'open to people of IAM Identity Center'] : ['unknown', `open to ${trusted}`];
}

/** Issuers whose tokens only pipelines and workloads get. */
const WORKLOAD_ISSUERS = [
  /^token\.actions\.githubusercontent\.com(?:\/|$)/u,
  /^gitlab\.com$/u,
  /^oidc\.circleci\.com\//u,
  /^api\.bitbucket\.org\//u,
  /^app\.terraform\.io$/u,
  /^agent\.buildkite\.com$/u,
  /^vstoken\.dev\.azure\.com\//u,
  /^oidc\.(?:eks|codefresh)\b/u,
  /^(?:container\.googleapis\.com|storage\.googleapis\.com|oidc\.prod-aks\.azure\.com)\//u,
];

function byProvider(trusted: string): Reason {
  const arn = parseIamArn(trusted);
  if (arn?.type === 'saml-provider')
    return ['human', `open to people who sign in through the SAML provider ${arn.name}`];
  const issuer = trusted.replace(/^.*:oidc-provider\//u, '');
  return WORKLOAD_ISSUERS.some((pattern) => pattern.test(issuer))
    ? ['non-human', `open to workloads with a token of ${issuer}`]
    : ['unknown', `open to whoever has a token of ${issuer}`];
}
