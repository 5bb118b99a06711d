import { describe, expect, it } from 'vitest';
import { everywhere, inPay, oneStep, RBAC, rule } from '#test/access/kubernetes/becoming.ts';
import type { Estate } from '#test/access/kubernetes/estate.ts';

const WORLD = { serviceAccounts: ['pay/api', 'shop/web'] };

/** With the ClusterRoles admin (everything), aggregated and view besides. */
function with3(estate: Pick<Estate, 'roles' | 'bindings'>): Estate {
  const more = {
    'ClusterRole/admin': [rule('*', '*', '*')],
    'ClusterRole/pods': [rule('create', 'pods')],
    'ClusterRole/sum': {
      rules: [],
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { sum: 'yes' } }] },
    },
  };
  return { ...WORLD, ...estate, roles: { ...more, ...estate.roles } };
}

describe('who can do everything', () => {
  it('has full control over the cluster, or over the namespace of the binding', () => {
    expect(oneStep({ ...WORLD, ...everywhere(rule('*', '*', '*')) }, 'user:ann')).toEqual([
      'cluster-admin admin',
    ]);
    expect(oneStep({ ...WORLD, ...inPay(rule('*', '*', '*')) }, 'user:ann')).toContain(
      'namespace-admin namespace:pay:admin',
    );
  });

  it('becomes everybody within', () => {
    expect(oneStep({ ...WORLD, ...everywhere() }, 'admin')).toEqual([
      'cluster-admin serviceaccount:pay/api',
      'cluster-admin serviceaccount:shop/web',
      'cluster-admin user:ann',
    ]);
    expect(oneStep(WORLD, 'namespace:pay:admin')).toEqual(['namespace-admin serviceaccount:pay/api']);
  });

  it('is every member of system:masters', () => {
    expect(oneStep({ members: { 'system:masters': ['bob'] } }, 'user:bob')).toEqual(['system-masters admin']);
    expect(oneStep({ members: { 'system:masters': ['bob'] } }, 'group:system:masters')).toEqual([
      'system-masters admin',
    ]);
  });
});

describe('who creates bindings', () => {
  it('gains nothing without bind: the API server lets them hand out only what they have', () => {
    const write = rule('create update patch', 'rolebindings clusterrolebindings', RBAC);
    expect(oneStep(with3(everywhere(write)), 'user:ann')).toEqual([]);
  });

  it('has full control with bind on every ClusterRole', () => {
    const rules = [rule('create', 'clusterrolebindings', RBAC), rule('bind', 'clusterroles', RBAC)];
    expect(oneStep(with3(everywhere(...rules)), 'user:ann')).toEqual(['bind-role admin']);
  });

  it('has full control with the verb *, which is bind as well', () => {
    const rules = [rule('*', 'clusterrolebindings clusterroles', RBAC)];
    expect(oneStep(with3(everywhere(...rules)), 'user:ann')).toContain('bind-role admin');
  });

  it('has what the named role allows', () => {
    const bind = (name: string) => [
      rule('create', 'clusterrolebindings', RBAC),
      rule('bind', 'clusterroles', RBAC, name),
    ];
    expect(oneStep(with3(everywhere(...bind('admin'))), 'user:ann')).toEqual(['bind-role admin']);
    expect(oneStep(with3(everywhere(...bind('pods'))), 'user:ann')).toEqual([
      'bind-role serviceaccount:pay/api',
      'bind-role serviceaccount:shop/web',
    ]);
    expect(oneStep(with3(everywhere(...bind('none'))), 'user:ann')).toEqual([]);
  });

  it('has it in the namespace only, with a RoleBinding', () => {
    const rules = (...names: string[]) => [
      rule('create', 'rolebindings', RBAC),
      rule('bind', 'clusterroles', RBAC, ...names),
    ];
    expect(oneStep(with3(inPay(...rules())), 'user:ann')).toEqual(['bind-role namespace:pay:admin']);
    expect(oneStep(with3(inPay(...rules('pods'))), 'user:ann')).toEqual(['bind-role serviceaccount:pay/api']);
  });

  it('has it in any namespace of their choice, with a ClusterRoleBinding', () => {
    const rules = (...names: string[]) => [
      rule('create', 'rolebindings', RBAC),
      rule('bind', 'clusterroles', RBAC, ...names),
    ];
    expect(oneStep(with3(everywhere(...rules())), 'user:ann')).toEqual([
      'bind-role namespace:pay:admin',
      'bind-role namespace:shop:admin',
    ]);
    expect(oneStep(with3(everywhere(...rules('pods'))), 'user:ann')).toEqual([
      'bind-role serviceaccount:pay/api',
      'bind-role serviceaccount:shop/web',
    ]);
  });

  it('has what the Roles of the namespace allow, with bind on those', () => {
    const estate = inPay(rule('create', 'rolebindings', RBAC), rule('bind', 'roles', RBAC));
    const roles = {
      ...estate.roles,
      'Role/pay/runner': [rule('create', 'pods')],
      'Role/shop/all': [rule('*', '*', '*')],
    };
    expect(oneStep({ ...WORLD, ...estate, roles }, 'user:ann')).toEqual(['bind-role serviceaccount:pay/api']);
  });
});

