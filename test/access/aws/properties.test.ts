import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CloudRequest } from '#access/engine.ts';
import { awsAccess } from '#access/aws/index.ts';
import type { Verdict } from '#model/decision.ts';
import { recordsOf } from './given.ts';
import type { Given } from './given-schema.ts';
import { statements, worlds, ANN, APP, contexts, REQUESTS, type WrittenStatement } from './worlds.ts';

const AS_OF = '2026-06-01T00:00:00.000Z';
const principals = fc.constantFrom(ANN, APP);
const requests = fc.constantFrom(...REQUESTS);

function verdict(given: Given, request: CloudRequest): Verdict {
  return awsAccess(recordsOf(given), { asOf: AS_OF }).decide(request).decision;
}

/** How much a verdict lets through: what hangs on something is between yes and no. */
function rank(decision: Verdict): number {
  return decision === 'allowed' ? 2 : decision === 'denied' ? 0 : 1;
}

function withPolicy(given: Given, policy: readonly WrittenStatement[]): Given {
  const identities = Object.entries(given.identities ?? {}).map(([name, identity]) => [
    name,
    { ...identity, policies: [...(identity.policies ?? []), [...policy]] },
  ]);
  return { ...given, identities: Object.fromEntries(identities) };
}

function withBoundary(given: Given, boundary: readonly WrittenStatement[]): Given {
  const identities = Object.entries(given.identities ?? {}).map(([name, identity]) => [
    name,
    { ...identity, boundary: [...boundary] },
  ]);
  return { ...given, identities: Object.fromEntries(identities) };
}

describe('an explicit deny', () => {
  it('wins in whatever policy it stands', () => {
    const places = fc.constantFrom('identity', 'boundary', 'scp', 'bucket');
    fc.assert(
      fc.property(
        worlds,
        principals,
        requests,
        places,
        contexts,
        (given, principal, [action, resource], place, context) => {
          const deny = { Effect: 'Deny', Action: action, Resource: '*' };
          const denied = denying(given, place, deny, resource);
          expect(verdict(denied, { principal, action, resource, context })).toBe('denied');
        },
      ),
      { numRuns: 400 },
    );
  });
});

function denying(given: Given, place: string, deny: WrittenStatement, resource: string | null): Given {
  switch (place) {
    case 'boundary':
      return withBoundary(given, [deny]);
    case 'scp':
      return { ...given, organization: { levels: [{ scp: [[deny]] }, { scp: [[deny]] }] } };
    case 'bucket':
      if (resource === null) return withPolicy(given, [deny]);
      return {
        ...given,
        resources: { ...given.resources, [resource]: { policy: [{ ...deny, Principal: '*' }] } },
      };
    default:
      return withPolicy(given, [deny]);
  }
}

describe('adding', () => {
  it('an allow never takes a permission away', () => {
    const allows = statements.map((statement) => ({ ...statement, Effect: 'Allow' }));
    fc.assert(
      fc.property(worlds, principals, requests, allows, (given, principal, [action, resource], allow) => {
        const before = verdict(given, { principal, action, resource });
        const after = verdict(withPolicy(given, [allow]), { principal, action, resource });
        expect(rank(after)).toBeGreaterThanOrEqual(rank(before));
      }),
      { numRuns: 600 },
    );
  });

  it('a boundary never gives one', () => {
    const boundaries = fc.array(statements, { maxLength: 3 });
    fc.assert(
      fc.property(
        worlds,
        principals,
        requests,
        boundaries,
        (given, principal, [action, resource], boundary) => {
          const bare = { ...given, identities: withoutBoundaries(given.identities ?? {}) };
          const before = verdict(bare, { principal, action, resource });
          const after = verdict(withBoundary(bare, boundary), { principal, action, resource });
          expect(rank(after)).toBeLessThanOrEqual(rank(before));
        },
      ),
      { numRuns: 600 },
    );
  });

  it('a level of service control policies never gives one', () => {
    const levels = fc.array(statements, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(worlds, principals, requests, levels, (given, principal, [action, resource], added) => {
        const { organization } = given;
        const existing = typeof organization === 'object' ? organization.levels : [];
        const free = { scp: [[{ Effect: 'Allow', Action: '*', Resource: '*' }]] };
        const under = (levelsNow: typeof existing): Given => ({
          ...given,
          organization: { levels: levelsNow },
        });
        const before = verdict(under([free, free, ...existing]), { principal, action, resource });
        const after = verdict(under([free, { scp: [added] }, free, ...existing]), {
          principal,
          action,
          resource,
        });
        expect(rank(after)).toBeLessThanOrEqual(rank(before));
      }),
      { numRuns: 600 },
    );
  });
});

function withoutBoundaries(identities: NonNullable<Given['identities']>): NonNullable<Given['identities']> {
  return Object.fromEntries(
    Object.entries(identities).map(([name, { policies, groups, tags, trust }]) => [
      name,
      { policies, groups, tags, ...(trust === undefined ? {} : { trust }) },
    ]),
  );
}

describe('a decision', () => {
  it('does not depend on the order of statements, policies and rows', () => {
    fc.assert(
      fc.property(worlds, principals, requests, contexts, (given, principal, [action, resource], context) => {
        const request = { principal, action, resource, context };
        expect(verdict(reversed(given), request)).toBe(verdict(given, request));
      }),
      { numRuns: 400 },
    );
  });

  it('that denies whatever the request is denies every single request', () => {
    // The Region is none of these: where a resource settles it, a request cannot say otherwise.
    const open = contexts.filter((context) => context['aws:RequestedRegion'] === undefined);
    fc.assert(
      fc.property(worlds, principals, requests, open, (given, principal, [action, resource], context) => {
        const before = verdict(given, { principal, action, resource });
        fc.pre(before === 'denied');
        expect(verdict(given, { principal, action, resource, context })).toBe('denied');
      }),
      { numRuns: 200 },
    );
  });
});

function reversed(given: Given): Given {
  const turn = (policy: unknown): never[] => (Array.isArray(policy) ? policy.toReversed() : []) as never[];
  const identities = Object.entries(given.identities ?? {}).map(([name, identity]) => [
    name,
    {
      ...identity,
      policies: (identity.policies ?? []).toReversed().map(turn),
      groups: Object.fromEntries(
        Object.entries(identity.groups ?? {}).map(([group, policy]) => [group, turn(policy)]),
      ),
      ...(identity.boundary === undefined ? {} : { boundary: turn(identity.boundary) }),
    },
  ]);
  return { ...given, identities: Object.fromEntries(identities.toReversed()) };
}
