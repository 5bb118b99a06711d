import { describe, expect, it } from 'vitest';
import { everywhere, inPay, oneStep, rule } from '#test/access/kubernetes/becoming.ts';

const WORLD = {
  serviceAccounts: ['pay/api', 'pay/default', 'shop/web'],
  workloads: {
    'deployment/pay/api': 'pay/api',
    'pod/pay/tool': 'pay/default',
    'deployment/shop/web': 'shop/web',
  },
};
const NODE = 'system:node:n1';

describe('who creates pods', () => {
  it('acts as any ServiceAccount of the namespace, and of no other', () => {
    expect(oneStep({ ...WORLD, ...inPay(rule('create', 'pods')) }, 'user:ann')).toEqual([
      'create-pod serviceaccount:pay/api',
      'create-pod serviceaccount:pay/default',
    ]);
  });

  it('acts as any ServiceAccount of the cluster, by a ClusterRoleBinding', () => {
    expect(oneStep({ ...WORLD, ...everywhere(rule('create', 'pods')) }, 'user:ann')).toEqual([
      'create-pod serviceaccount:pay/api',
      'create-pod serviceaccount:pay/default',
      'create-pod serviceaccount:shop/web',
    ]);
  });

  it('does so through workloads that create them', () => {
    for (const [kind, group] of [
      ['cronjobs', 'batch'],
      ['daemonsets', 'apps'],
      ['replicationcontrollers', ''],
    ] as const) {
      expect(oneStep({ ...WORLD, ...inPay(rule('create', kind, group)) }, 'user:ann')).toContain(
        'create-workload serviceaccount:pay/api',
      );
    }
  });

  it('gains nothing from a rule with names, which never covers a new object', () => {
    expect(oneStep({ ...WORLD, ...inPay(rule('create', 'pods', '', 'web')) }, 'user:ann')).toEqual([]);
  });

  it('may break out to nodes', () => {
    expect(oneStep({ ...WORLD, users: [NODE], ...inPay(rule('create', 'pods')) }, 'user:ann')).toContain(
      `privileged-pod? user:${NODE}`,
    );
  });

  it('stays in the pods where the Pod Security level says so, unless it may change the level', () => {
    const labels = { pay: { 'pod-security.kubernetes.io/enforce': 'baseline' } };
    const world = { ...WORLD, users: [NODE], labels };
    expect(oneStep({ ...world, ...inPay(rule('create', 'pods')) }, 'user:ann')).not.toContain(
      `privileged-pod? user:${NODE}`,
    );
    expect(
      oneStep({ ...world, ...inPay(rule('create', 'pods'), rule('patch', 'namespaces')) }, 'user:ann'),
    ).toContain(`privileged-pod? user:${NODE}`);
  });

  it('reaches nodes through a host path, where it may create volumes', () => {
    const rules = [rule('create', 'pods'), rule('create', 'persistentvolumes')];
    const labels = { pay: { 'pod-security.kubernetes.io/enforce': 'baseline' } };
    const volumes = {
      roles: { 'ClusterRole/pods': [rules[0] ?? {}], 'ClusterRole/volumes': [rules[1] ?? {}] },
      bindings: {
        'RoleBinding/pay/b': { role: 'ClusterRole/pods', subjects: ['User/ann'] },
        'ClusterRoleBinding/b': { role: 'ClusterRole/volumes', subjects: ['User/ann'] },
      },
    };
    expect(oneStep({ ...WORLD, users: [NODE], labels, ...volumes }, 'user:ann')).toContain(
      `host-path-volume? user:${NODE}`,
    );
  });

  it('may be stopped by an admission webhook or policy that looks at pods', () => {
    const webhook = { webhooks: [{ rules: [{ operations: ['*'], apiGroups: [''], resources: ['pods'] }] }] };
    const policy = {
      spec: {
        matchConstraints: { resourceRules: [{ operations: ['CREATE'], apiGroups: ['*'], resources: ['*'] }] },
      },
    };
    const other = {
      webhooks: [{ rules: [{ operations: ['DELETE'], apiGroups: ['*'], resources: ['*/*'] }] }],
    };
    const certainty = (document: object) =>
      oneStep(
        { ...WORLD, admission: { gate: { ...document } }, ...inPay(rule('create', 'pods')) },
        'user:ann',
      )[0];
    expect(certainty(webhook)).toBe('create-pod? serviceaccount:pay/api');
    expect(certainty(policy)).toBe('create-pod? serviceaccount:pay/api');
    expect(certainty({ malformed: true })).toBe('create-pod? serviceaccount:pay/api');
    expect(certainty(other)).toBe('create-pod serviceaccount:pay/api');
  });

  it('may be stopped by what was not collected', () => {
    expect(
      oneStep({ ...WORLD, missing: ['guardrails'], ...inPay(rule('create', 'pods')) }, 'user:ann'),
    ).toEqual(['create-pod? serviceaccount:pay/api', 'create-pod? serviceaccount:pay/default']);
  });
});