describe('who changes bindings', () => {
  const rules = [rule('patch', 'clusterrolebindings', RBAC), rule('bind', 'clusterroles', RBAC)];

  it('joins one that gives full control, where there is one', () => {
    const estate = everywhere(...rules);
    const admins = {
      ...estate.bindings,
      'ClusterRoleBinding/admins': { role: 'ClusterRole/admin', subjects: ['Group/ops'] },
    };
    expect(oneStep(with3({ ...estate, bindings: admins }), 'user:ann')).toEqual(['change-binding admin']);
    expect(oneStep(with3(estate), 'user:ann')).toEqual([]);
  });
});

describe('who changes roles', () => {
  it('gains nothing without escalate', () => {
    expect(
      oneStep(with3(everywhere(rule('create update patch', 'clusterroles roles', RBAC))), 'user:ann'),
    ).toEqual([]);
  });

  it('has full control with escalate: they hold a role that they can change', () => {
    expect(oneStep(with3(everywhere(rule('update escalate', 'clusterroles', RBAC))), 'user:ann')).toEqual([
      'escalate-role admin',
    ]);
  });

  it('gains nothing from changing only roles that they do not hold', () => {
    expect(
      oneStep(with3(everywhere(rule('update escalate', 'clusterroles', RBAC, 'pods'))), 'user:ann'),
    ).toEqual([]);
    expect(
      oneStep(with3(everywhere(rule('update escalate', 'clusterroles', RBAC, 'r'))), 'user:ann'),
    ).toEqual(['escalate-role admin']);
  });

  it('has the namespace by a Role of it that they hold', () => {
    const roles = { 'Role/pay/r': [rule('patch escalate', 'roles', RBAC)] };
    const bindings = { 'RoleBinding/pay/b': { role: 'Role/r', subjects: ['User/ann'] } };
    expect(oneStep({ ...WORLD, roles, bindings }, 'user:ann')).toEqual(['escalate-role namespace:pay:admin']);
    expect(oneStep({ ...WORLD, ...inPay(rule('patch escalate', 'roles', RBAC)) }, 'user:ann')).toEqual([]);
  });

  it('extends an aggregated role that they hold by a new one', () => {
    const estate = everywhere(rule('create escalate', 'clusterroles', RBAC));
    const held = {
      ...estate.bindings,
      'ClusterRoleBinding/sum': { role: 'ClusterRole/sum', subjects: ['User/ann'] },
    };
    expect(oneStep(with3({ ...estate, bindings: held }), 'user:ann')).toEqual(['aggregate-role admin']);
    expect(oneStep(with3(estate), 'user:ann')).toEqual([]);
  });

  it('combines what they and their groups are bound to', () => {
    const estate = {
      ...WORLD,
      roles: {
        'ClusterRole/a': [rule('create', 'clusterrolebindings', RBAC)],
        'ClusterRole/b': [rule('bind', 'clusterroles', RBAC)],
      },
      bindings: {
        'ClusterRoleBinding/a': { role: 'ClusterRole/a', subjects: ['ServiceAccount/pay/api'] },
        'ClusterRoleBinding/b': { role: 'ClusterRole/b', subjects: ['Group/system:serviceaccounts'] },
      },
    };
    expect(oneStep(estate, 'serviceaccount:pay/api')).toEqual(['bind-role admin']);
    expect(oneStep(estate, 'serviceaccount:shop/web')).toEqual([]);
  });
});
