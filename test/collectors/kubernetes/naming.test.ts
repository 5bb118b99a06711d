import { describe, expect, it } from 'vitest';
import { complaints, importTexts, listOf, type Rows } from './importing.ts';
import { account, served } from './objects.ts';

const eks = (name: string, region = 'eu-west-1'): unknown => ({
  cluster: {
    name,
    arn: `arn:aws:eks:${region}:111122223333:cluster/${name}`,
    version: '1.36',
    identity: { oidc: { issuer: `https://oidc.eks.${region}.amazonaws.com/id/ABC` } },
  },
});
const kubeconfig = (cluster: string): string =>
  `apiVersion: v1\nkind: Config\ncurrent-context: mine\ncontexts:\n- name: other\n  context: {cluster: elsewhere}\n- name: mine\n  context: {cluster: ${cluster}}\nusers:\n- name: me\n  user: {token: hunter2}\n`;
const objects = listOf(account('pay/api'));

function clusters({ scopes }: Rows): string[] {
  return scopes.flatMap(({ kind, uid }) => (kind === 'cluster' ? [uid] : [])).toSorted();
}

describe('the name of a cluster', () => {
  it('is that of the folder, for all files in it', async () => {
    const rows = await importTexts({
      'a.json': objects,
      'b.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n',
    });
    expect(clusters(rows)).toEqual(['k8s:prod']);
  });

  it('is another one for files of another folder', async () => {
    expect(clusters(await importTexts({ 'a.json': objects, 'staging/a.json': objects }))).toEqual([
      'k8s:prod',
      'k8s:staging',
    ]);
  });

  it.each([
    ['a description of an EKS cluster', 'cluster.json', eks('blue')],
    ['a kubeconfig', 'config', kubeconfig('blue')],
    [
      'a kubeconfig of EKS, by an ARN',
      'config',
      kubeconfig('"arn:aws:eks:eu-west-1:111122223333:cluster/blue"'),
    ],
    [
      'a kubeconfig that knows one context',
      'config.json',
      { kind: 'Config', apiVersion: 'v1', contexts: [{ name: 'x', context: { cluster: 'blue' } }] },
    ],
  ])('is what %s says, for its folder and those below', async (_, name, facts) => {
    const rows = await importTexts({ [name]: facts, 'a.json': objects, 'rbac/b.json': objects });
    expect(clusters(rows)).toEqual(['k8s:blue']);
    expect(JSON.stringify(rows)).not.toContain('hunter2');
  });

  it('has no colons, which mean something in uids', async () => {
    const rows = await importTexts({ config: kubeconfig('"rancher:c-1:blue"'), 'a.json': objects });
    expect(clusters(rows)).toEqual(['k8s:rancher-c-1-blue']);
  });

  it('is what the nearest file says', async () => {
    const rows = await importTexts({
      'cluster.json': eks('blue'),
      'green/cluster.json': eks('green'),
      'green/x/a.json': objects,
    });
    expect(clusters(rows)).toEqual(['k8s:green']);
  });

  it('has region and account with it where two clusters have the same', async () => {
    const rows = await importTexts({
      'one/cluster.json': eks('blue'),
      'one/a.json': objects,
      'two/cluster.json': eks('blue', 'eu-central-1'),
      'two/a.json': objects,
    });
    expect(clusters(rows)).toEqual(['k8s:blue.eu-central-1.111122223333', 'k8s:blue.eu-west-1.111122223333']);
  });

  it('is not taken from a second description in the same folder, which is said', async () => {
    const rows = await importTexts({
      'a.json': objects,
      'cluster1.json': eks('blue'),
      'cluster2.json': eks('green'),
    });
    expect(clusters(rows)).toEqual(['k8s:blue']);
    expect(complaints(rows)).toEqual([
      'prod/cluster2.json: describes another cluster than the files beside it do, and is left out',
    ]);
  });

  it('that two clusters share is noticed by their kube-system namespaces', async () => {
    const kubeSystem = (uid: string): unknown =>
      listOf(served('v1', 'Namespace', 'kube-system', {}, { uid }));
    const rows = await importTexts({
      '1.json': kubeSystem('a'),
      '2.json': kubeSystem('b'),
      '3.json': kubeSystem('b'),
    });
    expect(complaints(rows)).toHaveLength(1);
    expect(complaints(rows)[0]).toContain('of another cluster than that in prod/1.json');
  });
});

describe('the facts of a cluster', () => {
  it('stand in its scope: version, issuer, ARN and the id of kube-system', async () => {
    const { scopes } = await importTexts({
      'a.json': listOf(served('v1', 'Namespace', 'kube-system')),
      'cluster.json': eks('blue'),
      'version.json': { clientVersion: {}, serverVersion: { gitVersion: 'v1.36.3' } },
    });
    expect(scopes[0]).toMatchObject({
      uid: 'k8s:blue',
      tags: { 'oidc-issuer': 'https://oidc.eks.eu-west-1.amazonaws.com/id/ABC' },
      raw: {
        version: 'v1.36',
        arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/blue',
        kubeSystemUid: 'uid-Namespace-kube-system',
      },
    });
  });

  it('may come without a name', async () => {
    const { scopes } = await importTexts({
      'a.json': objects,
      'openid.json': { issuer: 'https://x', jwks_uri: 'https://x/jwks' },
    });
    expect(scopes[0]).toMatchObject({ uid: 'k8s:prod', tags: { 'oidc-issuer': 'https://x' } });
  });

  it.each([
    '{"cluster":{"arn":"arn:aws:eks:x:1:cluster/x"}}',
    'apiVersion: v1\nkind: Config\ncontexts: {a: b}\n',
    'apiVersion: v1\nkind: Config\ncontexts: [\n',
  ])('that cannot be read (%j) are said to be so, and the objects are read', async (text) => {
    const rows = await importTexts({ 'a.json': objects, facts: text });
    expect(rows.identities).toHaveLength(1);
    expect(complaints(rows)).toHaveLength(1);
  });
});