describe('who changes workloads', () => {
  it('has them run as any ServiceAccount of the namespace', () => {
    expect(oneStep({ ...WORLD, ...inPay(rule('patch', 'deployments', 'apps')) }, 'user:ann')).toEqual([
      'change-workload serviceaccount:pay/api',
      'change-workload serviceaccount:pay/default',
    ]);
  });

  it('needs one that is there, by its name where it is named', () => {
    const change = (...names: string[]) => inPay(rule('patch', 'deployments', 'apps', ...names));
    expect(oneStep({ ...WORLD, ...change('api') }, 'user:ann')).toHaveLength(2);
    expect(oneStep({ ...WORLD, ...change('gone') }, 'user:ann')).toEqual([]);
    expect(oneStep({ ...WORLD, workloads: {}, ...change() }, 'user:ann')).toEqual([]);
  });

  it('may find one where workloads were not collected', () => {
    const world = { ...WORLD, workloads: {}, missing: ['workloads'] };
    expect(oneStep({ ...world, ...inPay(rule('patch', 'deployments', 'apps')) }, 'user:ann')).toContain(
      'change-workload? serviceaccount:pay/api',
    );
  });
});

describe('who gets into running pods', () => {
  it.each([
    ['exec', rule('create', 'pods/exec')],
    ['exec', rule('get', 'pods/attach')],
    ['ephemeral-container', rule('patch', 'pods/ephemeralcontainers')],
    ['change-pod', rule('update', 'pods')],
  ])('may act as the ServiceAccounts that they run as (%s)', (via, permission) => {
    expect(oneStep({ ...WORLD, ...inPay(permission) }, 'user:ann')).toEqual([
      `${via}? serviceaccount:pay/api`,
      `${via}? serviceaccount:pay/default`,
    ]);
  });

  it('acts as those of the named pods only', () => {
    const names = (name: string) =>
      oneStep({ ...WORLD, ...inPay(rule('create', 'pods/exec', '', name)) }, 'user:ann');
    expect(names('tool')).toEqual(['exec? serviceaccount:pay/default']);
    expect(names('api-7d9f8c-x2')).toEqual(['exec? serviceaccount:pay/api']);
    expect(names('other')).toEqual([]);
  });

  it('finds named pods in any namespace, by a ClusterRoleBinding', () => {
    expect(
      oneStep({ ...WORLD, ...everywhere(rule('create', 'pods/exec', '', 'web-1')) }, 'user:ann'),
    ).toEqual(['exec? serviceaccount:shop/web']);
  });

  it('gets into every pod through the kubelet, with get on nodes/proxy', () => {
    expect(oneStep({ ...WORLD, ...everywhere(rule('get', 'nodes/proxy')) }, 'user:ann')).toEqual([
      'node-proxy? serviceaccount:pay/api',
      'node-proxy? serviceaccount:pay/default',
      'node-proxy? serviceaccount:shop/web',
    ]);
    expect(oneStep({ ...WORLD, ...inPay(rule('get', 'nodes/proxy')) }, 'user:ann')).toEqual([]);
  });
});

describe('a node', () => {
  it('may act as the ServiceAccounts of pods that run on it', () => {
    expect(oneStep({ ...WORLD, users: [NODE] }, `user:${NODE}`)).toEqual([
      'pods-of-node? serviceaccount:pay/api',
      'pods-of-node? serviceaccount:pay/default',
      'pods-of-node? serviceaccount:shop/web',
    ]);
  });
});
