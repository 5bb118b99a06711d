import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildEstate } from '#access/aws/estate.ts';
import { awsAccess } from '#access/aws/index.ts';
import { questionsOn } from '#access/aws/questions.ts';
import type { AccessRecords } from '#access/engine.ts';
import type { Verdict } from '#model/decision.ts';
import type { BecomeEdge } from '#model/entitlement.ts';
import { accessRecords, mergeRecords } from '#test/access/access-records.ts';
import { recordsOf } from '../given.ts';
import { arnOf, becomingRecords, edgesTo, type Becoming } from './estate.ts';
import { worlds } from './random-worlds.ts';

const edgesIn = (records: AccessRecords): BecomeEdge[] => [...awsAccess(records).edges()];

describe('the edges of AWS', () => {
  it('each vanish with any one permission that they name', () => {
    fc.assert(
      fc.property(worlds, fc.nat(), (world, choice) => {
        const records = becomingRecords(world);
        const known = new Set(records.identities.map(({ uid }) => uid));
        const edges = edgesIn(records).filter(({ fromUid }) => known.has(fromUid));
        const edge = edges[choice % Math.max(1, edges.length)];
        for (const permission of edge?.permissions ?? []) {
          const left = edgesIn(denying(records, edge?.fromUid ?? '', permission));
          expect(left.map(lineOf), permission).not.toContain(edge === undefined ? '' : lineOf(edge));
        }
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ['assume-role', ['sts:AssumeRole'], 'role/'],
    ['update-trust-policy', ['iam:UpdateAssumeRolePolicy'], 'role/'],
    ['replace-access-key', ['iam:CreateAccessKey', 'iam:DeleteAccessKey'], 'user/'],
  ])('say %s exactly where the engine decides so of a pair', (via, permissions, kind) => {
    fc.assert(
      fc.property(worlds, (world) => {
        const records = becomingRecords(world);
        const { may } = questionsOn(buildEstate(records, {}));
        const edges = edgesIn(records);
        for (const [from, to] of pairsIn(records, kind)) {
          // An administrator has them all in its own account by being one.
          if (isAdministrator(edges, from) && via !== 'assume-role') continue;
          const verdicts = permissions.map(
            (action) => may({ principal: from, action, resource: to }).verdict,
          );
          const expected = isTarget(world, via, from, to) ? certaintyOf(verdicts) : null;
          expect([from, to, edgesTo(edges, from, to, via)]).toEqual([from, to, expected]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('do not depend on the order of the rows', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const records = becomingRecords(world);
        const tables = Object.entries(records).map(([table, rows]) => [table, rows.toReversed()]);
        const backwards = accessRecords(Object.fromEntries(tables));
        expect(edgesIn(backwards).map(wholeOf).toSorted()).toEqual(edgesIn(records).map(wholeOf).toSorted());
      }),
      { numRuns: 25 },
    );
  });
});

/** With one more policy for somebody, which denies the permission. */
function denying(records: AccessRecords, uid: string, permission: string): AccessRecords {
  const deny = [{ Effect: 'Deny', Action: permission, Resource: '*' }];
  const { roles, grants } = recordsOf({ identities: { [uid]: { policies: [deny] } } });
  const own = (text: string): string => text.replace('/inline/p1', '/inline/deny');
  return mergeRecords([
    records,
    accessRecords({
      roles: roles.map((role) => ({ ...role, uid: own(role.uid) })),
      grants: grants.map((grant) => ({ ...grant, uid: own(grant.uid), roleUid: own(grant.roleUid) })),
    }),
  ]);
}

function pairsIn({ identities }: AccessRecords, kind: string): [string, string][] {
  const targets = identities.filter(({ uid }) => uid.includes(`:${kind}`));
  return identities.flatMap(({ uid: from }) =>
    targets.filter(({ uid }) => uid !== from).map(({ uid: to }): [string, string] => [from, to]),
  );
}

function isAdministrator(edges: readonly BecomeEdge[], uid: string): boolean {
  return edges.some(
    ({ fromUid, via, certainty }) => fromUid === uid && via === 'administrator' && certainty === 'certain',
  );
}

/** Whether the way can lead there at all: IAM acts within an account, and only ann may have two keys. */
function isTarget({ credentials }: Becoming, via: string, from: string, to: string): boolean {
  if (via === 'assume-role') return true;
  if (from.split(':')[4] !== to.split(':')[4]) return false;
  return via === 'update-trust-policy' || (to === arnOf('user/ann') && credentials?.['user/ann']?.keys === 2);
}

function certaintyOf(verdicts: readonly Verdict[]): 'certain' | 'conditional' | null {
  if (verdicts.includes('denied')) return null;
  return verdicts.every((verdict) => verdict === 'allowed') ? 'certain' : 'conditional';
}

function lineOf({ fromUid, toUid, via }: BecomeEdge): string {
  return `${fromUid} ${via} ${toUid}`;
}

function wholeOf(edge: BecomeEdge): string {
  return JSON.stringify(edge);
}
