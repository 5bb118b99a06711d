import type { Uid } from '#model/system.ts';

/*
 * Who reads a token that lies in a Secret, or impersonates a ServiceAccount, acts as it at the cluster's API server only.
 * Clouds take tokens of the cluster's OpenID Connect issuer; a token in a Secret names `kubernetes/serviceaccount` instead
 * (LegacyIssuer, https://pkg.go.dev/k8s.io/kubernetes/pkg/serviceaccount), and who impersonates has none
 * (https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/).
 *
 * So a ServiceAccount that clouds know is two nodes: itself, and whoever acts as it. The second has every edge of the first
 * but those to the clouds, and becomes the first where the ServiceAccount may make tokens of itself or start pods as itself.
 */

/** Techniques that let somebody act as another without a token that others take. */
const ACTING: ReadonlySet<string> = new Set([
  'read-token-secret',
  'create-token-secret',
  'impersonate',
  'constrained-impersonate',
]);

/** The technique by which a ServiceAccount is known to a cloud: by its token. */
const BY_TOKEN = 'service-account-token';

/** From a waypoint to each that it stands for. */
const ANY_OF = 'any-of';

const SUFFIX = '\0acting';

/** The node of whoever acts as the identity, or goes through the waypoint to do so. NUL is in no uid. */
export function actingUid(uid: Uid): Uid {
  return `${uid}${SUFFIX}`;
}

/** Whom a node stands for, in a path that people read. */
export function printedUid(uid: Uid): Uid {
  return uid.endsWith(SUFFIX) ? uid.slice(0, -SUFFIX.length) : uid;
}

/** A graph's edges by their numbers, while it is built. */
export interface NumberedEdges {
  readonly count: () => number;
  readonly fromOf: (edge: number) => number;
  readonly toOf: (edge: number) => number;
  readonly viaOf: (edge: number) => string;
  readonly lead: (edge: number, to: number) => void;
  /** Adds an edge that does what another does. */
  readonly copy: (edge: number, from: number, to: number) => void;
}

/** Notes on the way which edges matter here, and makes the second nodes once all edges are there. */
export interface ActingNodes {
  readonly note: (edge: number, via: string, from: number) => void;
  readonly split: (edges: NumberedEdges, actingNode: (node: number) => number) => void;
}

/** Nothing noted yet. */
export function actingNodes(): ActingNodes {
  const known = new Set<number>();
  const acting: number[] = [];
  const anyOf: number[] = [];
  return {
    note: (edge, via, from) => {
      if (via === BY_TOKEN) known.add(from);
      else if (via === ANY_OF) anyOf.push(edge);
      else if (ACTING.has(via)) acting.push(edge);
    },
    split: (edges, actingNode) => {
      if (known.size === 0 || acting.length === 0) return;
      const twofold = withWaypoints(known, anyOf, edges);
      const count = edges.count();
      for (const edge of acting) {
        const to = edges.toOf(edge);
        if (twofold.has(to)) edges.lead(edge, actingNode(to));
      }
      for (let edge = 0; edge < count; edge += 1) {
        const [from, to, via] = [edges.fromOf(edge), edges.toOf(edge), edges.viaOf(edge)];
        if (!twofold.has(from) || via === BY_TOKEN) continue;
        edges.copy(edge, actingNode(from), via === ANY_OF && twofold.has(to) ? actingNode(to) : to);
      }
    },
  };
}

/** These nodes and the waypoints that stand for any of them. */
function withWaypoints(
  nodes: ReadonlySet<number>,
  anyOf: readonly number[],
  { fromOf, toOf }: NumberedEdges,
): ReadonlySet<number> {
  const standIns = new Map<number, number[]>();
  for (const edge of anyOf) {
    const of = standIns.get(toOf(edge));
    if (of === undefined) standIns.set(toOf(edge), [fromOf(edge)]);
    else of.push(fromOf(edge));
  }
  const all = new Set(nodes);
  // Walking through a set comes to what is added on the way.
  for (const node of all) for (const standIn of standIns.get(node) ?? []) all.add(standIn);
  return all;
}
