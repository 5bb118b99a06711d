import { describe, expect, it } from 'vitest';
import { everywhere, inPay, oneStep, rule, type Rule } from '#test/access/kubernetes/becoming.ts';

const WORLD = { serviceAccounts: ['pay/api', 'pay/job', 'shop/api'] };

describe('who requests tokens', () => {
  it('is any ServiceAccount of the namespace', () => {
    expect(oneStep({ ...WORLD, ...inPay(rule('create', 'serviceaccounts/token')) }, 'user:ann')).toEqual([
      'token-request serviceaccount:pay/api',
      'token-request serviceaccount:pay/job',
    ]);
  });

  it('is the named one only, in any namespace by a ClusterRoleBinding', () => {
    const permission = rule('create', 'serviceaccounts/token', '', 'api');
    expect(oneStep({ ...WORLD, ...inPay(permission) }, 'user:ann')).toEqual([
      'token-request serviceaccount:pay/api',
    ]);
    expect(oneStep({ ...WORLD, ...everywhere(permission) }, 'user:ann')).toEqual([
      'token-request serviceaccount:pay/api',
      'token-request serviceaccount:shop/api',
    ]);
  });

  it('needs the subresource: create on serviceaccounts gives no token', () => {
    expect(oneStep({ ...WORLD, ...inPay(rule('create', 'serviceaccounts')) }, 'user:ann')).toEqual([]);
  });
});

describe('who reads Secrets', () => {
  const world = { ...WORLD, tokenSecrets: { 'pay/api-token': 'pay/api', 'shop/t': 'shop/api' } };

  it.each(['get', 'list', 'watch'])('is the ServiceAccounts whose tokens they hold, with %s', (verb) => {
    expect(oneStep({ ...world, ...inPay(rule(verb, 'secrets')) }, 'user:ann')).toEqual([
      'read-token-secret serviceaccount:pay/api',
    ]);
  });

  it('is those of the named Secrets only', () => {
    const read = (name: string) => everywhere(rule('get', 'secrets', '', name));
    expect(oneStep({ ...world, ...read('t') }, 'user:ann')).toEqual([
      'read-token-secret serviceaccount:shop/api',
    ]);
    expect(oneStep({ ...world, ...read('other') }, 'user:ann')).toEqual([]);
  });

  it('may be any of the namespace where nobody read which Secrets there are', () => {
    const unread = { ...WORLD, missing: ['credentials'] };
    expect(oneStep({ ...unread, ...inPay(rule('get', 'secrets')) }, 'user:ann')).toEqual([
      'read-token-secret? serviceaccount:pay/api',
      'read-token-secret? serviceaccount:pay/job',
    ]);
  });

  it('is any of the namespace, where new Secrets may be made', () => {
    expect(oneStep({ ...WORLD, ...inPay(rule('create get', 'secrets')) }, 'user:ann')).toEqual([
      'create-token-secret serviceaccount:pay/api',
      'create-token-secret serviceaccount:pay/job',
    ]);
  });

  it('is nobody by making Secrets that cannot be read', () => {
    expect(oneStep({ ...WORLD, ...inPay(rule('create', 'secrets')) }, 'user:ann')).toEqual([]);
  });
});

describe('who makes Secrets in kube-system', () => {
  it('may sign in as a bootstrap token, into the groups that bindings name', () => {
    const group = 'system:bootstrappers:kubeadm:default-node-token';
    const estate = {
      roles: { 'ClusterRole/r': [rule('create', 'secrets')], 'ClusterRole/node': [] },
      bindings: {
        'RoleBinding/kube-system/b': { role: 'ClusterRole/r', subjects: ['User/ann'] },
        'ClusterRoleBinding/kubeadm': { role: 'ClusterRole/node', subjects: [`Group/${group}`, 'Group/ops'] },
      },
    };
    expect(oneStep(estate, 'user:ann')).toEqual([`create-bootstrap-token? group:${group}`]);
  });
});

describe('a ServiceAccount that bindings name and that does not exist', () => {
  const gone = (...rules: readonly Rule[]) => ({
    roles: { 'ClusterRole/r': rules, 'ClusterRole/admin': [rule('*', '*', '*')] },
    bindings: {
      'RoleBinding/pay/b': { role: 'ClusterRole/r', subjects: ['User/ann'] },
      'ClusterRoleBinding/left': { role: 'ClusterRole/admin', subjects: ['ServiceAccount/pay/gone'] },
    },
  });
  const make = rule('create', 'serviceaccounts');

  it.each([
    ['pods', [rule('create', 'pods')]],
    ['workloads', [rule('create', 'deployments', 'apps')]],
    ['tokens', [rule('create', 'serviceaccounts/token')]],
    ['Secrets, which one reads', [rule('create list', 'secrets')]],
  ])('is whoever makes it and %s', (_, use) => {
    expect(oneStep({ ...WORLD, ...gone(make, ...use) }, 'user:ann')).toContain(
      'create-service-account serviceaccount:pay/gone',
    );
  });

  it('is nobody who cannot make it, or not use it', () => {
    expect(oneStep({ ...WORLD, ...gone(make) }, 'user:ann')).toEqual([]);
    expect(oneStep({ ...WORLD, ...gone(rule('create', 'pods')) }, 'user:ann')).not.toContain(
      'create-service-account serviceaccount:pay/gone',
    );
  });

  it('may exist after all where ServiceAccounts were not collected', () => {
    const estate = { ...WORLD, ...gone(make, rule('create', 'pods')), missing: ['identities'] };
    expect(oneStep(estate, 'user:ann')).toContain('create-service-account? serviceaccount:pay/gone');
  });

  it('has what it is bound to', () => {
    expect(oneStep({ ...WORLD, ...gone() }, 'serviceaccount:pay/gone')).toContain('cluster-admin admin');
  });
});
