import { describe, expect, it } from 'vitest';
import { becomingGraph, pathsFrom, pathsTo } from '#access/reach/index.ts';
import { waypointUid } from '#model/uid.ts';
import { edge, maybe } from '#test/access/reach/edges.ts';

describe('paths to a target', () => {
  it('print each hop with its technique and the permissions that it uses', () => {
    const graph = becomingGraph([
      { ...edge('ann', 'ci', 'assume-role'), permissions: ['sts:AssumeRole'] },
      { ...edge('ci', 'root', 'attach-policy'), permissions: ['iam:AttachRolePolicy'] },
    ]);

    expect(pathsTo(graph, ['root']).pathOf('ann')).toEqual({
      identity: 'ann',
      certainty: 'certain',
      hops: [
        { from: 'ann', to: 'ci', via: 'assume-role', permissions: ['sts:AssumeRole'] },
        { from: 'ci', to: 'root', via: 'attach-policy', permissions: ['iam:AttachRolePolicy'] },
      ],
    });
  });

  it('have no hops for the target itself, even where no edge names it', () => {
    const paths = pathsTo(becomingGraph([edge('ann', 'root')]), ['root', 'alone']);
    expect(paths.pathOf('root')).toEqual({ identity: 'root', certainty: 'certain', hops: [] });
    expect(paths.pathOf('alone')).toEqual({ identity: 'alone', certainty: 'certain', hops: [] });
  });

  it('do not exist for who cannot get there', () => {
    const paths = pathsTo(becomingGraph([edge('ann', 'root'), edge('root', 'bob')]), ['root']);
    expect(paths.pathOf('bob')).toBeNull();
    expect(paths.certaintyOf('bob')).toBeNull();
    expect(paths.pathOf('nobody')).toBeNull();
  });

  it('are the shortest', () => {
    const graph = becomingGraph([
      edge('a', 'b'),
      edge('b', 'c'),
      edge('c', 'z'),
      edge('a', 'y'),
      edge('y', 'z'),
    ]);
    expect(trail(graph, 'z', 'a')).toEqual(['y', 'z']);
  });

  it('prefer a long certain way to a short conditional one', () => {
    const graph = becomingGraph([maybe('a', 'z'), edge('a', 'b'), edge('b', 'c'), edge('c', 'z')]);
    expect(pathsTo(graph, ['z']).certaintyOf('a')).toBe('certain');
    expect(trail(graph, 'z', 'a')).toEqual(['b', 'c', 'z']);
  });

  it('are conditional where every way has a conditional step', () => {
    const graph = becomingGraph([edge('a', 'b'), maybe('b', 'c'), edge('c', 'z')]);
    const paths = pathsTo(graph, ['z']);
    expect([paths.certaintyOf('c'), paths.certaintyOf('b'), paths.certaintyOf('a')]).toEqual([
      'certain',
      'conditional',
      'conditional',
    ]);
  });

  it('take the certain one of parallel edges', () => {
    const graph = becomingGraph([maybe('a', 'z', 'aaa'), edge('a', 'z', 'zzz')]);
    expect(pathsTo(graph, ['z']).pathOf('a')).toMatchObject({ certainty: 'certain', hops: [{ via: 'zzz' }] });
  });

  it('end in cycles, in loops and in graphs without edges', () => {
    const graph = becomingGraph([
      edge('a', 'b'),
      edge('b', 'a'),
      edge('b', 'b'),
      edge('b', 'z'),
      edge('z', 'a'),
    ]);
    expect(trail(graph, 'z', 'a')).toEqual(['b', 'z']);
    expect(pathsTo(becomingGraph([]), ['z']).pathOf('a')).toBeNull();
  });

  it('list everybody who gets there, in order, waypoints aside', () => {
    const any = waypointUid('k8s:prod', 'serviceaccounts');
    const graph = becomingGraph([edge('c', any), edge('b', any), edge(any, 'z'), edge('z', 'elsewhere')]);
    expect([...pathsTo(graph, ['z']).reached()]).toEqual(['b', 'c', 'z']);
  });
});

describe('a waypoint', () => {
  const any = waypointUid('k8s:prod', 'serviceaccounts');
  const inPay = waypointUid('k8s:prod:namespace:pay', 'serviceaccounts');

  it('is left out of a path: one hop takes its place, with the permissions of both parts', () => {
    const graph = becomingGraph([
      { ...edge('ann', any, 'create-pod'), permissions: ['create pods'] },
      { ...edge(any, inPay, 'any-of'), permissions: [] },
      { ...edge(inPay, 'api', 'any-of'), permissions: ['extra'] },
    ]);
    expect(pathsTo(graph, ['api']).pathOf('ann')?.hops).toEqual([
      { from: 'ann', to: 'api', via: 'create-pod', permissions: ['create pods', 'extra'] },
    ]);
  });

  it('costs no step', () => {
    const graph = becomingGraph([
      edge('a', any),
      edge(any, inPay),
      edge(inPay, 'z'),
      edge('a', 'b'),
      edge('b', 'z'),
    ]);
    expect(trail(graph, 'z', 'a')).toEqual(['z']);
    expect(pathsFrom(graph, 'a').pathOf('z')?.hops).toHaveLength(1);
  });
});

describe('paths from an identity', () => {
  it('lead to everyone whom it can become', () => {
    const paths = pathsFrom(becomingGraph([edge('a', 'b'), maybe('b', 'c'), edge('x', 'a')]), 'a');
    expect([...paths.reached()]).toEqual(['a', 'b', 'c']);
    expect(paths.pathOf('c')).toMatchObject({
      identity: 'a',
      certainty: 'conditional',
      hops: [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'c' },
      ],
    });
    expect(paths.pathOf('x')).toBeNull();
  });
});

function trail(graph: ReturnType<typeof becomingGraph>, target: string, from: string): string[] {
  return (
    pathsTo(graph, [target])
      .pathOf(from)
      ?.hops.map(({ to }) => to) ?? []
  );
}
