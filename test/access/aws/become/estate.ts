import type { AccessRecords } from '#access/engine.ts';
import { awsAccess } from '#access/aws/index.ts';
import type { BecomeEdge } from '#model/entitlement.ts';
import type { Json } from '#model/system.ts';
import { adminUid, isWaypoint } from '#model/uid.ts';
import { becomingGraph, pathsFrom } from '#access/reach/index.ts';
import { accessRecords, mergeRecords } from '#test/access/access-records.ts';
import { arnOf, recordsOf } from '../given.ts';
import { documentOf, HOME, type Given } from '../given-schema.ts';

export { arnOf, HOME };

/** Full control over the home account. */
export const ADMIN = adminUid(`aws:${HOME}`);

/** A policy that allows everything. */
export const EVERYTHING: Json = [{ Effect: 'Allow', Action: '*', Resource: '*' }];

/** A world of `given.ts` with what else finding out who can become whom looks at. */
export interface Becoming extends Given {
  /** Managed policies by name, AWS's own as `aws/name`, with who has them attached. */
  readonly managed?: Readonly<Record<string, { readonly policy: Json; readonly on: readonly string[] }>>;
  /** Resources by ARN and the roles that they run with; a role's instance profile is called `profile`. */
  readonly runs?: Readonly<Record<string, string>>;
  readonly profiles?: readonly string[];
  /** Calls that were read whole, as `lambda:ListFunctions`. */
  readonly listed?: readonly string[];
  /** Users with how many access keys, and whether a password; the report that says so was read. */
  readonly credentials?: Readonly<Record<string, { readonly keys: number; readonly password: boolean }>>;
}

/** Allows the actions on the resource. */
export function allow(
  actions: string | readonly string[],
  resource: string | readonly string[] = '*',
  condition?: Json,
): Json {
  const statement = { Effect: 'Allow', Action: actions, Resource: resource };
  return [condition === undefined ? statement : { ...statement, Condition: condition }];
}

/** A trust policy for services, or with a `:` for principals of AWS. */
export function trust(...names: readonly string[]): Json {
  const isService = (name: string): boolean => name.endsWith('.amazonaws.com');
  return names.map((name) => ({
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: isService(name) ? { Service: name } : { AWS: name },
  }));
}

/** The edges of a world. */
export function edgesOf(given: Becoming): BecomeEdge[] {
  return [...awsAccess(becomingRecords(given)).edges()];
}

/** The techniques by which one becomes another, through waypoints, as `technique` or `technique (conditional)`, sorted. */
export function waysOf(given: Becoming, from: string, to: string): string[] {
  return waysIn(edgesOf(given), from, to);
}

/** The same, in edges that are there. */
export function waysIn(edges: readonly BecomeEdge[], from: string, to: string): string[] {
  const ways = between(edges, nodeOf(from), nodeOf(to));
  return [
    ...new Set(ways.map(({ via, certainty }) => (certainty === 'certain' ? via : `${via} (conditional)`))),
  ].toSorted();
}

/** How surely a technique leads from one to the other; null: it does not. */
export function edgesTo(
  edges: readonly BecomeEdge[],
  from: string,
  to: string,
  via: string,
): BecomeEdge['certainty'] | null {
  const certainties = between(edges, from, to).flatMap((edge) => (edge.via === via ? [edge.certainty] : []));
  return certainties.includes('certain') ? 'certain' : (certainties[0] ?? null);
}

/** The edges that lead from one to the other, at once or by a waypoint. */
function between(edges: readonly BecomeEdge[], from: string, to: string): readonly BecomeEdge[] {
  const waypoints = edges.filter(({ fromUid, toUid }) => toUid === to && isWaypoint(fromUid));
  const ends = new Set([to, ...waypoints.map(({ fromUid }) => fromUid)]);
  return edges.filter(({ fromUid, toUid }) => fromUid === from && ends.has(toUid));
}

/** The shortest path, as techniques with how sure it is; null: there is none. */
export function pathOf(given: Becoming, from: string, to: string): string | null {
  const found = pathsFrom(becomingGraph(edgesOf(given)), nodeOf(from)).pathOf(nodeOf(to));
  return found === null ? null : `${found.hops.map(({ via }) => via).join(' > ')} (${found.certainty})`;
}

function nodeOf(name: string): string {
  return /^(?:aws|oidc|saml):/u.test(name) ? name : arnOf(name);
}

/** The records of a world. */
export function becomingRecords({
  managed = {},
  runs = {},
  profiles = [],
  listed = [],
  credentials,
  ...given
}: Becoming): AccessRecords {
  const system = 'aws' as const;
  const scopeUid = `aws:${HOME}`;
  const coverage = [
    ...listed.map((call) => ['workloads', call] as const),
    ...(credentials === undefined ? [] : [['credentials', 'iam:GetCredentialReport'] as const]),
    ['trusts', 'iam:GetAccountAuthorizationDetails'] as const,
  ].map(([feed, call]) => ({
    system,
    scopeUid,
    feed,
    call,
    status: 'complete' as const,
    missingPermission: null,
    detail: null,
  }));
  const workload = (uid: string, role: string, kind: string) => ({
    uid,
    system,
    scopeUid,
    identityUid: arnOf(role),
    kind,
    name: uid,
    environment: null,
  });
  const credential = (user: string, kind: string, name: string) => ({
    uid: `${user}/${name}`,
    identityUid: arnOf(user),
    kind,
    enabled: true,
  });
  return mergeRecords([
    recordsOf(given),
    accessRecords({
      coverage,
      workloads: [
        ...Object.entries(runs).map(([uid, role]) => workload(uid, role, 'workload')),
        ...profiles.map((role) => workload(`${arnOf('instance-profile')}/${role}`, role, 'instance-profile')),
      ],
      credentials: Object.entries(credentials ?? {}).flatMap(([user, { keys, password }]) => [
        ...Array.from({ length: keys }, (_, index) => credential(user, 'access-key', String(index))),
        ...(password ? [credential(user, 'console-password', 'password')] : []),
      ]),
      roles: Object.entries(managed).map(([name, { policy }]) => ({
        uid: policyArn(name),
        system,
        scopeUid,
        kind: 'managed-policy',
        name,
        managedBy: name.startsWith('aws/') ? 'provider' : 'customer',
        createdAt: null,
        document: documentOf(policy),
        breadth: null,
      })),
      grants: Object.entries(managed).flatMap(([name, { on }]) =>
        on.map(arnOf).map((holder) => ({
          uid: `${holder}->${policyArn(name)}`,
          system,
          scopeUid,
          principalUid: holder,
          principalKind: holder.includes(':group/') ? ('group' as const) : ('identity' as const),
          roleUid: policyArn(name),
          kind: 'attached-policy',
          state: 'active' as const,
          condition: null,
          resourceUid: null,
          createdAt: null,
        })),
      ),
    }),
  ]);
}

/** The ARN of a policy of the home account, or of one of AWS's own. */
export function policyArn(name: string): string {
  if (name.startsWith('aws/')) return `arn:aws:iam::aws:policy/${name.slice('aws/'.length)}`;
  return `arn:aws:iam::${HOME}:policy/${name}`;
}
