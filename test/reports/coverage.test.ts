import { describe, expect, it } from 'vitest';
import type { Coverage } from '#model/scope.ts';
import { coverageView, withAncestors } from '#reports/coverage.ts';
import { ordered } from '#reports/order.ts';
import { ACCOUNT, CLUSTER, EMPTY, SMALL, coverage, identity, scope } from './sample.ts';

type Status = Coverage['status'];

describe('coverage in reports', () => {
  it.each<[Status[], Status]>([
    [['complete', 'complete'], 'complete'],
    [['complete', 'skipped'], 'partial'],
    [['complete', 'denied'], 'partial'],
    [['partial'], 'partial'],
    [['denied', 'skipped'], 'denied'],
    [['failed', 'denied', 'skipped'], 'failed'],
    [['skipped', 'skipped'], 'skipped'],
  ])('joins the calls %j of a feed to %s', (statuses, joined) => {
    const rows = statuses.map((status, at) => coverage({ feed: 'usages', call: `call ${at}`, status }));
    expect(coverageView({ ...EMPTY, coverage: rows }).cells).toMatchObject([
      { feed: 'usages', status: joined },
    ]);
  });

  it('takes the status of a feed from the nearest scope above that has one', () => {
    const input = {
      ...SMALL,
      coverage: [coverage({ system: 'kubernetes', scopeUid: CLUSTER, feed: 'grants' })],
    };
    const { statusOf } = coverageView(input);
    expect(statusOf('k8s:prod:namespace:pay', 'grants')).toBe('complete');
    expect(statusOf('k8s:prod:namespace:pay', 'usages')).toBeNull();
  });

  it('counts a scope with identities of which nothing is recorded as a gap', () => {
    const lost = identity({ uid: 'x', system: 'aws', scopeUid: 'aws:2' });
    const { gaps } = coverageView({ ...EMPTY, identities: [lost], coverage: [coverage({})] });
    expect(gaps).toMatchObject([{ scopeUid: 'aws:2', detail: 'nothing says what was read here' }]);
  });

  it('counts a system of which nothing is recorded as a gap, but not a scope that only holds what providers made', () => {
    const scopes = [
      scope({ uid: ACCOUNT, system: 'aws' }),
      scope({ uid: 'aws:aws', system: 'aws' }),
      scope({ uid: CLUSTER, system: 'kubernetes' }),
    ];
    const { gaps } = coverageView({ ...EMPTY, scopes, coverage: [coverage({})] });
    expect(gaps.map((gap) => gap.scopeUid)).toEqual([CLUSTER]);
  });

  it('lists gaps worst first', () => {
    const { gaps } = coverageView(ordered(SMALL));
    expect(gaps.map((gap) => gap.status)).toEqual(['failed', 'denied', 'skipped']);
  });

  it('walks a circle of scopes once', () => {
    const parents = new Map([
      ['a', 'b'],
      ['b', 'a'],
    ]);
    expect([...withAncestors('a', parents)]).toEqual(['a', 'b']);
  });
});
