import { describe, expect, it } from 'vitest';
import { kubernetesAccess } from '#access/kubernetes/index.ts';
import { CAPABILITIES } from '#model/entitlement.ts';
import { everywhere, inPay, RBAC, rule, type Rule } from '#test/access/kubernetes/becoming.ts';
import { type Estate, estateRecords } from '#test/access/kubernetes/estate.ts';

/** What somebody can do, as `capability` (in the cluster) or `capability@namespace`; `?`: conditional, `??`: unknown. */
function abilities(estate: Estate, name = 'user:ann'): string[] {
  const marks = { certain: '', conditional: '?', unknown: '??' };
  return [...kubernetesAccess(estateRecords(estate)).entitlements()]
    .filter(({ identityUid }) => identityUid === `k8s:prod:${name}`)
    .map(({ capability, scopeUid, certainty }) => {
      const [, , , namespace] = scopeUid.split(':');
      return `${capability}${namespace === undefined ? '' : `@${namespace}`}${marks[certainty]}`;
    })
    .toSorted();
}

describe('what an identity can do', () => {
  it.each<[string, Rule, string[]]>([
    ['reads Secrets', rule('list', 'secrets'), ['secret-read']],
    ['reads one Secret', rule('get', 'secrets', '', 'a'), ['secret-read']],
    ['makes Secrets', rule('create', 'secrets'), ['credential-create', 'data-write']],
    ['reads configuration', rule('get', 'configmaps'), ['data-read']],
    ['reads logs', rule('get', 'pods/log'), ['data-read']],
    ['changes configuration', rule('patch', 'configmaps'), ['data-write']],
    ['deletes volume claims', rule('delete', 'persistentvolumeclaims'), ['data-delete']],
    ['deletes namespaces', rule('delete', 'namespaces'), ['data-delete']],
    ['lists pods', rule('list', 'pods'), ['metadata-read']],
    ['lists roles', rule('list', 'roles', RBAC), ['metadata-read']],
    ['reads what the server measures', rule('get', 'pods', 'metrics.k8s.io'), ['metadata-read']],
    ['runs pods', rule('create', 'pods'), ['compute-run']],
    ['changes deployments', rule('patch', 'deployments', 'apps'), ['compute-run']],
    ['runs commands', rule('get', 'pods/exec'), ['compute-run']],
    ['requests tokens', rule('create', 'serviceaccounts/token'), ['credential-create']],
    ['impersonates', rule('impersonate', 'users'), ['impersonate']],
    ['hands out roles', rule('create', 'rolebindings', RBAC), ['identity-admin']],
    ['takes roles away', rule('delete', 'clusterrolebindings', RBAC), ['identity-admin']],
    ['opens the network', rule('delete', 'networkpolicies', 'networking.k8s.io'), ['network-change']],
    ['removes traces', rule('delete', 'events'), ['logging-tamper']],
    ['relabels namespaces', rule('patch', 'namespaces'), ['policy-guardrail-remove']],
    [
      'removes webhooks',
      rule('delete', 'validatingwebhookconfigurations', 'admissionregistration.k8s.io'),
      ['policy-guardrail-remove'],
    ],
    [
      'weakens policies of Kyverno',
      rule('update', 'clusterpolicies', 'kyverno.io'),
      ['policy-guardrail-remove'],
    ],
    ['reads custom resources', rule('get', 'ledgers', 'acme.example'), ['data-read']],
    ['writes custom resources', rule('create', 'ledgers', 'acme.example'), ['data-write']],
    ['deletes custom resources', rule('delete', 'ledgers', 'acme.example'), ['data-delete']],
    ['does nothing in a group that cannot exist', rule('create', 'pods', 'core'), []],
    ['does nothing with pods/*', rule('get', 'pods/*'), []],
    ['does nothing with */*', rule('get', '*/*'), []],
    ['makes nothing of a given name', rule('create', 'pods', '', 'web'), []],
    ['makes no custom resource of a given name', rule('create', 'ledgers', 'acme.example', 'main'), []],
    ['renews its own lease', rule('update', 'leases', 'coordination.k8s.io'), []],
  ])('%s', (_, permission, expected) => {
    expect(abilities(everywhere(permission))).toEqual(expected);
  });

  it('is limited to the namespace of a RoleBinding', () => {
    expect(abilities(inPay(rule('get', 'secrets')))).toEqual(['secret-read@pay']);
  });

  it('is nothing outside namespaces, by a RoleBinding, but for the namespace itself', () => {
    expect(abilities(inPay(rule('list', 'nodes'), rule('delete', 'persistentvolumes')))).toEqual([]);
    expect(abilities(inPay(rule('delete', 'namespaces')))).toEqual(['data-delete@pay']);
    expect(abilities(inPay(rule('list', 'namespaces')))).toEqual([]);
  });

  it('includes what its groups can do, implicit ones too', () => {
    const bindings = {
      'ClusterRoleBinding/a': { role: 'ClusterRole/r', subjects: ['Group/system:serviceaccounts:pay'] },
      'RoleBinding/pay/b': { role: 'ClusterRole/r', subjects: ['Group/ops'] },
    };
    const estate = { roles: { 'ClusterRole/r': [rule('get', 'secrets')] }, bindings };
    expect(abilities({ ...estate, serviceAccounts: ['pay/api'] }, 'serviceaccount:pay/api')).toEqual([
      'secret-read',
    ]);
    expect(abilities({ ...estate, members: { ops: ['bob'] } }, 'user:bob')).toEqual(['secret-read@pay']);
  });

  it('names the grants that give it, all of the strongest certainty', () => {
    const subjects = ['User/ann'];
    const estate = {
      roles: { 'ClusterRole/r': [rule('get', 'secrets')] },
      bindings: {
        'ClusterRoleBinding/b': { role: 'ClusterRole/r', subjects },
        'ClusterRoleBinding/a': { role: 'ClusterRole/r', subjects },
      },
    };
    expect([...kubernetesAccess(estateRecords(estate)).entitlements()]).toEqual([
      {
        identityUid: 'k8s:prod:user:ann',
        capability: 'secret-read',
        scopeUid: 'k8s:prod',
        certainty: 'certain',
        via: ['k8s:prod:clusterrolebinding:a#user:ann', 'k8s:prod:clusterrolebinding:b#user:ann'],
      },
    ]);
  });
});

