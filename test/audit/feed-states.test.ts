import { describe, expect, it } from 'vitest';
import { feedStates } from '#audit/feed-states.ts';
import type { Coverage } from '#model/scope.ts';

function read(scopeUid: string, status: Coverage['status'], call = 'call'): Coverage {
  return {
    system: 'kubernetes',
    scopeUid,
    feed: 'grants',
    call,
    status,
    missingPermission: null,
    detail: null,
  };
}

const places = [
  { uid: 'cluster', system: 'kubernetes', parentUid: null },
  { uid: 'namespace', system: 'kubernetes', parentUid: 'cluster' },
  { uid: 'other', system: 'kubernetes', parentUid: null },
] as const;

function stateOf(scope: string, ...coverage: readonly Coverage[]): string {
  return feedStates(places, coverage).of(scope, 'grants').state;
}

describe('how far a feed was read', () => {
  it('is what its one call says', () => {
    expect(stateOf('cluster', read('cluster', 'complete'))).toBe('complete');
    expect(stateOf('cluster', read('cluster', 'partial'))).toBe('partial');
    for (const status of ['denied', 'failed', 'skipped'] as const) {
      expect(stateOf('cluster', read('cluster', status))).toBe('missing');
    }
  });

  it('is nothing where nobody says anything', () => {
    const reading = feedStates(places, []).of('cluster', 'grants');
    expect(reading).toMatchObject({
      state: 'missing',
      own: false,
      gaps: [{ feed: 'grants', call: null, status: 'not-attempted' }],
    });
  });

  it('is partial where one of several calls fell short, and whole where one was merely not tried', () => {
    expect(stateOf('cluster', read('cluster', 'complete', 'a'), read('cluster', 'denied', 'b'))).toBe(
      'partial',
    );
    expect(stateOf('cluster', read('cluster', 'complete', 'a'), read('cluster', 'partial', 'b'))).toBe(
      'partial',
    );
    expect(stateOf('cluster', read('cluster', 'complete', 'a'), read('cluster', 'skipped', 'b'))).toBe(
      'complete',
    );
    expect(stateOf('cluster', read('cluster', 'partial', 'a'), read('cluster', 'skipped', 'b'))).toBe(
      'partial',
    );
  });

  it('holds for the scopes inside, together with what is said of them', () => {
    expect(stateOf('namespace', read('cluster', 'complete'))).toBe('complete');
    expect(stateOf('namespace', read('cluster', 'complete'), read('namespace', 'denied'))).toBe('partial');
    expect(stateOf('namespace', read('other', 'complete'))).toBe('missing');
  });

  it('is taken from the scopes inside where nothing is said of the scope itself', () => {
    expect(stateOf('cluster', read('namespace', 'complete'))).toBe('complete');
    expect(stateOf('cluster', read('namespace', 'denied'))).toBe('missing');
    expect(stateOf('cluster', read('namespace', 'complete'), read('cluster', 'denied'))).toBe('missing');
  });

  it('is told for scopes that only coverage knows', () => {
    const states = feedStates([], [read('unread', 'denied')]);
    expect(states.scopes).toEqual([{ uid: 'unread', system: 'kubernetes' }]);
  });

  it('survives scopes that are their own ancestors', () => {
    const loop = [
      { uid: 'a', system: 'aws', parentUid: 'b' },
      { uid: 'b', system: 'aws', parentUid: 'a' },
    ] as const;
    expect(feedStates(loop, [read('a', 'complete')]).of('b', 'grants').state).toBe('complete');
  });
});
