import type { LiveContext } from '#contract/live.ts';
import type { AwsTarget } from '#model/target/aws.ts';
import { CallError, callFailure } from '#collectors/shared/live/call-error.ts';
import { createCaller } from '#collectors/shared/live/caller.ts';
import { operationOf, pageTokens, type Call, type Library } from './calls.ts';
import { openConnections, type Connections } from './connections.ts';
import type { CredentialsOf } from './credentials.ts';
import { failureOf } from './failure.ts';

/** What a call gave, as the SDK has it: times are dates, blobs are bytes. */
export type Reply = Readonly<Record<string, unknown>>;

/** Calls with one set of credentials. Every method throws `CallError` for a failure that stays. */
export interface Session {
  readonly call: (call: Call, input: Reply, region?: string) => Promise<Reply>;
  /** Page after page. A token that comes twice ends in an error. */
  readonly pages: (call: Call, input: Reply, region?: string) => AsyncIterable<Reply>;
  readonly connections: Connections;
}

/** As much of a client of the SDK as is used. */
interface Client {
  readonly send: (operation: string, input: Reply, signal: AbortSignal) => Promise<Reply>;
}

/**
 * A session whose clients are made when they are first needed, one a service and Region. `label` tells its limits apart.
 * Sessions that share `connections` ask the same hosts without shaking hands again.
 */
export function createSession(
  target: AwsTarget,
  context: LiveContext,
  credentials: CredentialsOf,
  label: string,
  connections: Connections = openConnections(),
): Session {
  const caller = createCaller(context, { concurrency: target.concurrency, failureOf });
  const clients = new Map<string, Promise<Client>>();

  const clientOf = (call: Call, region: string): Promise<Client> => {
    const { service, client: name, load } = operationOf(call);
    const key = `${service} ${region}`;
    const made =
      clients.get(key) ??
      load().then((library) => newClient(library, name, { target, credentials, region, connections }));
    clients.set(key, made);
    return made;
  };

  const call: Session['call'] = async (what, input, region = globalRegion(target)) => {
    const { service, operation } = operationOf(what);
    const client = await clientOf(what, region);
    return caller.call(`${service}:${region}@${label}`, (signal) => client.send(operation, input, signal));
  };

  return {
    call,
    pages: async function* (what, input, region) {
      const tokens = pageTokens(what);
      const seen = new Set<unknown>();
      let next: Reply = input;
      for (;;) {
        const reply = await call(what, next, region);
        yield reply;
        const token = reply[tokens.output];
        if (typeof token !== 'string' || token === '') return;
        if (seen.has(token)) throw new CallError(callFailure('malformed', 'a page that was there before'));
        seen.add(token);
        next = { ...input, [tokens.input]: token };
      }
    },
    connections,
  };
}

/** Where services without Regions are, by the partition of the target's Regions. */
export function globalRegion({ regions }: AwsTarget): string {
  const first = regions[0] ?? 'us-east-1';
  if (first.startsWith('cn-')) return 'cn-north-1';
  return first.startsWith('us-gov-') ? 'us-gov-west-1' : 'us-east-1';
}

interface ClientSettings {
  readonly target: AwsTarget;
  readonly credentials: CredentialsOf;
  readonly region: string;
  readonly connections: Connections;
}

function newClient(
  library: Library,
  name: string,
  { target: { endpoint }, credentials, region, connections }: ClientSettings,
): Client {
  const made = construct(library, name, {
    region,
    credentials,
    ...(name === 'RolesAnywhereClient' ? {} : sharing(connections)),
    // The caller tries again, within the limits of the account.
    maxAttempts: 1,
    customUserAgent: 'nhi-auditor',
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    followRegionRedirects: true,
    // A reply must not say where the next request goes.
    useQueueUrlAsEndpoint: false,
  });
  // Every client of the SDK has this method; it is called on it, since it needs its `this`.
  const client = made as {
    send: (command: object, options: { abortSignal: AbortSignal }) => Promise<Reply>;
  };
  return {
    send: (operation, input, abortSignal) =>
      client.send(construct(library, `${operation}Command`, input), { abortSignal }),
  };
}

/** The newest client of Roles Anywhere is too old to take this: it opens connections of its own. */
function sharing({ http, https }: Connections): Reply {
  return { requestHandler: { httpAgent: http, httpsAgent: https } };
}

function construct(library: Library, name: string, argument: Reply): object {
  const constructor = library[name];
  if (typeof constructor !== 'function') throw new Error(`the SDK has no ${name}`);
  return Reflect.construct(constructor, [argument]);
}
