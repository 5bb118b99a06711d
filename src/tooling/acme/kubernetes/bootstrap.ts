import {
  account,
  aggregatedRole,
  binding,
  group,
  type Manifest,
  pathRule,
  type PolicyRule,
  role,
  rule,
  serviceAccount,
  user,
} from './objects.ts';

const BOOTSTRAP = { 'kubernetes.io/bootstrapping': 'rbac-defaults' };
const AGGREGATE = 'rbac.authorization.k8s.io/aggregate-to-';
const READ = 'get,list,watch';
const WRITE = 'create,update,patch,delete,deletecollection';

/**
 * The roles and bindings that every API server makes for itself, and the ServiceAccounts of its controllers: a
 * shorter version of them, with the same names, labels and subjects.
 */
export function bootstrapObjects(): readonly Manifest[] {
  return [...userFacingRoles(), ...systemRoles(), ...controllers()];
}

function userFacingRoles(): readonly Manifest[] {
  const view = [
    rule('core', 'pods,services,configmaps,endpoints,events', READ),
    rule('apps,batch', 'deployments,daemonsets,statefulsets,jobs,cronjobs', READ),
  ];
  const edit = [
    rule('core', 'pods,pods/exec,services,configmaps,secrets', `${READ},${WRITE}`),
    rule('core', 'serviceaccounts', 'impersonate'),
    rule('apps,batch', 'deployments,daemonsets,statefulsets,jobs,cronjobs', WRITE),
  ];
  const admin = [rule('rbac.authorization.k8s.io', 'roles,rolebindings', `${READ},${WRITE}`)];
  const part = (name: string, rules: readonly PolicyRule[]) =>
    role(
      { name: `system:aggregate-to-${name}`, labels: { ...BOOTSTRAP, [`${AGGREGATE}${name}`]: 'true' } },
      rules,
    );
  return [
    bootstrapRole('cluster-admin', [rule('*', '*', '*'), pathRule('*', '*')]),
    binding({ name: 'cluster-admin', labels: BOOTSTRAP }, 'ClusterRole/cluster-admin', [
      group('system:masters'),
    ]),
    part('view', view),
    part('edit', edit),
    part('admin', admin),
    aggregatedRole(
      { name: 'view', labels: { ...BOOTSTRAP, [`${AGGREGATE}edit`]: 'true' } },
      [`${AGGREGATE}view`],
      view,
    ),
    aggregatedRole(
      { name: 'edit', labels: { ...BOOTSTRAP, [`${AGGREGATE}admin`]: 'true' } },
      [`${AGGREGATE}edit`],
      [...edit, ...view],
    ),
    aggregatedRole({ name: 'admin', labels: BOOTSTRAP }, [`${AGGREGATE}admin`], [...admin, ...edit, ...view]),
  ];
}

function systemRoles(): readonly Manifest[] {
  const everyone = [group('system:authenticated')];
  return [
    ...bound(
      'system:basic-user',
      [rule('authorization.k8s.io', 'selfsubjectaccessreviews,selfsubjectrulesreviews', 'create')],
      everyone,
    ),
    ...bound(
      'system:discovery',
      [pathRule('/api,/api/*,/apis,/apis/*,/healthz,/openapi,/openapi/*,/version', 'get')],
      everyone,
    ),
    ...bound(
      'system:public-info-viewer',
      [pathRule('/healthz,/livez,/readyz,/version', 'get')],
      [...everyone, group('system:unauthenticated')],
    ),
    ...bound('system:node', [rule('core', 'nodes,pods,secrets,configmaps', 'get')], []),
    ...bound(
      'system:node-proxier',
      [rule('core', 'services,endpoints,nodes', 'list,watch')],
      [user('system:kube-proxy')],
    ),
    ...bound(
      'system:kube-controller-manager',
      [rule('core', 'serviceaccounts/token', 'create'), rule('*', '*', 'list,watch')],
      [user('system:kube-controller-manager')],
    ),
    ...bound(
      'system:kube-scheduler',
      [rule('core', 'pods,nodes', READ), rule('core', 'pods/binding', 'create')],
      [user('system:kube-scheduler')],
    ),
    bootstrapRole('system:auth-delegator', [
      rule('authentication.k8s.io', 'tokenreviews', 'create'),
      rule('authorization.k8s.io', 'subjectaccessreviews', 'create'),
    ]),
    bootstrapRole('system:node-bootstrapper', [
      rule('certificates.k8s.io', 'certificatesigningrequests', 'create,get,list,watch'),
    ]),
  ];
}

function controllers(): readonly Manifest[] {
  const rules: Readonly<Record<string, readonly PolicyRule[]>> = {
    'attachdetach-controller': [rule('core', 'persistentvolumes,nodes', READ)],
    'cronjob-controller': [
      rule('batch', 'cronjobs,jobs', `${READ},update`),
      rule('batch', 'jobs', 'create,delete'),
    ],
    'daemon-set-controller': [rule('apps', 'daemonsets', READ), rule('core', 'pods', 'create,delete,patch')],
    'deployment-controller': [rule('apps', 'deployments,replicasets', `${READ},create,update,patch,delete`)],
    'endpointslice-controller': [rule('discovery.k8s.io', 'endpointslices', `${READ},create,update,delete`)],
    'horizontal-pod-autoscaler': [rule('*', '*/scale', 'get,update')],
    'job-controller': [
      rule('batch', 'jobs', `${READ},update,patch`),
      rule('core', 'pods', 'create,delete,patch'),
    ],
    'node-controller': [rule('core', 'nodes', `${READ},delete,patch,update`)],
    'replicaset-controller': [
      rule('apps', 'replicasets', `${READ},update`),
      rule('core', 'pods', 'create,delete,patch'),
    ],
    'service-account-controller': [rule('core', 'serviceaccounts', 'create')],
    'statefulset-controller': [
      rule('apps', 'statefulsets', READ),
      rule('core', 'pods', `${READ},create,delete,patch`),
    ],
    'ttl-controller': [rule('core', 'nodes', `${READ},patch,update`)],
  };
  return Object.entries(rules).flatMap(([name, granted]) => [
    serviceAccount({ name, namespace: 'kube-system' }),
    ...bound(`system:controller:${name}`, granted, [account('kube-system', name)]),
  ]);
}

function bound(
  name: string,
  rules: readonly PolicyRule[],
  subjects: Parameters<typeof binding>[2],
): readonly Manifest[] {
  return [bootstrapRole(name, rules), binding({ name, labels: BOOTSTRAP }, `ClusterRole/${name}`, subjects)];
}

function bootstrapRole(name: string, rules: readonly PolicyRule[]): Manifest {
  return role({ name, labels: BOOTSTRAP }, rules);
}
