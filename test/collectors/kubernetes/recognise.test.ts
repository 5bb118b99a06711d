import { describe, expect, it } from 'vitest';
import { kubernetesCollector } from '#collectors/kubernetes/index.ts';
import { listOf } from './importing.ts';
import { account, served } from './objects.ts';

const HEAD = 64 * 1024;

function recognise(content: unknown): string | null {
  const text = typeof content === 'string' ? content : JSON.stringify(content, undefined, 4);
  return kubernetesCollector.recognise({
    path: '/exports/file',
    label: 'file',
    size: Buffer.byteLength(text),
    head: text.slice(0, HEAD),
  });
}

describe('recognise', () => {
  it.each([
    ['a list of kubectl', listOf(account('pay/api'))],
    ['an empty list', listOf()],
    ['one object', account('pay/api')],
    ['a typed list of the API', { kind: 'SecretList', apiVersion: 'v1', metadata: {}, items: [] }],
    ['an array of objects', [account('pay/api')]],
    ['objects one after the other', `${JSON.stringify(account('a/b'))}\n${JSON.stringify(account('a/c'))}`],
    ['a list so long that its kind lies beyond the head', listOf(account('a/b'), { pad: 'x'.repeat(HEAD) })],
    [
      'a ConfigMap whose kind lies beyond the head',
      `{"apiVersion":"v1","data":{"a":"${'x'.repeat(HEAD)}"},"kind":"ConfigMap"}`,
    ],
    ['a list that is cut off', JSON.stringify(listOf(account('a/b'), account('a/c'))).slice(0, 200)],
  ])('takes %s for Kubernetes in JSON', (_, content) => expect(recognise(content)).toBe('kubernetes-json'));

  it.each([
    ['a manifest', 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: api\n'],
    [
      'a manifest with comments and empty documents',
      '# ours\n---\n---\n# Source: x\napiVersion: v1\nkind: Pod # a pod\n',
    ],
    [
      'a manifest after a document of another kind',
      'a: 1\n---\nkind: "Role"\napiVersion: "rbac.authorization.k8s.io/v1"\n',
    ],
    ['a manifest with Windows line ends', 'apiVersion: v1\r\nkind: Pod\r\n'],
    ['a list of kubectl', 'apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Pod\nkind: List\n'],
    ['a sequence of objects', '- apiVersion: v1\n  kind: Pod\n'],
    [
      'a list so long that its kind lies beyond the head',
      `apiVersion: v1\nitems:\n- a: ${'x'.repeat(HEAD)}\nkind: List\n`,
    ],
  ])('takes %s for Kubernetes in YAML', (_, content) => expect(recognise(content)).toBe('kubernetes-yaml'));

  it.each([
    ['a kubeconfig', { apiVersion: 'v1', kind: 'Config', contexts: [], users: [] }],
    ['a kubeconfig in YAML', 'apiVersion: v1\nkind: Config\ncontexts: []\n'],
    [
      'kubectl version',
      { clientVersion: { gitVersion: 'v1.36.0' }, serverVersion: { gitVersion: 'v1.36.3' } },
    ],
    ['the OpenID configuration', { issuer: 'https://a', jwks_uri: 'https://a/keys' }],
    [
      'a description of an EKS cluster',
      { cluster: { name: 'a', arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/a' } },
    ],
  ])('takes %s for facts about a cluster', (_, content) =>
    expect(recognise(content)).toBe('kubernetes-facts'),
  );

  it.each([
    ['nothing', ''],
    ['text', 'hello\n'],
    ['JSON without a kind', { apiVersion: 'v1', name: 'x' }],
    ['JSON without an apiVersion', { kind: 'Pod' }],
    ['an ARM template', { apiVersion: '2020-01-01', kind: 'StorageV2' }],
    [
      'a description of another cluster',
      { cluster: { arn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/a' } },
    ],
    ['an account of AWS', { UserDetailList: [], Policies: [served('v1', 'Pod', 'a/b')] }],
    ['a chart of Helm', 'apiVersion: v2\nname: chart\n'],
    ['a file for compose', 'services:\n  a:\n    image: b\n'],
    ['YAML that holds a manifest as text', 'manifest: |\n  apiVersion: v1\n  kind: Pod\n'],
    ['documentation that shows a manifest', '# How\n```yaml\napiVersion: v1\nkind: Pod\n```\n'],
    ['a scalar', '"apiVersion"'],
    ['brackets', '[[[[{{{{"apiVersion":"v1"'],
  ])('leaves %s to others', (_, content) => expect(recognise(content)).toBeNull());
});
