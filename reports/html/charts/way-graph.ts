import { clip } from '../../inert-text.ts';
import { markup } from '../markup.ts';
import type { Content, Markup } from '../markup.ts';
import type { WayNode } from './way-tree.ts';

const NODE = { width: 196, height: 44 };
const STEP = { column: 196 + 146, row: 60 };

/** What a node is called, and what it is. */
export interface NodeWords {
  readonly name: string;
  readonly kind: string;
  /** The address of its page; null: it has none. */
  readonly href: string | null;
}

/**
 * The tree as a graph: the goal on the left, so that it is in sight however far others come from, and every step with
 * its technique.
 */
export function wayGraph(
  { root, rows }: { readonly root: WayNode; readonly rows: number },
  words: (node: WayNode) => NodeWords,
  label: string,
): Markup {
  const deepest = depthOf(root);
  const width = deepest * STEP.column + NODE.width + 4;
  const height = rows * STEP.row;
  const x = ({ depth }: WayNode): number => 2 + depth * STEP.column;
  const y = ({ row }: WayNode): number => (row + 0.5) * STEP.row;
  const nodes = flat(root);
  return markup`<svg class="way-graph" role="group" aria-label="${label}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${nodes.flatMap(
    (to) => to.from.map((from) => edge(from, [x(from), y(from)], [x(to) + NODE.width, y(to)])),
  )}${nodes.map((node) => box(node, x(node), y(node), words(node)))}</svg>`;
}

function edge(
  from: WayNode,
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
): Markup {
  const bend = x2 + 26;
  const sure = from.step?.conditional === true ? ' conditional' : null;
  return markup`<path class="edge${sure}" d="M${x1} ${y1}H${bend}L${x2 + 8} ${y2}"/><path class="head" d="M${x2} ${y2}l9 -4.5v9z"/><text class="via scale" x="${x1 - 6}" y="${y1 - 7}">${clip(from.step?.via ?? '', 22)}</text>`;
}

/** An `svg` of its own for each node, which lets no long name out. */
function box(node: WayNode, x: number, y: number, { name, kind, href }: NodeWords): Markup {
  const { width, height } = NODE;
  const text = markup`<text class="name" x="10" y="19">${clip(name, 23)}</text>`;
  const linked: Content = href === null ? text : markup`<a href="${href}">${text}</a>`;
  const others = node.others > 0 ? `and ${node.others} more · ` : '';
  return markup`<svg x="${x}" y="${y - height / 2}" width="${width}" height="${height}"><title>${clip(node.uid, 500)}</title><rect class="${node.step === null ? 'goal' : 'node'}" x="1" y="1" width="${width - 2}" height="${height - 2}" rx="5"/>${linked}<text class="kind" x="10" y="35">${clip(`${others}${kind}`, 30)}</text></svg>`;
}

function flat(node: WayNode): WayNode[] {
  return [node, ...node.from.flatMap(flat)];
}

function depthOf(node: WayNode): number {
  return Math.max(node.depth, ...node.from.map(depthOf));
}
