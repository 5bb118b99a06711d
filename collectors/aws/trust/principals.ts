import type { Json } from '#model/system.ts';
import type { Trust } from '#model/trust.ts';
import { awsAccountUid } from '#model/uid.ts';
import { isAccountId, parseIamArn } from '../arn.ts';

/** One principal that a trust policy names. */
export interface TrustedPrincipal {
  /** As `trusts.trusted` has it. */
  readonly trusted: string;
  readonly kind: Trust['trustedKind'];
  /** Where it lives; null: in no account, or in one that its name does not tell. */
  readonly accountId: string | null;
  /** The actions by which such a principal can become a role. */
  readonly mechanisms: readonly Mechanism[];
}

export type Mechanism = (typeof MECHANISMS)[number];

/** Every way to become a role. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html */
export const MECHANISMS = [
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
] as const;

/** The principals of a `Principal` element, and what of it is not understood. */
export interface ReadPrincipals {
  readonly principals: readonly TrustedPrincipal[];
  readonly problems: readonly string[];
}

/**
 * Reads a `Principal` element in all its forms.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function readPrincipals(principal: Json): ReadPrincipals {
  if (principal === '*') return { principals: [EVERYONE], problems: [] };
  if (typeof principal !== 'object' || principal === null || Array.isArray(principal)) {
    return { principals: [], problems: ['Principal: expected "*" or an object'] };
  }
  const principals: TrustedPrincipal[] = [];
  const problems: string[] = [];
  for (const [type, names] of Object.entries(principal)) {
    for (const name of Array.isArray(names) ? names : [names]) {
      const read = typeof name === 'string' ? readPrincipal(type, name) : null;
      if (read === null) problems.push(`Principal.${type}: expected a principal that IAM knows`);
      else principals.push(read);
    }
  }
  return { principals, problems };
}

/** Everybody, signed in or not. */
export const EVERYONE: TrustedPrincipal = {
  trusted: '*',
  kind: 'everyone',
  accountId: null,
  mechanisms: MECHANISMS,
};

function readPrincipal(type: string, name: string): TrustedPrincipal | null {
  switch (type) {
    case 'AWS':
      return readAwsPrincipal(name);
    case 'Service':
      return { trusted: name, kind: 'service', accountId: null, mechanisms: ['sts:AssumeRole'] };
    case 'Federated':
      return readProvider(name);
    case 'CanonicalUser':
      // The id of an account as S3 has it: which account, nothing tells.
      return { trusted: name, kind: 'account', accountId: null, mechanisms: ['sts:AssumeRole'] };
    default:
      return null;
  }
}

/** A role, user or group that is gone: IAM shows its unique id where its ARN stood. */
const UNIQUE_ID = /^A[A-Z]{2}A[A-Z0-9]{12,}$/u;
const SESSION = /^arn:[^:]+:sts::(\d{12}):(?:assumed-role|federated-user|self)\b/u;

function readAwsPrincipal(name: string): TrustedPrincipal | null {
  if (name === '*') return EVERYONE;
  const mechanisms: readonly Mechanism[] = ['sts:AssumeRole'];
  if (isAccountId(name))
    return { trusted: awsAccountUid(name), kind: 'account', accountId: name, mechanisms };
  if (UNIQUE_ID.test(name)) return { trusted: name, kind: 'deleted-principal', accountId: null, mechanisms };
  const session = SESSION.exec(name);
  if (session !== null) return { trusted: name, kind: 'identity', accountId: session[1] ?? null, mechanisms };
  const arn = parseIamArn(name);
  if (arn === null) return null;
  if (arn.type !== 'root') return { trusted: name, kind: 'identity', accountId: arn.accountId, mechanisms };
  // The root of an account stands for the account, not for its root user.
  if (arn.accountId === null) return null;
  return { trusted: awsAccountUid(arn.accountId), kind: 'account', accountId: arn.accountId, mechanisms };
}

/** SAML providers have an ARN; so have OIDC providers, but for Cognito, Amazon, Facebook and Google. */
function readProvider(name: string): TrustedPrincipal {
  const arn = parseIamArn(name);
  const mechanism =
    arn?.type === 'saml-provider' ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRoleWithWebIdentity';
  return {
    trusted: name,
    kind: 'federation-provider',
    accountId: arn?.accountId ?? null,
    mechanisms: [mechanism],
  };
}
