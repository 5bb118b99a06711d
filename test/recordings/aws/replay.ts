import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseInstant } from '#collectors/aws/instant.ts';
import {
  identity,
  json,
  xml,
  xmlError,
  type Answer,
  type AwsServer,
} from '#test/collectors/aws/live/server.ts';

/** Recorded replies of AWS, a folder a scenario, as botocore's recorder stores them: what the client made of the wire. */
export const RECORDED = join(process.cwd(), '../shared/data/aws/recorded');

type Reply = Readonly<Record<string, unknown>>;

interface Recording {
  readonly status_code: number;
  readonly data: Reply & { readonly Error?: { readonly Code: string } };
}

/**
 * Lets the server answer with a scenario's replies as they went over the wire: one call after the other, and the last one
 * for good. The credentials are those of `account`.
 */
export function replay(server: AwsServer, scenario: string, account: string): void {
  server.on('sts:GetCallerIdentity', () => xml('GetCallerIdentity', identity(account)));
  const calls = new Map<string, Recording[]>();
  for (const name of readdirSync(join(RECORDED, scenario)).toSorted()) {
    const [, call = ''] = /^(.+)_\d+\.json$/u.exec(name) ?? [];
    calls.set(call, [...(calls.get(call) ?? []), recording(scenario, name)]);
  }
  for (const [call, replies] of calls) {
    const [service = '', operation = ''] = call.split('.');
    server.on(`${service}:${operation}`, () => {
      const reply = replies.length > 1 ? replies.shift() : replies[0];
      if (reply === undefined) throw new Error(`no reply of ${call} is left`);
      return onWire(service, operation, reply);
    });
  }
}

/** Lets the server answer authorization details with what a list of the scenario has: `Users` or `Roles`. */
export function replayDetails(server: AwsServer, scenario: string, list: 'Users' | 'Roles'): void {
  const items = recording(scenario, `iam.List${list}_1.json`).data[list];
  const filter = list === 'Users' ? 'User' : 'Role';
  server.on('iam:GetAccountAuthorizationDetails', ({ input }) =>
    xml(
      'GetAccountAuthorizationDetails',
      input['Filter.member.1'] === filter ? tag(`${filter}DetailList`, items, QUERY) : '',
    ),
  );
}

function recording(scenario: string, name: string): Recording {
  // The recorder's own envelope, whose shape is known.
  return JSON.parse(readFileSync(join(RECORDED, scenario, name), 'utf8')) as Recording;
}

function onWire(service: string, operation: string, { status_code: status, data }: Recording): Answer {
  const { ResponseMetadata: _, Error: error, ...members } = data;
  if (error !== undefined) return xmlError(status, error.Code);
  if (service === 'ec2') {
    const body = Object.entries(members).map(([name, value]) => tag(name, value, EC2));
    return { status, body: `<${operation}Response>${body.join('')}</${operation}Response>` };
  }
  if (service !== 'iam') return json(JSON.parse(JSON.stringify(members, timesAsText)), status);
  // A report goes over the wire in base64.
  const content = members['Content'];
  const sent =
    typeof content === 'string' ? { ...members, Content: Buffer.from(content).toString('base64') } : members;
  return xml(
    operation,
    Object.entries(sent)
      .map(([name, value]) => tag(name, value, QUERY))
      .join(''),
  );
}

function timesAsText(_: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && '__class__' in value ? parseInstant(value) : value;
}

/** How a protocol of XML calls the elements of lists and the members. */
interface Dialect {
  readonly element: string;
  readonly nameOf: (name: string) => string;
}

const QUERY: Dialect = { element: 'member', nameOf: (name) => name };
/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html */
const EC2: Dialect = {
  element: 'item',
  nameOf: (name) =>
    ({ Reservations: 'reservationSet', Instances: 'instancesSet', State: 'instanceState' })[name] ??
    `${name.charAt(0).toLowerCase()}${name.slice(1)}`,
};

function tag(name: string, value: unknown, dialect: Dialect): string {
  const called = dialect.nameOf(name);
  return `<${called}>${inside(value, dialect)}</${called}>`;
}

function inside(value: unknown, dialect: Dialect): string {
  if (Array.isArray(value)) {
    return value.map((one) => `<${dialect.element}>${inside(one, dialect)}</${dialect.element}>`).join('');
  }
  if (typeof value !== 'object' || value === null) {
    return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  }
  if ('__class__' in value) return parseInstant(value) ?? '';
  return Object.entries(value)
    .map(([name, member]) => tag(name, member, dialect))
    .join('');
}
