import { describe, expect, it } from 'vitest';
import type { AccessRecords } from '#access/engine.ts';
import { kubernetesAccess } from '#access/kubernetes/index.ts';
import { everywhere, rule } from '#test/access/kubernetes/becoming.ts';
import { type Estate, estateRecords } from '#test/access/kubernetes/estate.ts';

const ask = { principal: 'ann', verb: 'get', group: '', resource: 'pods', namespace: 'pay' };

describe('what could not be taken into account', () => {
  it('is nothing in a sound estate', () => {
    expect(kubernetesAccess(estateRecords(everywhere(rule('get', 'pods')))).gaps()).toEqual([]);
  });

  it('is a rule that is malformed, with its role and its place', () => {
    const estate = everywhere(rule('get', 'pods'), { verbs: [] });
    expect(gaps(estate)).toEqual([
      ['k8s:prod', 'roles', 'partial', 'ClusterRole "r": its rule 2 has no verbs'],
    ]);
  });

  it('is a role whose document is of another shape', () => {
    const documents = [7, 'all', { rules: {} }, null];
    const roles = Object.fromEntries(documents.map((document, index) => [`Role/pay/r${index}`, document]));
    expect(gaps({ roles }).map(([scope, feed, , detail]) => `${scope} ${feed} ${detail}`)).toEqual([
      'k8s:prod:namespace:pay roles Role "r0": its document is no list of rules',
      'k8s:prod:namespace:pay roles Role "r1": its document is no list of rules',
      'k8s:prod:namespace:pay roles Role "r2": its document is no list of rules',
      'k8s:prod:namespace:pay roles Role "r3": its rules were not collected',
    ]);
  });

  it('names a binding to no role, which leaves nothing open', () => {
    const bindings = { 'RoleBinding/pay/b': { role: 'Role/gone', subjects: ['User/ann'] } };
    expect(gaps({ bindings })).toEqual([
      [
        'k8s:prod:namespace:pay',
        null,
        'complete',
        'RoleBinding "b/pay" of Role "gone" to User "ann": there is no such role',
      ],
    ]);
  });

  it('names a ServiceAccount that is nobody', () => {
    const estate = {
      ...everywhere(),
      bindings: { 'ClusterRoleBinding/b': { role: 'ClusterRole/r', subjects: ['ServiceAccount/api'] } },
    };
    expect(gaps(estate)[0]?.slice(1)).toEqual([
      null,
      'complete',
      'k8s:prod:clusterrolebinding:b#serviceaccount:api: a ServiceAccount without a namespace is nobody',
    ]);
  });

  it('is a grant that is none of RBAC’s: its holder may be allowed anything', () => {
    const records = changed(everywhere(rule('get', 'pods')), { kind: 'eks-access-policy' });
    const access = kubernetesAccess(records);
    expect(access.gaps()).toMatchObject([{ feed: 'grants', status: 'partial' }]);
    expect(access.decide(ask).decision).toBe('unknown');
    expect(access.decide({ ...ask, principal: 'bob' }).decision).toBe('denied');
  });

  it('is a grant to something that is no subject, or in no place of the cluster', () => {
    const estate = everywhere(rule('get', 'pods'));
    for (const change of [{ principalUid: 'k8s:prod:pod:pay/web' }, { scopeUid: 'k8s:prod:node:n1' }]) {
      const access = kubernetesAccess(changed(estate, change));
      expect(access.gaps()).toMatchObject([{ feed: 'grants', status: 'partial' }]);
      expect(access.decide(ask).decision).toBe('denied');
    }
  });

  it('is not taken for something that was not collected, when it is read again', () => {
    const bindings = { 'ClusterRoleBinding/b': { role: 'ClusterRole/gone', subjects: ['User/ann'] } };
    const records = estateRecords({ bindings, roles: { 'ClusterRole/odd': 7 } });
    const again = { ...records, coverage: kubernetesAccess(records).gaps() };
    expect(again.coverage).toHaveLength(2);
    expect(kubernetesAccess(again).decide(ask)).toEqual(kubernetesAccess(records).decide(ask));
  });
});

describe('names with the characters of uids', () => {
  it('are told apart in reasons', () => {
    const bindings = {
      'ClusterRoleBinding/a#user:b': { role: 'ClusterRole/r', subjects: ['User/x#group:ops'] },
    };
    const access = kubernetesAccess(
      estateRecords({ roles: { 'ClusterRole/r': [rule('get', 'pods')] }, bindings }),
    );
    expect(access.decide({ ...ask, principal: 'x#group:ops' }).reasons[0]?.text).toContain(
      'ClusterRoleBinding "a#user:b" of ClusterRole "r" to User "x#group:ops"',
    );
  });
});

function gaps(estate: Estate) {
  return kubernetesAccess(estateRecords(estate))
    .gaps()
    .map(({ scopeUid, feed, status, detail }) => [scopeUid, feed, status, detail]);
}

function changed(estate: Estate, change: Partial<AccessRecords['grants'][number]>): AccessRecords {
  const records = estateRecords(estate);
  return { ...records, grants: records.grants.map((grant) => ({ ...grant, ...change })) };
}
