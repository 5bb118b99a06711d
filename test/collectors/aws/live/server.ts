import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

/** A call as it came in. */
export interface Received {
  /** `iam:ListAccessKeys`: the service that it was signed for, and the operation. */
  readonly call: string;
  readonly region: string;
  /** The access key that it was signed with. */
  readonly key: string;
  /** The parameters of a query, or the JSON. */
  readonly input: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly status?: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer, or `cut`: the connection ends without one. */
export type Handler = (received: Received) => Answer | 'cut' | Promise<Answer | 'cut'>;

/** A server that speaks the protocols of AWS. What no handler is for is answered with nothing in it. */
export interface AwsServer {
  readonly endpoint: string;
  readonly received: readonly Received[];
  readonly on: (call: string, handler: Handler) => void;
}

/** The operations of services that tell them by method and path. */
const PATHS: readonly (readonly [service: string, pattern: RegExp, operation: string])[] = [
  ['access-analyzer', /^POST \/findingv2/u, 'ListFindingsV2'],
  ['access-analyzer', /^GET \/findingv2\//u, 'GetFindingV2'],
  ['access-analyzer', /^GET \/analyzer/u, 'ListAnalyzers'],
  ['bedrock', /^POST \/agents/u, 'ListAgents'],
  ['bedrock-agentcore', /^POST \/runtimes/u, 'ListAgentRuntimes'],
  ['bedrock-agentcore', /^\w+ \/gateways/u, 'ListGateways'],
  ['bedrock-agentcore', /^POST \/code-interpreters/u, 'ListCodeInterpreters'],
  ['bedrock-agentcore', /^POST \/browsers/u, 'ListBrowsers'],
  ['bedrock-agentcore', /^POST \/identities\/ListWorkloadIdentities/u, 'ListWorkloadIdentities'],
  ['bedrock-agentcore', /^POST \/identities\/GetWorkloadIdentity/u, 'GetWorkloadIdentity'],
  ['eks', /^GET \/clusters\/[^/]+\/pod-identity-associations\/./u, 'DescribePodIdentityAssociation'],
  ['eks', /^GET \/clusters\/[^/]+\/pod-identity-associations/u, 'ListPodIdentityAssociations'],
  ['eks', /^GET \/clusters\/[^/]+\/node-groups/u, 'ListNodegroups'],
  ['eks', /^GET \/clusters\/[^/]+\/access-entries/u, 'ListAccessEntries'],
  ['eks', /^GET \/clusters\/[^/?]+$/u, 'DescribeCluster'],
  ['eks', /^GET \/clusters/u, 'ListClusters'],
  ['lambda', /^GET \/2015-03-31\/functions\/[^/?]+\/policy/u, 'GetPolicy'],
  ['lambda', /^GET \/2015-03-31\/functions/u, 'ListFunctions'],
  ['rolesanywhere', /^GET \/trustanchors/u, 'ListTrustAnchors'],
  ['rolesanywhere', /^GET \/profiles/u, 'ListProfiles'],
  ['rolesanywhere', /^GET \/subjects/u, 'ListSubjects'],
  ['s3', /^GET \/(?:\?|$)/u, 'ListBuckets'],
];

/** Starts a server for one test. Credentials that it is not told of are those of the account 111111111111. */
export async function startServer(): Promise<AwsServer> {
  const received: Received[] = [];
  const handlers = new Map<string, Handler>([
    ['sts:GetCallerIdentity', () => xml('GetCallerIdentity', identity('111111111111'))],
    ['organizations:DescribeOrganization', () => json({ __type: 'AWSOrganizationsNotInUseException' }, 400)],
    ['iam:GetCredentialReport', () => report(['<root_account>'])],
  ]);
  const server = createServer((request, response) => {
    void answer(request, response, received, handlers);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    received,
    on: (call, handler) => handlers.set(call, handler),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  received: Received[],
  handlers: ReadonlyMap<string, Handler>,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  const one = receivedOf(request, Buffer.concat(chunks).toString('utf8'));
  received.push(one);
  const given = await (handlers.get(one.call) ?? nothing)(one);
  if (given === 'cut') {
    request.socket.destroy();
    return;
  }
  response.writeHead(given.status ?? 200, given.headers);
  response.end(given.body);
}

function receivedOf(request: IncomingMessage, body: string): Received {
  const scope =
    /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//u.exec(request.headers.authorization ?? '') ?? [];
  const [, key = '', region = '', service = ''] = scope;
  const target = request.headers['x-amz-target'];
  const path = `${request.method ?? ''} ${request.url ?? ''}`;
  const isQuery = body.startsWith('Action=') || /(?:^|&)Action=/u.test(body);
  const query = new URLSearchParams(isQuery ? body : '');
  const operation =
    query.get('Action') ??
    (typeof target === 'string' ? target.split('.').at(-1) : null) ??
    PATHS.find(([name, pattern]) => name === service && pattern.test(path))?.[2] ??
    path;
  const input: unknown = isQuery ? Object.fromEntries(query) : body.startsWith('{') ? JSON.parse(body) : {};
  return { call: `${service}:${operation}`, region, key, input: { ...(input as Record<string, unknown>) } };
}

const QUERIES = new Set(['cloudformation', 'iam', 'sts', 'sns', 'ec2', 's3']);

function nothing({ call }: Received): Answer {
  const [service = '', operation = ''] = call.split(':');
  return QUERIES.has(service) ? xml(operation, '') : json({});
}

/** A reply of the query protocol. */
export function xml(operation: string, result: string): Answer {
  const body = `<${operation}Response><${operation}Result>${result}</${operation}Result></${operation}Response>`;
  return { body, headers: { 'content-type': 'text/xml' } };
}

/** An error of the query protocol. */
export function xmlError(status: number, code: string, headers: Answer['headers'] = {}): Answer {
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`;
  return { status, body, headers: { 'content-type': 'text/xml', ...headers } };
}

/** A reply of a JSON protocol. */
export function json(value: unknown, status = 200, headers: Answer['headers'] = {}): Answer {
  return {
    status,
    body: JSON.stringify(value),
    headers: { 'content-type': 'application/x-amz-json-1.1', ...headers },
  };
}

/** A credential report with these users, made at the tests' time. */
export function report(users: readonly string[], at = '2026-11-19T23:00:00Z'): Answer {
  const csv = [
    'user,arn,user_creation_time,password_enabled,mfa_active,access_key_1_active',
    ...users.map((user) => {
      const name = user === '<root_account>' ? 'root' : `user/${user}`;
      return `${user},arn:aws:iam::111111111111:${name},2026-01-01T00:00:00+00:00,false,false,false`;
    }),
  ].join('\n');
  const content = Buffer.from(csv).toString('base64');
  return xml(
    'GetCredentialReport',
    `<Content>${content}</Content><GeneratedTime>${at}</GeneratedTime><ReportFormat>text/csv</ReportFormat>`,
  );
}

/** Who the caller is, as STS says it. */
export function identity(account: string): string {
  return `<Arn>arn:aws:iam::${account}:role/nhi</Arn><UserId>AROA</UserId><Account>${account}</Account>`;
}
