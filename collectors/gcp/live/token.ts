import type { LiveContext } from '#contract/live.ts';
import { CollectError } from '#model/errors.ts';
import type { GcpTarget } from '#model/target/gcp.ts';

/** An access token for the next call, made or renewed when one is needed. Throws `CollectError` where there is none. */
export type TokenOf = () => Promise<string>;

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/** Variables that hold a token itself, as gcloud and Terraform read them. */
const TOKEN_VARIABLES = ['CLOUDSDK_AUTH_ACCESS_TOKEN', 'GOOGLE_OAUTH_ACCESS_TOKEN'];

interface Client {
  readonly getAccessToken: () => Promise<{ readonly token?: string | null | undefined }>;
}

/**
 * Signs in by a token of the environment, else by Application Default Credentials, which may be a key file, a user's, those
 * of the machine, or a federation of workload identities; and as the service account of the target, where it names one
 * (https://cloud.google.com/docs/authentication/application-default-credentials).
 */
export function signIn(
  { impersonate }: GcpTarget,
  { environment }: Pick<LiveContext, 'environment'>,
): TokenOf {
  const given = TOKEN_VARIABLES.map((name) => environment[name] ?? '').find((value) => value !== '');
  if (given !== undefined) return () => Promise.resolve(given);
  let client: Promise<Client> | null = null;
  return async () => {
    try {
      client ??= open(impersonate, environment['GOOGLE_APPLICATION_CREDENTIALS']);
      const { token } = await (await client).getAccessToken();
      if (typeof token !== 'string' || token === '') throw new Error('no token was given');
      return token;
    } catch (error) {
      client = null;
      const why = error instanceof Error ? error.message : String(error);
      const line = why.replaceAll(/[\p{C}\s]+/gu, ' ').slice(0, 300);
      throw new CollectError(`no credentials for Google Cloud: ${line}`, {
        hint: 'gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS',
        cause: error,
      });
    }
  };
}

async function open(impersonate: string | null, keyFile: string | undefined): Promise<Client> {
  // The library takes a while to load, and nobody needs it for a token that is there already.
  const { GoogleAuth, Impersonated } = await import('google-auth-library');
  const own = new GoogleAuth({ scopes: [SCOPE], ...(keyFile === undefined ? {} : { keyFilename: keyFile }) });
  const sourceClient = await own.getClient();
  return impersonate === null
    ? sourceClient
    : new Impersonated({ sourceClient, targetPrincipal: impersonate, targetScopes: [SCOPE], lifetime: 3600 });
}
