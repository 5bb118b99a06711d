import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kubernetesAccess } from '#access/kubernetes/index.ts';
import { becomingGraph, type PathEdge, pathsFrom, pathsTo } from '#access/reach/index.ts';
import { waypointUid } from '#model/uid.ts';
import { type Estate, estateRecords } from '#test/access/kubernetes/estate.ts';
import { inPay, rule, type Rule } from '#test/access/kubernetes/becoming.ts';

const [ANN, API, ADMIN] = ['k8s:prod:user:ann', 'k8s:prod:serviceaccount:pay/api', 'k8s:prod:admin'];
const SUBJECT = 'oidc:issuer.example:system:serviceaccount:pay:api';
const ROLE = 'arn:aws:iam::111111111111:role/pay';

const known: readonly PathEdge[] = [
  { fromUid: API, toUid: SUBJECT, via: 'service-account-token', permissions: [], certainty: 'certain' },
  { fromUid: SUBJECT, toUid: ROLE, via: 'oidc', permissions: [], certainty: 'certain' },
];

function graphOf(estate: Estate) {
  return becomingGraph([...kubernetesAccess(estateRecords(estate)).edges(), ...known]);
}

/** Ann may do this in the namespace pay; `pay/api` has a role of its own there, if any, and a token in a Secret. */
function world(can: Rule, api?: Rule): Estate {
  const { roles, bindings } = inPay(can);
  // Where Ann makes Secrets, there is none yet.
  const tokenSecrets = can['verbs']?.includes('create') === true ? {} : { 'pay/api-token': 'pay/api' };
  const own: Estate['bindings'] = {
    'ClusterRoleBinding/api': { role: 'ClusterRole/api', subjects: ['ServiceAccount/pay/api'] },
  };
  return {
    serviceAccounts: ['pay/api', 'pay/job'],
    tokenSecrets,
    roles: { ...roles, 'ClusterRole/api': api === undefined ? [] : [api] },
    bindings: { ...bindings, ...own },
  };
}

function steps(estate: Estate, to: string): string[] | null {
  const path = pathsFrom(graphOf(estate), ANN).pathOf(to);
  // Both directions give the same way, or none.
  expect(pathsTo(graphOf(estate), [to]).pathOf(ANN)?.hops).toEqual(path?.hops);
  return path === null ? null : path.hops.map((hop) => `${hop.via} ${hop.to}`);
}

const AS_API: readonly (readonly [how: string, via: string, can: Rule])[] = [
  ['reads its token in a Secret', 'read-token-secret', rule('get', 'secrets', '', 'api-token')],
  ['reads every Secret there', 'read-token-secret', rule('list', 'secrets')],
  ['makes Secrets and reads them', 'create-token-secret', rule('create get', 'secrets')],
  ['impersonates it', 'impersonate', rule('impersonate', 'serviceaccounts', '', 'api')],
  ['impersonates any there', 'impersonate', rule('impersonate', 'serviceaccounts')],
];

describe.each(AS_API)('who %s', (_, via, can) => {
  it('is the ServiceAccount in the cluster', () => {
    expect(steps(world(can), API)).toEqual([`${via} ${API}`]);
    expect(steps(world(can, rule('*', '*', '*')), ADMIN)).toEqual([
      `${via} ${API}`,
      `cluster-admin ${ADMIN}`,
    ]);
  });

  it('has no token that a cloud takes for the ServiceAccount’s', () => {
    expect(steps(world(can), SUBJECT)).toBeNull();
    expect(steps(world(can), ROLE)).toBeNull();
  });

  it.each([
    ['make tokens of itself', 'token-request', rule('create', 'serviceaccounts/token', '', 'api')],
    ['make tokens of any', 'token-request', rule('create', 'serviceaccounts/token')],
    ['start pods', 'create-pod', rule('create', 'pods')],
  ])('gets one where the ServiceAccount may %s', (_may, further, api) => {
    expect(steps(world(can, api), ROLE)).toEqual([
      `${via} ${API}`,
      `${further} ${API}`,
      `service-account-token ${SUBJECT}`,
      `oidc ${ROLE}`,
    ]);
  });
});

