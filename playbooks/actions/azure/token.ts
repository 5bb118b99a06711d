import { ActionError, type ActingContext } from '#contract/action.ts';

/** An access token of the credentials that act, for the API at an endpoint. Throws ActionError `unauthenticated`. */
export type TokenOf = (
  endpoint: string,
  tenant: string,
  context: Pick<ActingContext, 'signal'>,
) => Promise<string>;

interface Credential {
  readonly getToken: (
    scope: string,
    options: { readonly tenantId: string; readonly abortSignal: AbortSignal },
  ) => Promise<{ readonly token: string } | null>;
}

/**
 * A token by whatever credential the machine has
 * (https://learn.microsoft.com/azure/developer/javascript/sdk/authentication/credential-chains), kept until it expires.
 */
export function defaultToken(): TokenOf {
  let signedIn: Promise<Credential> | null = null;
  return async (endpoint, tenant, { signal }) => {
    try {
      signedIn ??= signIn();
      const options = { tenantId: tenant, abortSignal: signal };
      const given = await (await signedIn).getToken(`${new URL(endpoint).origin}/.default`, options);
      if (given === null) throw new Error('no token was given');
      return given.token;
    } catch (error) {
      signal.throwIfAborted();
      const why = error instanceof Error ? error.message : String(error);
      const line = why.replaceAll(/[\p{C}\s]+/gu, ' ').slice(0, 300);
      throw new ActionError('unauthenticated', `no credentials for Azure: ${line}`, null, error);
    }
  };
}

/** The tenant that a token is of (https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference); null: it does not say. */
export function tenantOf(token: string): string | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const tenant: unknown = typeof claims === 'object' && claims !== null ? Reflect.get(claims, 'tid') : null;
    return typeof tenant === 'string' ? tenant.toLowerCase() : null;
  } catch {
    return null;
  }
}

async function signIn(): Promise<Credential> {
  const { DefaultAzureCredential } = await import('@azure/identity');
  return new DefaultAzureCredential();
}
