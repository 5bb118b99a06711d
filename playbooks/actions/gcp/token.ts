import { ActionError, type ActingContext } from '#contract/action.ts';

/** An access token of the credentials that act. Throws ActionError `unauthenticated`. */
export type TokenOf = (context: Pick<ActingContext, 'environment'>) => Promise<string>;

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/**
 * A token by Application Default Credentials (https://cloud.google.com/docs/authentication/application-default-credentials),
 * kept until it expires.
 */
export function applicationDefaultToken(): TokenOf {
  let signedIn: Promise<{ readonly getAccessToken: () => Promise<string | null | undefined> }> | null = null;
  return async ({ environment }) => {
    try {
      signedIn ??= signIn(environment['GOOGLE_APPLICATION_CREDENTIALS']);
      const token = await (await signedIn).getAccessToken();
      if (typeof token !== 'string' || token === '') throw new Error('no token was given');
      return token;
    } catch (error) {
      signedIn = null;
      const why = error instanceof Error ? error.message : String(error);
      const line = why.replaceAll(/[\p{C}\s]+/gu, ' ').slice(0, 300);
      throw new ActionError('unauthenticated', `no credentials for Google Cloud: ${line}`, null, error);
    }
  };
}

async function signIn(keyFile: string | undefined) {
  const { GoogleAuth } = await import('google-auth-library');
  return new GoogleAuth({ scopes: [SCOPE], ...(keyFile === undefined ? {} : { keyFile }) });
}
