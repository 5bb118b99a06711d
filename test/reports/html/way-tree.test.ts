import { describe, expect, it } from 'vitest';
import { wayTree } from '#reports/html/charts/way-tree.ts';
import { way, ROBOT } from '../charted-sample.ts';
import { DEPLOYER } from '../sample.ts';

const GOAL = 'aws:111122223333:admin';

describe('the tree of the ways to an administrator', () => {
  it('has steps that ways share once, and who begins a way with how many others', () => {
    const direct = { ...way('x'), identities: [DEPLOYER], count: 1, hops: way('x').hops.slice(1) };
    const { root, rows } = wayTree(GOAL, [way('web-identity'), way('token'), direct]);
    expect(root.from.map(({ uid }) => uid)).toEqual([DEPLOYER]);
    expect(root.from[0]?.others).toBe(0);
    expect(root.from[0]?.from.map(({ uid, step, others }) => [uid, step?.via, others])).toEqual([
      [ROBOT, 'web-identity', 2],
      [ROBOT, 'token', 2],
    ]);
    expect(rows).toBe(2);
  });

  it('gives every beginning a row of its own and stands each node in the middle of those before it', () => {
    const { root } = wayTree(GOAL, [way('a'), way('b'), way('c')]);
    expect(root.row).toBe(1);
    expect(root.from[0]?.from.map(({ row, depth }) => [row, depth])).toEqual([
      [0, 2],
      [1, 2],
      [2, 2],
    ]);
  });
});
