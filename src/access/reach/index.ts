import { type Graph, graphBuilder, type PathEdge } from './graph.ts';

/*
 * The becoming graph over all systems: whoever is a node can act as the nodes that its edges lead to.
 *
 * Nodes are uids of four kinds. Identities. Groups, which somebody who impersonates or is put into one becomes a member
 * of. Full control over a scope (`adminUid`): whoever can give themselves everything there becomes it, and it becomes
 * every identity of the scope. Waypoints (`waypointUid`), which stand for any one of many so that edges stay linear;
 * they cost no step and no path prints them. ServiceAccounts that clouds know are two nodes each: see acting.ts.
 *
 * Names are numbered in their own order and edges sorted, so the same edges in any order give the same paths. The
 * arrays take about 14 bytes an edge and 9 a node; a search adds 8 a node and looks at each edge once.
 */

export { arrayBytes, graphBuilder } from './graph.ts';
export type { Graph, PathEdge } from './graph.ts';
export { pathsFrom, pathsTo } from './paths.ts';
export type { BecomePath } from './paths.ts';
export { adminTargets } from './admin-targets.ts';

/** The graph of these edges. */
export function becomingGraph(edges: Iterable<PathEdge>): Graph {
  const builder = graphBuilder();
  for (const edge of edges) builder.add(edge);
  return builder.build();
}
