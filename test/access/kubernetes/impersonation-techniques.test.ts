import { describe, expect, it } from 'vitest';
import { everywhere, inPay, oneStep, rule } from '#test/access/kubernetes/becoming.ts';

const WORLD = { serviceAccounts: ['pay/api', 'shop/web'], users: ['bob'], members: { ops: ['bob'] } };
const AUTHENTICATION = 'authentication.k8s.io';

describe('who impersonates users', () => {
  it('is any user, and no ServiceAccount', () => {
    expect(oneStep({ ...WORLD, ...everywhere(rule('impersonate', 'users')) }, 'user:ann')).toEqual([
      'impersonate user:bob',
    ]);
  });

  it('is the named ones only, whether anybody knows them or not', () => {
    const names = ['bob', 'new', 'system:serviceaccount:pay:api'];
    expect(
      oneStep({ ...WORLD, ...everywhere(rule('impersonate', 'users', '', ...names)) }, 'user:ann'),
    ).toEqual(['impersonate user:bob', 'impersonate user:new']);
  });

  it('is nobody by a RoleBinding: users are in no namespace', () => {
    expect(oneStep({ ...WORLD, ...inPay(rule('impersonate', 'users')) }, 'user:ann')).toEqual([]);
  });
});

describe('who impersonates ServiceAccounts', () => {
  it('is those of the namespace, or the named ones', () => {
    expect(oneStep({ ...WORLD, ...inPay(rule('impersonate', 'serviceaccounts')) }, 'user:ann')).toEqual([
      'impersonate serviceaccount:pay/api',
    ]);
    expect(
      oneStep({ ...WORLD, ...everywhere(rule('impersonate', 'serviceaccounts', '', 'web')) }, 'user:ann'),
    ).toEqual(['impersonate serviceaccount:shop/web']);
  });
});

describe('who impersonates groups', () => {
  it('is nobody without a user to impersonate along with them', () => {
    expect(oneStep({ ...WORLD, ...everywhere(rule('impersonate', 'groups')) }, 'user:ann')).toEqual([]);
  });

  it('is in any group, and so has full control, as a member of system:masters', () => {
    expect(oneStep({ ...WORLD, ...everywhere(rule('impersonate', 'users groups')) }, 'user:ann')).toEqual([
      'impersonate group:ops',
      'impersonate user:bob',
      'impersonate-masters admin',
    ]);
  });

  it('needs no more than one ServiceAccount of a namespace for it', () => {
    const estate = {
      ...WORLD,
      roles: {
        'ClusterRole/g': [rule('impersonate', 'groups')],
        'ClusterRole/s': [rule('impersonate', 'serviceaccounts')],
      },
      bindings: {
        'ClusterRoleBinding/g': { role: 'ClusterRole/g', subjects: ['User/ann'] },
        'RoleBinding/pay/s': { role: 'ClusterRole/s', subjects: ['User/ann'] },
      },
    };
    expect(oneStep(estate, 'user:ann')).toContain('impersonate-masters admin');
  });

  it('is in the named groups only', () => {
    const groups = (name: string) =>
      oneStep(
        {
          ...WORLD,
          ...everywhere(rule('impersonate', 'users', '', 'bob'), rule('impersonate', 'groups', '', name)),
        },
        'user:ann',
      );
    expect(groups('ops')).toEqual(['impersonate group:ops', 'impersonate user:bob']);
    expect(groups('system:masters')).toEqual(['impersonate user:bob', 'impersonate-masters admin']);
  });

  it('has what is bound to the group', () => {
    const estate = {
      ...WORLD,
      roles: { 'ClusterRole/r': [rule('create', 'pods')] },
      bindings: { 'RoleBinding/pay/b': { role: 'ClusterRole/r', subjects: ['Group/ops'] } },
    };
    expect(oneStep(estate, 'group:ops')).toEqual(['create-pod serviceaccount:pay/api']);
    expect(oneStep(estate, 'user:bob')).toEqual(['create-pod serviceaccount:pay/api']);
  });
});

describe('constrained impersonation', () => {
  it('makes one another for some requests only', () => {
    expect(
      oneStep(
        { ...WORLD, ...everywhere(rule('impersonate:user-info', 'users', AUTHENTICATION)) },
        'user:ann',
      ),
    ).toEqual(['constrained-impersonate? user:bob']);
    expect(
      oneStep(
        { ...WORLD, ...inPay(rule('impersonate:serviceaccount', 'serviceaccounts', AUTHENTICATION)) },
        'user:ann',
      ),
    ).toEqual(['constrained-impersonate? serviceaccount:pay/api']);
    const world = { ...WORLD, users: ['system:node:n1'] };
    expect(
      oneStep(
        { ...world, ...everywhere(rule('impersonate:arbitrary-node', 'nodes', AUTHENTICATION)) },
        'user:ann',
      ),
    ).toEqual(['constrained-impersonate? user:system:node:n1']);
  });
});
