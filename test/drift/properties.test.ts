import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import { reverse, type Change } from '#drift/change.ts';
import { allChanges, compare, PAIR } from '#drift/compare.ts';
import { factId, factsSql } from '#drift/fact.ts';
import { FACT_KINDS } from '#model/drift.ts';
import { CAPABILITIES } from '#model/entitlement.ts';
import type { SnapshotPair } from '#store/read/open-pair.ts';
import { able, step } from '../estates/access.ts';
import { accessKey, arn, attached, awsRole, awsUser, trust } from '../estates/aws.ts';
import { notRead } from '../estates/estate.ts';
import { pairOf } from './pair.ts';

const name = fc.constantFrom('a', 'b', 'c');
const certainty = fc.constantFrom('certain' as const, 'conditional' as const, 'unknown' as const);

/** A small world; which rows it has, and how they are, is up to chance. */
const estate: fc.Arbitrary<readonly PartialRows[]> = fc
  .record({
    users: fc.uniqueArray(name),
    keys: fc.uniqueArray(fc.record({ user: name, id: fc.constantFrom('K1', 'K2'), enabled: fc.boolean() }), {
      selector: ({ id }) => id,
    }),
    can: fc.uniqueArray(fc.record({ user: name, capability: fc.constantFrom(...CAPABILITIES), certainty }), {
      selector: ({ user, capability }) => `${user} ${capability}`,
    }),
    edges: fc.uniqueArray(fc.record({ from: name, to: name }), {
      selector: ({ from, to }) => `${from} ${to}`,
    }),
    trusts: fc.uniqueArray(fc.record({ role: name, trusted: fc.constantFrom('*', 'x') }), {
      selector: ({ role, trusted }) => `${role} ${trusted}`,
    }),
    guards: fc.uniqueArray(fc.record({ target: name, says: fc.constantFrom('x', 'y') }), {
      selector: ({ target }) => target,
    }),
    open: fc.uniqueArray(name),
    gap: fc.boolean(),
  })
  .map(({ users, keys, can, edges, trusts, guards, open, gap }) => [
    ...users.map((each) => awsUser(each)),
    ...users.map((each) => awsRole(each)),
    ...keys.map(({ user, id, enabled }) => accessKey(user, id, { enabled })),
    ...can.map((each) =>
      able(arn(`user/${each.user}`), each.capability, {
        scopeUid: 'aws:111111111111',
        certainty: each.certainty,
      }),
    ),
    ...edges.map(({ from, to }) => step(arn(`user/${from}`), arn(`role/${to}`), 'assume-role')),
    ...trusts.map(({ role, trusted }, at) => trust(role, `t${at}`, { trusted })),
    ...guards.map(({ target, says }): PartialRows => {
      const targetUid = arn(`user/${target}`);
      return { guardrails: [{ uid: `g ${target}`, targetUid, document: { Statement: says } }] };
    }),
    ...open.map((each) => attached(`user/${each}`, 'open', { principalKind: 'everyone' })),
    ...(gap ? [notRead('credentials', 'aws:111111111111')] : []),
  ]);

async function factsOf(pair: SnapshotPair, side: 'before.' | 'after.'): Promise<Map<string, string>> {
  const facts = new Map<string, string>();
  for (const kind of FACT_KINDS) {
    const rows = await pair.all<{ identity_uid: string; key: string; value: string }>(factsSql(kind, side));
    for (const row of rows)
      facts.set(factId({ kind, identityUid: row.identity_uid, key: row.key }), row.value);
  }
  return facts;
}

const ids = (changes: readonly Change[]) => changes.map((change) => JSON.stringify(change)).toSorted();

describe('drift between any two snapshots', () => {
  it('is the reverse the other way round, and turns the one into the other', async () => {
    await fc.assert(
      fc.asyncProperty(estate, estate, async (a, b) => {
        const pair = await pairOf(a, b);
        const there = await allChanges(compare(pair));
        const back = await allChanges(compare(pair, { before: 'after.', after: 'before.' }));
        expect(ids(back.map(reverse))).toEqual(ids(there));

        const facts = await factsOf(pair, 'before.');
        for (const change of there) {
          if (change.after === null) facts.delete(factId(change));
          else facts.set(factId(change), change.after);
        }
        expect(Object.fromEntries(facts)).toEqual(Object.fromEntries(await factsOf(pair, 'after.')));
        await pair.close();
      }),
      { numRuns: 8 },
    );
  });

  it('is the same of each identity alone as among all', async () => {
    await fc.assert(
      fc.asyncProperty(estate, estate, async (a, b) => {
        const pair = await pairOf(a, b);
        const all = await allChanges(compare(pair));
        for (const uid of ['a', 'b', 'c', 'd'].flatMap((each) => [
          arn(`user/${each}`),
          arn(`role/${each}`),
        ])) {
          const own = all.filter(({ identityUid }) => identityUid === uid);
          expect(await allChanges(compare(pair, PAIR, uid))).toEqual(own);
        }
        await pair.close();
      }),
      { numRuns: 8 },
    );
  });

  it('is nothing between a snapshot and itself', async () => {
    await fc.assert(
      fc.asyncProperty(estate, async (a) => {
        const pair = await pairOf(a, a);
        expect(await allChanges(compare(pair))).toEqual([]);
        await pair.close();
      }),
      { numRuns: 8 },
    );
  });
});
