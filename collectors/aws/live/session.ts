import type { LiveContext } from '#contract/live.ts';
import type { AwsTarget } from '#model/target/aws.ts';
import { CallError, callFailure } from '#collectors/shared/live/call-error.ts';
import { createCaller } from '#collectors/shared/live/caller.ts';
import { operationOf, pageTokens, type Call, type Library } from './calls.ts';
import type { CredentialsOf } from './credentials.ts';
import { failureOf } from './failure.ts';

/** What a call gave, as the SDK has it: times are dates, blobs are bytes. */
export type Reply = Readonly<Record<string, unknown>>;

/** Calls with one set of credentials. Every method throws `CallError` for a failure that stays. */
export interface Session {
  readonly call: (call: Call, input: Reply, region?: string) => Promise<Reply>;
  /** Page after page. A token that comes twice ends in an error. */
  readonly pages: (call: Call, input: Reply, region?: string) => AsyncIterable<Reply>;
  /** Lets go of the connections. */
  readonly close: () => void;
}

/** As much of a client of the SDK as is used. */
interface Client {
  readonly send: (operation: string, input: Reply, signal: AbortSignal) => Promise<Reply>;
  readonly destroy: () => void;
}

/** A session whose clients are made when they are first needed, one a service and Region. `label` tells its limits apart. */
export function createSession(
  target: AwsTarget,
  context: LiveContext,
  credentials: CredentialsOf,
  label: string,
): Session {
  const caller = createCaller(context, { concurrency: target.concurrency, failureOf });
  const clients = new Map<string, Promise<Client>>();

  const clientOf = (call: Call, region: string): Promise<Client> => {
    const { service, client: name, load } = operationOf(call);
    const key = `${service} ${region}`;
    const made =
      clients.get(key) ?? load().then((library) => newClient(library, name, target, credentials, region));
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
    close: () => {
      // A client that could not be made has failed its call already.
      for (const client of clients.values()) client.then(({ destroy }) => destroy()).catch(() => undefined);
    },
  };
}

/** Where services without Regions are, by the partition of the target's Regions. */
export function globalRegion({ regions }: AwsTarget): string {
  const first = regions[0] ?? 'us-east-1';
  if (first.startsWith('cn-')) return 'cn-north-1';
  return first.startsWith('us-gov-') ? 'us-gov-west-1' : 'us-east-1';
}

function newClient(
  library: Library,
  name: string,
  { endpoint }: AwsTarget,
  credentials: CredentialsOf,
  region: string,
): Client {
  const made = construct(library, name, {
    region,
    credentials,
    // The caller tries again, within the limits of the account.
    maxAttempts: 1,
    customUserAgent: 'nhi-auditor',
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    followRegionRedirects: true,
    // A reply must not say where the next request goes.
    useQueueUrlAsEndpoint: false,
  });
  // Every client of the SDK has these two methods; each is called on it, since they need their `this`.
  const client = made as {
    send: (command: object, options: { abortSignal: AbortSignal }) => Promise<Reply>;
    destroy: () => void;
  };
  return {
    send: (operation, input, abortSignal) =>
      client.send(construct(library, `${operation}Command`, input), { abortSignal }),
    destroy: () => client.destroy(),
  };
}

function construct(library: Library, name: string, argument: Reply): object {
  const constructor = library[name];
  if (typeof constructor !== 'function') throw new Error(`the SDK has no ${name}`);
  return Reflect.construct(constructor, [argument]);
}
