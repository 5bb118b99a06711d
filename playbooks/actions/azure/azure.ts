import { ActionError, type ActingContext, type Parameters, type Receipt } from '#contract/action.ts';
import type { Json } from '#model/system.ts';
import { acting, orAbsent } from '../shared/action-error.ts';
import { textOf } from '../shared/parameter.ts';
import { createWriteHttp, type WriteHttp, type WriteReply, type WriteRequest } from '../shared/write-http.ts';
import { at } from './names.ts';
import { tenantOf, type TokenOf } from './token.ts';

export type AzureApi = 'graph' | 'management';

export interface AzureRequest extends WriteRequest {
  /** The right that the call takes. */
  readonly permission: string;
}

/** Microsoft Graph and Azure Resource Manager with the credentials that act. Every call throws ActionError. */
export interface Azure {
  /** Calls one of them; null: the object is not there. */
  readonly call: (api: AzureApi, request: AzureRequest) => Promise<WriteReply | null>;
  /** Everything of a list, page by page; null: what it is a list of is not there. */
  readonly list: (api: AzureApi, path: string, permission: string) => Promise<readonly Json[] | null>;
}

/** For a change that was not needed: no request was made. */
export const NOTHING_TO_DO: Receipt = { requestId: null };

/**
 * The tenant of the parameter `tenant`, and no other: an object of another tenant would look as if it were gone.
 * Throws ActionError `refused`.
 */
export function azure(parameters: Parameters, context: ActingContext, tokenOf: TokenOf): Azure {
  const { target } = context;
  if (target.system !== 'azure') throw new ActionError('refused', `${target.system} is not Azure`);
  const tenant = textOf(parameters, 'tenant');
  if (target.tenant !== null && target.tenant.toLowerCase() !== tenant)
    throw otherTenant(target.tenant, tenant);
  const clients = new Map<AzureApi, WriteHttp>();
  const clientFor = (api: AzureApi): WriteHttp => {
    const base = api === 'graph' ? target.graphEndpoint : target.managementEndpoint;
    const client =
      clients.get(api) ??
      createWriteHttp({
        base,
        context,
        concurrency: target.concurrency,
        authorize: async () => {
          const token = await tokenOf(base, tenant, context);
          const own = tenantOf(token);
          if (own !== null && own !== tenant) throw otherTenant(own, tenant);
          return { authorization: `Bearer ${token}` };
        },
      });
    clients.set(api, client);
    return client;
  };
  const call: Azure['call'] = (api, { permission, ...request }) =>
    acting(
      () => orAbsent(clientFor(api)(request)),
      () => permission,
    );
  return { call, list: async (api, path, permission) => everyPage(call, api, path, permission) };
}

/** What Azure's logs call a change: the activity log by its request id, the directory's audit log by Graph's. */
export function receiptOf(reply: WriteReply | null): Receipt {
  return { requestId: reply?.headers['x-ms-request-id'] ?? reply?.headers['request-id'] ?? null };
}

async function everyPage(
  call: Azure['call'],
  api: AzureApi,
  first: string,
  permission: string,
): Promise<readonly Json[] | null> {
  const items: Json[] = [];
  const seen = new Set<string>();
  for (let path: string | null = first; path !== null;) {
    if (seen.has(path)) throw new ActionError('failed', 'a page of the list came twice');
    seen.add(path);
    const reply = await call(api, { method: 'GET', path, permission });
    if (reply === null) return null;
    const value = at(reply.body, 'value');
    if (!Array.isArray(value)) throw new ActionError('failed', 'a reply that is no list');
    items.push(...value);
    path = nextPath(at(reply.body, '@odata.nextLink') ?? at(reply.body, 'nextLink'));
  }
  return items;
}

/** Its path and query alone: credentials stay at the origin that they are for, whatever a reply's link says. */
function nextPath(link: Json | undefined): string | null {
  if (typeof link !== 'string' || !URL.canParse(link)) return null;
  const { pathname, search } = new URL(link);
  return `${pathname}${search}`;
}

function otherTenant(own: string, tenant: string): ActionError {
  return new ActionError('refused', `the credentials are of the tenant ${own}, not of ${tenant}`);
}