describe('who gets a token of a ServiceAccount, or runs as it', () => {
  it.each([
    ['token-request', rule('create', 'serviceaccounts/token')],
    ['create-pod', rule('create', 'pods')],
  ])('is known to the cloud by it: %s', (via, can) => {
    expect(steps(world(can), ROLE)).toEqual([
      `${via} ${API}`,
      `service-account-token ${SUBJECT}`,
      `oidc ${ROLE}`,
    ]);
  });

  it('is on the shorter of two ways, whether that is by acting as it or not', () => {
    const edge = (fromUid: string, toUid: string, via: string): PathEdge => {
      return { fromUid, toUid, via, permissions: [], certainty: 'certain' };
    };
    const long = ['a', 'b', 'c'].map((at) => waypointUid('s', at));
    const byRequest = [ANN, ...long, API].flatMap((from, index, all) => {
      const to = all[index + 1];
      return to === undefined ? [] : [edge(from, to, index === 0 ? 'token-request' : 'any-of')];
    });
    const byActing = [
      edge(ANN, 'k8s:prod:user:bob', 'impersonate'),
      edge('k8s:prod:user:bob', API, 'impersonate'),
    ];
    const vias = (...edges: readonly PathEdge[]) =>
      pathsFrom(becomingGraph([...known, ...edges]), ANN)
        .pathOf(API)
        ?.hops.map(({ via }) => via);
    expect(vias(...byRequest, ...byActing)).toEqual(['token-request']);
    expect(vias(edge(ANN, 'n', 'x'), edge('n', API, 'x'), edge(ANN, API, 'impersonate'))).toEqual([
      'impersonate',
    ]);
  });

  it('is reached once, however many ways there are to it', () => {
    const graph = graphOf(world(rule('create get', 'secrets serviceaccounts/token')));
    const reached = [...pathsFrom(graph, ANN).reached()];
    expect(reached.filter((uid) => uid === API)).toEqual([API]);
    expect([...pathsTo(graph, [ROLE]).reached()].filter((uid) => uid === API)).toEqual([API]);
  });
});

describe('paths over any edges', () => {
  const node = fc.oneof(
    fc.nat(5).map((n) => `n${n}`),
    fc.nat(2).map((n) => waypointUid('s', `${n}`)),
  );
  const edges: fc.Arbitrary<PathEdge[]> = fc.array(
    fc.record({
      fromUid: node,
      toUid: node,
      via: fc.constantFrom(
        'any-of',
        'any-of',
        'impersonate',
        'read-token-secret',
        'service-account-token',
        'x',
      ),
      permissions: fc.constant([]),
      certainty: fc.constantFrom('certain' as const, 'conditional' as const),
    }),
    { maxLength: 30 },
  );

  it('are those of a search that remembers whether there is a token', () => {
    fc.assert(
      fc.property(edges, (list) => {
        const graph = becomingGraph(list);
        const paths = pathsFrom(graph, 'n0');
        const certain = remembering(list.filter(({ certainty }) => certainty === 'certain'));
        const any = remembering(list);
        for (const uid of new Set(list.flatMap(({ fromUid, toUid }) => [fromUid, toUid]))) {
          const expected = certain.has(uid) ? 'certain' : any.has(uid) ? 'conditional' : null;
          expect(paths.certaintyOf(uid)).toBe(expected);
          expect(pathsTo(graph, [uid]).certaintyOf('n0')).toBe(expected);
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** Whom `n0` becomes, by trying every edge from every node, with a token and without, until nothing is new. */
function remembering(list: readonly PathEdge[]): ReadonlySet<string> {
  const withToken = new Set(['n0']);
  const without = new Set<string>();
  const size = () => withToken.size + without.size;
  for (let before = 0; before !== size();) {
    before = size();
    for (const { fromUid, toUid, via } of list) {
      const acts = via === 'impersonate' || via === 'read-token-secret';
      if (withToken.has(fromUid)) (acts ? without : withToken).add(toUid);
      if (without.has(fromUid) && via !== 'service-account-token')
        (acts || via === 'any-of' ? without : withToken).add(toUid);
    }
  }
  return new Set([...withToken, ...without]);
}
