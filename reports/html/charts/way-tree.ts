import type { AdminWay } from '#contract/report.ts';
import type { Uid } from '#model/system.ts';

/** A node on the way to an administrator, with those who step onto it. Rows are counted from 0. */
export interface WayNode {
  readonly uid: Uid;
  /** How many more go exactly this way; only of those who begin it. */
  readonly others: number;
  /** The step from here; null: the goal. */
  readonly step: {
    readonly via: string;
    readonly permissions: readonly string[];
    readonly conditional: boolean;
  } | null;
  readonly depth: number;
  readonly row: number;
  readonly from: readonly WayNode[];
}

interface Growing {
  readonly uid: Uid;
  others: number;
  readonly step: WayNode['step'];
  readonly from: Map<string, Growing>;
}

/** Ways that end at one node as a tree whose root is that node: steps that they share are there once. */
export function wayTree(
  goal: Uid,
  ways: readonly AdminWay[],
): { readonly root: WayNode; readonly rows: number } {
  const root: Growing = { uid: goal, others: 0, step: null, from: new Map() };
  for (const { hops, identities, count, certainty } of ways) {
    let at = root;
    for (const [index, { via, permissions }] of [...hops.entries()].toReversed()) {
      const uid = index === 0 ? (identities[0] ?? '') : (hops[index - 1]?.to ?? '');
      const key = JSON.stringify([uid, via]);
      const next = at.from.get(key) ?? {
        uid,
        others: 0,
        step: { via, permissions, conditional: certainty === 'conditional' },
        from: new Map<string, Growing>(),
      };
      if (index === 0) next.others = count - 1;
      at.from.set(key, next);
      at = next;
    }
  }
  const next = { row: 0 };
  return { root: placed(root, 0, next), rows: Math.max(1, next.row) };
}

function placed({ uid, others, step, from }: Growing, depth: number, next: { row: number }): WayNode {
  const children = [...from.values()].map((child) => placed(child, depth + 1, next));
  const [first, last] = [children[0], children.at(-1)];
  const row = first === undefined || last === undefined ? next.row++ : (first.row + last.row) / 2;
  return { uid, others, step, depth, row, from: children };
}
