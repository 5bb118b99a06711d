import type { KubernetesRequest } from '#access/engine.ts';
import type { Api, ApiBody, ApiRule } from './api.ts';

/** A question, with the user and the groups that the server is to be told. */
export interface Review {
  readonly user: string;
  readonly groups: readonly string[];
  readonly request: KubernetesRequest;
}

type Attributes = Pick<
  KubernetesRequest,
  'verb' | 'path' | 'group' | 'resource' | 'subresource' | 'name' | 'namespace'
>;

const RBAC = '/apis/rbac.authorization.k8s.io/v1';

/**
 * `count` different questions about what the server's own bindings give: for subjects of all kinds what a rule says, and
 * its neighbours, in which one thing is another.
 */
export async function questionsOf(api: Api, count: number): Promise<readonly Review[]> {
  const lists = ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'].map(
    async (resource) => (await api.must('GET', `${RBAC}/${resource}`)).items ?? [],
  );
  const [roles = [], clusterRoles = [], bindings = [], clusterBindings = []] = await Promise.all(lists);
  const rulesOf = (binding: ApiBody): readonly ApiRule[] => {
    const { kind, name } = binding.roleRef ?? {};
    const isIt = ({ metadata }: ApiBody): boolean =>
      metadata?.name === name &&
      (kind === 'ClusterRole' || metadata?.namespace === binding.metadata?.namespace);
    return (kind === 'ClusterRole' ? clusterRoles : roles).find(isIt)?.rules ?? [];
  };
  const all = new Map<string, Review>();
  for (const binding of [...bindings, ...clusterBindings]) {
    const home = binding.metadata?.namespace ?? '';
    const asked = rulesOf(binding)
      .flatMap(atomsOf)
      .flatMap((atom) => neighboursOf(atom, home));
    for (const subject of binding.subjects ?? []) {
      for (const attributes of asked) {
        const review = reviewOf(subject, home, attributes);
        all.set(JSON.stringify(review), review);
      }
    }
  }
  return spread([...all.values()], count);
}

function atomsOf({
  verbs,
  apiGroups,
  resources,
  resourceNames,
  nonResourceURLs,
}: ApiRule): readonly Attributes[] {
  const plain = (value: string, instead: string): string => (value === '*' ? instead : value);
  const all = verbs.flatMap((verb) => {
    const asked = plain(verb, 'patch');
    const paths = (nonResourceURLs ?? []).map((url) => ({ verb: asked, path: url.replace(/\*+$/u, '/x') }));
    const things = (apiGroups ?? []).flatMap((group) =>
      (resources ?? []).map((each) => {
        const [resource = '', subresource] = each.split('/');
        return {
          verb: asked,
          group: plain(group, 'apps'),
          resource: plain(resource, 'deployments'),
          ...(subresource === undefined ? {} : { subresource: plain(subresource, 'status') }),
          ...(resourceNames?.[0] === undefined ? {} : { name: resourceNames[0] }),
        };
      }),
    );
    return [...paths, ...things];
  });
  return spread(all, 12);
}

/** The question itself, and those beside it. */
function neighboursOf(atom: Attributes, home: string): readonly Attributes[] {
  if (atom.path !== undefined) return [atom, { ...atom, path: `${atom.path}/y` }, { ...atom, verb: 'put' }];
  const here = { ...atom, namespace: home === '' ? 'pay' : home };
  const { subresource, ...whole } = here;
  return [
    here,
    { ...here, verb: 'delete' },
    { ...here, namespace: home === 'web' ? 'pay' : 'web' },
    { ...here, name: 'api' },
    { ...here, group: atom.group === '' ? 'apps' : '' },
    subresource === undefined ? { ...here, subresource: 'status' } : whole,
    { ...atom, verb: 'list' },
    { ...here, verb: '*' },
  ];
}

function reviewOf(
  subject: { readonly kind: string; readonly name: string; readonly namespace?: string },
  home: string,
  attributes: Attributes,
): Review {
  if (subject.kind === 'Group') {
    const groups = [subject.name, 'system:authenticated'];
    return { user: 'member', groups, request: { principal: 'member', groups, ...attributes } };
  }
  if (subject.kind === 'User') {
    const groups = ['system:authenticated'];
    return { user: subject.name, groups, request: { principal: subject.name, groups, ...attributes } };
  }
  const namespace = subject.namespace ?? home;
  const user = `system:serviceaccount:${namespace}:${subject.name}`;
  // A ServiceAccount's groups are implied; the server wants to be told.
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
  return { user, groups, request: { principal: user, ...attributes } };
}

/** `count` of them, evenly spread. */
function spread<T>(all: readonly T[], count: number): readonly T[] {
  if (all.length <= count) return all;
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)]).filter(
    (each) => each !== undefined,
  );
}

/** What the server says to each, in the same order. */
export async function verdictsOf(api: Api, reviews: readonly Review[]): Promise<readonly boolean[]> {
  const verdicts: boolean[] = [];
  for (let start = 0; start < reviews.length; start += 32) {
    verdicts.push(
      ...(await Promise.all(reviews.slice(start, start + 32).map((review) => verdict(api, review)))),
    );
  }
  return verdicts;
}

async function verdict(api: Api, { user, groups, request }: Review): Promise<boolean> {
  const { principal: _principal, groups: _groups, path, verb, ...attributes } = request;
  const asked =
    path === undefined
      ? { resourceAttributes: { verb, ...attributes } }
      : { nonResourceAttributes: { verb, path } };
  const { status } = await api.must('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: { user, groups, ...asked },
  });
  if (status?.allowed === undefined) throw new Error('the server did not say whether that is allowed');
  return status.allowed;
}
