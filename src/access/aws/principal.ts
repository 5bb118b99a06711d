import { isAccountId, parseArn } from './arn.ts';
import type { Estate } from './estate.ts';

/** Who asks. */
export interface Principal {
  readonly kind: 'user' | 'role' | 'root' | 'federated-user' | 'service' | 'federation' | 'anonymous';
  /**
   * The ARN of the user, role or root user, a session's without its name; a service's or identity provider's name; `*`
   * for somebody without credentials.
   */
  readonly name: string;
  readonly partition: string;
  /** null: a service, an identity provider, nobody. */
  readonly account: string | null;
  /** The session that a role is used in; null: any, or none. */
  readonly session: string | null;
  /** Its row in the records; null where there is none, so that its policies are not known either. */
  readonly identity: NonNullable<ReturnType<Estate['identities']['get']>> | null;
}

/** Finds out who is meant: a uid, a session's ARN, an account's number, a service's name, `*`; null: nobody can tell. */
export function resolvePrincipal(estate: Estate, text: string): Principal | null {
  const known = estate.identities.get(text);
  const bare = { name: text, partition: 'aws', account: null, session: null, identity: null };
  if (isAccountId(text)) return resolvePrincipal(estate, `arn:aws:iam::${text}:root`);
  if (text === '*') return { ...bare, kind: 'anonymous' };
  if (IDENTITY_PROVIDERS.has(text)) return { ...bare, kind: 'federation' };
  if (/^[\w.-]+\.amazonaws\.com(?:\.cn)?$/u.test(text)) return { ...bare, kind: 'service' };

  const arn = parseArn(text);
  if (arn === null) return null;
  const [type, ...path] = arn.resource.split('/');
  const found = { ...bare, partition: arn.partition, account: arn.account, identity: known ?? null };
  if (arn.service === 'sts') return resolveSession(estate, found, type, path);
  switch (type) {
    case 'root':
    case 'user':
    case 'role':
      return { ...found, kind: type };
    case 'oidc-provider':
    case 'saml-provider':
      return { ...found, account: null, kind: 'federation' };
    case undefined:
    default:
      return null;
  }
}

/** The web identity providers that trust policies name by host. */
const IDENTITY_PROVIDERS: ReadonlySet<string> = new Set([
  'accounts.google.com',
  'cognito-identity.amazonaws.com',
  'graph.facebook.com',
  'www.amazon.com',
]);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-role-session */
function resolveSession(
  estate: Estate,
  found: Omit<Principal, 'kind'>,
  type: string | undefined,
  path: readonly string[],
): Principal | null {
  if (type === 'federated-user') return { ...found, kind: 'federated-user' };
  if (type !== 'assumed-role') return null;
  const [roleName = '', session = null] = path;
  const role = estate.rolesByName.get(`${found.account}/${roleName}`) ?? null;
  const name = role?.uid ?? `arn:${found.partition}:iam::${found.account}:role/${roleName}`;
  return { ...found, kind: 'role', name, session, identity: role };
}
