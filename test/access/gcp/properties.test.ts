import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gcpAccess } from '#access/gcp/index.ts';
import type { CloudRequest } from '#access/engine.ts';
import type { Verdict } from '#model/decision.ts';
import type { Json } from '#model/system.ts';
import { gcpRecords } from './estate.ts';

const PERMISSIONS = ['storage.objects.get', 'storage.objects.delete', 'iam.serviceAccountKeys.create'];
const MEMBERS = [
  'serviceAccount:app@p.iam.gserviceaccount.com',
  'user:ann@acme.example',
  'group:ops@acme.example',
  'allUsers',
];
const ROLES = {
  'roles/a': PERMISSIONS.slice(0, 1),
  'roles/b': PERMISSIONS.slice(0, 2),
  'roles/c': PERMISSIONS,
};
const SCOPES = ['projects/p', 'folders/2', 'organizations/1'];
const GROUPS = { 'group:ops@acme.example': ['user:ann@acme.example'] };

const binding = fc.record({
  on: fc.constantFrom(...SCOPES, '//storage.googleapis.com/projects/_/buckets/logs'),
  role: fc.constantFrom(...Object.keys(ROLES)),
  members: fc.subarray(MEMBERS, { minLength: 1 }),
  condition: fc.constantFrom(
    null,
    "resource.matchTag('a', 'b')",
    "resource.service == 'storage.googleapis.com'",
  ),
});

const rule = fc.record({
  on: fc.constantFrom(...SCOPES),
  deniedPrincipals: fc.constantFrom(
    ['principalSet://goog/public:all'],
    ['principalSet://goog/group/ops@acme.example'],
  ),
  deniedPermissions: fc.constantFrom(
    ['storage.googleapis.com/objects.*'],
    ['storage.googleapis.com/*.delete'],
  ),
});

const ask = fc.record({
  principal: fc.constantFrom(...MEMBERS.filter((member) => !member.startsWith('group:'))),
  action: fc.constantFrom(...PERMISSIONS),
  resource: fc.constantFrom('projects/p', '//storage.googleapis.com/projects/_/buckets/logs/objects/x'),
  scope: fc.constant('gcp:projects/p'),
});

type Binding = typeof binding extends fc.Arbitrary<infer T> ? T : never;
interface Rule {
  readonly on: string;
  readonly deniedPrincipals: readonly string[];
  readonly deniedPermissions: readonly string[];
}

function verdict(bindings: readonly Binding[], rules: readonly Rule[], request: CloudRequest): Verdict {
  const given: Json = {
    roles: ROLES,
    groups: GROUPS,
    allow: bindings.map(({ condition, ...rest }) => ({
      ...rest,
      ...(condition === null ? {} : { if: condition }),
    })),
    deny: rules.map(({ on, ...denyRule }) => ({ on, rules: [{ denyRule }] })),
  };
  return gcpAccess(gcpRecords(given)).decide(request).decision;
}

const RANK: Readonly<Record<Verdict, number>> = { denied: 0, unknown: 1, conditional: 2, allowed: 3 };

describe('decisions in Google Cloud', () => {
  it('never lose anything by one more binding', () => {
    fc.assert(
      fc.property(
        fc.array(binding, { maxLength: 5 }),
        fc.array(rule, { maxLength: 2 }),
        binding,
        ask,
        (bindings, rules, more, request) => {
          const before = verdict(bindings, rules, request);
          expect(RANK[verdict([...bindings, more], rules, request)]).toBeGreaterThanOrEqual(RANK[before]);
        },
      ),
    );
  });

  it('never gain anything by one more deny rule', () => {
    fc.assert(
      fc.property(
        fc.array(binding, { maxLength: 5 }),
        fc.array(rule, { maxLength: 2 }),
        rule,
        ask,
        (bindings, rules, more, request) => {
          const before = verdict(bindings, rules, request);
          expect(RANK[verdict(bindings, [...rules, more], request)]).toBeLessThanOrEqual(RANK[before]);
        },
      ),
    );
  });

  it('are denials wherever a deny rule without a condition fits', () => {
    fc.assert(
      fc.property(fc.array(binding, { maxLength: 5 }), ask, (bindings, request) => {
        const all = {
          on: 'organizations/1',
          deniedPrincipals: ['principalSet://goog/public:all'],
          deniedPermissions: ['storage.googleapis.com/*.*', 'iam.googleapis.com/*.*'],
        };
        expect(verdict(bindings, [all], request)).toBe('denied');
      }),
    );
  });

  it('do not depend on the order of bindings and rules', () => {
    fc.assert(
      fc.property(
        fc.array(binding, { maxLength: 6 }),
        fc.array(rule, { maxLength: 3 }),
        ask,
        (bindings, rules, request) => {
          expect(verdict(bindings.toReversed(), rules.toReversed(), request)).toBe(
            verdict(bindings, rules, request),
          );
        },
      ),
    );
  });

  it('survive any text as a condition', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const given = {
          roles: ROLES,
          allow: [{ on: 'projects/p', role: 'roles/a', members: ['allUsers'], if: text }],
        };
        const request = { principal: 'allUsers', action: 'storage.objects.get', resource: 'projects/p' };
        const { decision } = gcpAccess(gcpRecords(given)).decide(request);
        expect(['allowed', 'conditional', 'denied']).toContain(decision);
      }),
    );
  });

  it('survive conditions of a thousand brackets', () => {
    const deep = `${'('.repeat(5000)}true${')'.repeat(5000)}`;
    const given = {
      roles: ROLES,
      allow: [{ on: 'projects/p', role: 'roles/a', members: ['allUsers'], if: deep }],
    };
    const request = { principal: 'allUsers', action: 'storage.objects.get', resource: 'projects/p' };
    expect(gcpAccess(gcpRecords(given)).decide(request).decision).toBe('conditional');
  });
});