describe('admin', () => {
  const all = [...CAPABILITIES].toSorted();

  it('is who can do everything, with all that it entails', () => {
    expect(abilities(everywhere(rule('*', '*', '*')))).toEqual(all);
  });

  it('is who can do everything in a namespace, there', () => {
    expect(abilities(inPay(rule('*', '*', '*')))).toEqual(all.map((capability) => `${capability}@pay`));
  });

  it('is every member of system:masters', () => {
    expect(abilities({ members: { 'system:masters': ['bob'] } }, 'user:bob')).toEqual(all);
  });

  it('is not who lacks a verb, a group or a name of it', () => {
    const verbs = 'get list watch create update patch delete deletecollection';
    for (const near of [
      rule(verbs, '*', '*'),
      rule('*', '*', ''),
      rule('*', 'pods', '*'),
      rule('*', '*', '*', 'a'),
    ]) {
      expect(abilities(everywhere(near))).not.toContain('admin');
    }
  });

  it('is unknown for who is bound to a role that is not known in full', () => {
    const bindings = { 'ClusterRoleBinding/b': { role: 'ClusterRole/r', subjects: ['User/ann'] } };
    expect(abilities({ bindings, roles: { 'ClusterRole/r': null } })).toEqual(['admin??']);
    expect(abilities({ bindings, missing: ['roles'] })).toEqual(['admin??']);
    expect(abilities({ bindings })).toEqual([]);
  });

  it('is certain where another binding makes it so', () => {
    const estate = everywhere(rule('*', '*', '*'));
    const more = { 'ClusterRoleBinding/c': { role: 'ClusterRole/unread', subjects: ['User/ann'] } };
    const roles = { ...estate.roles, 'ClusterRole/unread': null };
    expect(abilities({ roles, bindings: { ...estate.bindings, ...more } })).toEqual(all);
  });
});

describe('escalate', () => {
  it('is who may bind roles and write bindings, not who has only one of both', () => {
    const write = rule('create', 'clusterrolebindings', RBAC);
    const bind = rule('bind', 'clusterroles', RBAC);
    expect(abilities(everywhere(write, bind))).toEqual(['escalate', 'identity-admin']);
    expect(abilities(everywhere(write))).toEqual(['identity-admin']);
    expect(abilities(everywhere(bind))).toEqual([]);
  });

  it('is limited to the namespace of a RoleBinding', () => {
    const rules = [rule('create', 'rolebindings', RBAC), rule('bind', 'clusterroles', RBAC)];
    expect(abilities(inPay(...rules))).toEqual(['escalate@pay', 'identity-admin@pay']);
  });

  it('is conditional where it depends on what cannot be seen', () => {
    const webhooks = rule('create', 'mutatingwebhookconfigurations', 'admissionregistration.k8s.io');
    expect(abilities(everywhere(webhooks))).toEqual(['escalate?']);
  });
});
