import { CallError, callFailure } from '#collectors/shared/live/call-error.ts';
import { createCaller } from '#collectors/shared/live/caller.ts';
import { createHttp, type Http } from '#collectors/shared/live/http.ts';
import type { LiveContext } from '#contract/live.ts';
import { CollectError } from '#model/errors.ts';
import type { AzureTarget } from '#model/target/azure.ts';
import type { Call } from './calls.ts';

/** Both APIs of a tenant, with the claims that the tokens make. */
export interface Session {
  readonly http: (api: Call['api']) => Http;
  /** What the token of an API says; null: it is no JWT that can be read. */
  readonly claims: (api: Call['api']) => Promise<Readonly<Record<string, unknown>> | null>;
}

/** Environment variables with a token that somebody fetched: `az account get-access-token` gives one. */
export const TOKEN_VARIABLES: Readonly<Record<Call['api'], string>> = {
  management: 'NHI_AZURE_MANAGEMENT_TOKEN',
  graph: 'NHI_AZURE_GRAPH_TOKEN',
};

/** Opens a target with what @azure/identity finds. The first call throws `CollectError` where that is nothing. */
export function openSession(target: AzureTarget, context: LiveContext): Session {
  const caller = createCaller(context, { concurrency: target.concurrency });
  const tokens = tokensOf(target, context);
  const bases = { management: target.managementEndpoint, graph: target.graphEndpoint };
  const open = (api: Call['api']): Http =>
    createHttp({
      base: bases[api],
      caller,
      context,
      authorize: async () => ({ authorization: `Bearer ${await tokens(api)}` }),
      refine: (status, _headers, body) => refined(status, body),
    });
  const https = { management: open('management'), graph: open('graph') };
  return { http: (api) => https[api], claims: async (api) => claimsOf(await tokens(api)) };
}

function tokensOf(target: AzureTarget, context: LiveContext): (api: Call['api']) => Promise<string> {
  const credential = once(async () => {
    const { DefaultAzureCredential } = await import('@azure/identity');
    return new DefaultAzureCredential(target.tenant === null ? {} : { tenantId: target.tenant });
  });
  const bases = { management: target.managementEndpoint, graph: target.graphEndpoint };
  return async (api) => {
    const given = context.environment[TOKEN_VARIABLES[api]];
    if (given !== undefined && given !== '') return given;
    try {
      const scope = `${bases[api].replace(/\/+$/u, '')}/.default`;
      // The library keeps tokens and renews those that are about to end.
      return (await (await credential()).getToken(scope, { abortSignal: context.signal })).token;
    } catch (error) {
      context.signal.throwIfAborted();
      const why = error instanceof Error ? error.message : String(error);
      throw new CollectError(`no credentials for Azure: ${callFailure('unauthenticated', why).detail}`, {
        hint: 'az login, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET',
        cause: error,
      });
    }
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}

/** What Azure's and Graph's own codes add to a status. */
function refined(status: number, body: unknown): Partial<CallError['failure']> {
  const error = member(body, 'error');
  const code = member(error, 'code');
  if (typeof code !== 'string') return {};
  // Reports of sign-ins need a licence, and a tenant without one is refused as if a right were missing.
  if (/NonPremiumTenant|PremiumLicense|AadPremiumLicenseRequired/iu.test(code))
    return { kind: 'disabled', code };
  if (/SubscriptionNotRegistered|MissingSubscriptionRegistration|SubscriptionNotFound/iu.test(code))
    return { kind: 'disabled', code };
  if (status === 400 && /AuthorizationFailed|Authorization_RequestDenied/iu.test(code))
    return { kind: 'denied', code };
  return { code };
}

function claimsOf(token: string): Readonly<Record<string, unknown>> | null {
  const [, payload = ''] = token.split('.');
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? { ...claims } : null;
  } catch {
    return null;
  }
}

/** A member of an object; undefined: there is none. */
export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
