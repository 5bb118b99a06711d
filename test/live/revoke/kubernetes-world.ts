import type { Api } from '../kubernetes/api.ts';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const NAMESPACE = '/api/v1/namespaces/pay';

/** What the ServiceAccount `pay/app` may do in this world, as SubjectAccessReview asks for it. */
export const RIGHTS: readonly object[] = [
  { verb: 'get', group: '', resource: 'secrets', namespace: 'pay' },
  { verb: 'create', group: '', resource: 'pods', subresource: 'exec', namespace: 'pay' },
  { verb: 'list', group: 'apps', resource: 'deployments', namespace: 'elsewhere' },
];

/** A ServiceAccount with a token Secret, in a RoleBinding of its own, in one that it shares, and in a ClusterRoleBinding. */
export async function buildWorld(api: Api): Promise<void> {
  const rbac = 'rbac.authorization.k8s.io';
  const meta = (name: string, more: object = {}) => ({ metadata: { name, ...more } });
  const account = (name: string) => ({ kind: 'ServiceAccount', name, namespace: 'pay' });
  const ref = (kind: string, name: string) => ({ roleRef: { apiGroup: rbac, kind, name } });
  await api.must('POST', '/api/v1/namespaces', meta('pay'));
  for (const name of ['app', 'other']) await api.must('POST', `${NAMESPACE}/serviceaccounts`, meta(name));
  await api.must('POST', `${NAMESPACE}/secrets`, {
    ...meta('app-token', { annotations: { 'kubernetes.io/service-account.name': 'app' } }),
    type: 'kubernetes.io/service-account-token',
  });
  await api.must('POST', `${RBAC}/namespaces/pay/roles`, {
    ...meta('secrets'),
    rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }],
  });
  await api.must('POST', `${RBAC}/namespaces/pay/roles`, {
    ...meta('exec'),
    rules: [{ apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] }],
  });
  await api.must('POST', `${RBAC}/clusterroles`, {
    ...meta('lister'),
    rules: [
      { apiGroups: ['apps'], resources: ['deployments'], verbs: ['list'] },
      { nonResourceURLs: ['/metrics'], verbs: ['get'] },
    ],
  });
  await api.must('POST', `${RBAC}/namespaces/pay/rolebindings`, {
    ...meta('secrets', { labels: { team: 'pay' }, annotations: { note: 'by hand' } }),
    ...ref('Role', 'secrets'),
    subjects: [account('app')],
  });
  await api.must('POST', `${RBAC}/namespaces/pay/rolebindings`, {
    ...meta('exec'),
    ...ref('Role', 'exec'),
    subjects: [{ kind: 'User', name: 'ada', apiGroup: rbac }, account('app'), account('other')],
  });
  await api.must('POST', `${RBAC}/clusterrolebindings`, {
    ...meta('lister'),
    ...ref('ClusterRole', 'lister'),
    subjects: [account('app')],
  });
}

/** The bindings as the server has them, but for what it writes itself. */
export async function bindings(api: Api): Promise<object> {
  const paths = [
    'namespaces/pay/rolebindings/secrets',
    'namespaces/pay/rolebindings/exec',
    'clusterrolebindings/lister',
  ];
  const all = await Promise.all(paths.map((path) => api.call('GET', `${RBAC}/${path}`)));
  return all.map(({ status, body: { metadata, roleRef, subjects } }) => {
    // The server adds its own members to the metadata of every object.
    const { name, labels, annotations } = { labels: null, annotations: null, ...metadata };
    return status === 404 ? null : { name, labels, annotations, roleRef, subjects };
  });
}

/** Which of the rights `pay/app` has now, asked of the server itself. */
export async function allowed(api: Api): Promise<boolean[]> {
  const groups = ['system:serviceaccounts', 'system:serviceaccounts:pay', 'system:authenticated'];
  return Promise.all(
    RIGHTS.map(async (resourceAttributes) => {
      const spec = { user: 'system:serviceaccount:pay:app', groups, resourceAttributes };
      const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec };
      const { status } = await api.must('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', review);
      return status?.allowed === true;
    }),
  );
}

/** The rights that a step's role must hold, as a ClusterRole gives them: `verb resource.group`. */
export async function bindRights(api: Api, account: string, rights: readonly string[]): Promise<void> {
  const rules = rights.map((right) => {
    const [verb = '', what = ''] = right.split(' ');
    const [resource = '', ...group] = what.split('.');
    return { verbs: [verb], apiGroups: [group.join('.')], resources: [resource] };
  });
  await api.must('POST', `${RBAC}/clusterroles`, { metadata: { name: account }, rules });
  await api.must('POST', `${RBAC}/clusterrolebindings`, {
    metadata: { name: account },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: account },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace: 'default' }],
  });
}
