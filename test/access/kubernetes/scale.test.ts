import { describe, expect, it } from 'vitest';
import { kubernetesAccess } from '#access/kubernetes/index.ts';
import { becomingGraph, pathsTo } from '#access/reach/index.ts';
import { rule } from '#test/access/kubernetes/becoming.ts';
import { estateRecords } from '#test/access/kubernetes/estate.ts';

const NAMESPACES = 200;
const PER_NAMESPACE = 20;

describe('a cluster in which everybody can become everybody', () => {
  const accounts = Array.from(
    { length: NAMESPACES * PER_NAMESPACE },
    (_, n) => `ns-${n % NAMESPACES}/sa-${n}`,
  );
  const records = estateRecords({
    serviceAccounts: accounts,
    roles: {
      'ClusterRole/all': [
        rule('create', 'pods'),
        rule('create', 'serviceaccounts/token'),
        rule('get', 'secrets'),
      ],
    },
    bindings: {
      'ClusterRoleBinding/all': { role: 'ClusterRole/all', subjects: ['Group/system:serviceaccounts'] },
    },
    tokenSecrets: Object.fromEntries(accounts.map((account) => [`${account}-token`, account])),
  });

  it('has edges in proportion to its ServiceAccounts, not to their square', () => {
    const edges = [...kubernetesAccess(records).edges()];
    expect(edges.length).toBeLessThan(accounts.length * 8);
  });

  it('has a path from each to each, in one hop', () => {
    const paths = pathsTo(becomingGraph(kubernetesAccess(records).edges()), [
      'k8s:prod:serviceaccount:ns-7/sa-7',
    ]);
    const hops = accounts.map((account) => paths.pathOf(`k8s:prod:serviceaccount:${account}`)?.hops.length);
    expect(new Set(hops)).toEqual(new Set([1, 0]));
  });
});
