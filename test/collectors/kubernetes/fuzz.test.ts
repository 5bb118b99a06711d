import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kubernetesCollector } from '#collectors/kubernetes/index.ts';
import { yamlValue } from '#collectors/kubernetes/files/yaml-value.ts';
import { anyPath, anyValue, replacedAt } from '#test/collectors/shared/hostile.ts';
import { CLIENT_CERTIFICATE } from './client-certificate.ts';
import { importTexts, listOf } from './importing.ts';
import { account, ownedBy, RBAC, served, template } from './objects.ts';

const rule = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] };
const estate = listOf(
  served('v1', 'Namespace', 'pay', {}, { labels: { env: 'prod' } }),
  account('pay/api', { annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/api' } }),
  served(RBAC, 'ClusterRole', 'all', {
    rules: [rule],
    aggregationRule: {
      clusterRoleSelectors: [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] }],
    },
  }),
  served(RBAC, 'Role', 'pay/r', { rules: [rule] }, { labels: { a: 'b' } }),
  served(RBAC, 'RoleBinding', 'pay/b', {
    roleRef: { kind: 'Role', name: 'r' },
    subjects: [{ kind: 'ServiceAccount', name: 'api' }],
  }),
  served(
    'v1',
    'Secret',
    'pay/t',
    { type: 'kubernetes.io/service-account-token', data: { token: 'x' } },
    { annotations: { 'kubernetes.io/service-account.name': 'api' } },
  ),
  served('v1', 'ConfigMap', 'kube-system/aws-auth', { data: { mapRoles: '- rolearn: a\n  groups: [b]\n' } }),
  served('apps/v1', 'Deployment', 'pay/web', { spec: template('api') }),
  served('v1', 'Pod', 'pay/web-1', { spec: {} }, ownedBy('Deployment', 'web')),
  served('certificates.k8s.io/v1', 'CertificateSigningRequest', 'c', {
    spec: { signerName: 'kubernetes.io/kube-apiserver-client' },
    status: { certificate: Buffer.from(CLIENT_CERTIFICATE).toString('base64') },
  }),
);
const SOUND_JSON = JSON.stringify(estate);
// JSON is YAML; the first line makes it one that is not taken for JSON.
const SOUND_YAML = `# yaml\n---\napiVersion: v1\nkind: List\nitems: ${JSON.stringify(Object(estate).items)}\n`;

/** Imports a file beside a sound one; the names of what was read, and whether the rows hang together. */
async function survivors(name: string, content: string | Buffer): Promise<readonly string[]> {
  const sound = { 'marker.json': account('pay/marker') };
  const rows = await importTexts({ ...sound, [name]: content }).catch((error: unknown) => {
    // What is not taken for Kubernetes any more is left to others.
    if (error instanceof Error && error.message.endsWith('is not recognised')) return importTexts(sound);
    throw error;
  });
  const scopes = new Set(rows.scopes.map(({ uid }) => uid));
  const homeless = [...rows.grants, ...rows.roles, ...rows.workloads].filter(
    ({ scopeUid }) => !scopes.has(scopeUid),
  );
  const uids = rows.identities.map(({ uid }) => uid);
  const isSound = homeless.length === 0 && new Set(uids).size === uids.length && JSON.stringify(rows) !== '';
  return isSound ? rows.identities.map(({ name: found }) => found) : [];
}

const RUNS = { numRuns: 150 };

describe('whatever the files hold, the import ends and what is sound is read', () => {
  it('with any value of any object replaced by anything', async () => {
    await fc.assert(
      fc.asyncProperty(anyPath, anyValue, async (way, by) => {
        expect(await survivors('a.json', JSON.stringify(replacedAt(estate, way, by)) ?? '')).toContain(
          'marker',
        );
      }),
      RUNS,
    );
  });

  it.each([
    ['JSON', 'a.json', SOUND_JSON],
    ['YAML', 'a.yaml', SOUND_YAML],
  ])('with %s cut off, spliced and overwritten anywhere', async (_, name, text) => {
    const edit = fc.record({
      at: fc.nat(text.length),
      drop: fc.nat(40),
      insert: fc.oneof(
        fc.string(),
        fc.constantFrom('\u0000', '[', '}', '"', '\\', '\n---\n', '&a *a', '? ', '<<: ', '\t', '|', '- '),
      ),
      cut: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        const edited = edits.reduce(
          (before, { at, drop, insert, cut }) =>
            before.slice(0, at) + insert + (cut ? '' : before.slice(at + drop)),
          text,
        );
        expect(await survivors(name, edited)).toContain('marker');
      }),
      RUNS,
    );
  });

  it('with bytes at random after a sound beginning', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom(SOUND_JSON, SOUND_YAML, ''),
        async (bytes, before) => {
          expect(await survivors('a', Buffer.concat([Buffer.from(before), bytes]))).toContain('marker');
        },
      ),
      RUNS,
    );
  });

  it('with YAML made of nothing but marks', () => {
    const marks = fc.constantFrom(
      '- ',
      '? ',
      ': ',
      '[',
      ']',
      '{',
      '}',
      ',',
      '&a ',
      '*a',
      '<<',
      '!!t ',
      '|',
      '>',
      '"',
      "'",
      '\n',
      ' ',
      '#',
      '%',
      '---\n',
      'a',
      '\t',
    );
    fc.assert(
      fc.property(fc.array(marks, { maxLength: 200 }), (parts) => {
        const result = yamlValue(parts.join(''));
        expect('value' in result || (result.reason !== '' && result.line > 0)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('recognition never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.constantFrom('', '{"apiVersion":"v1",', '[{', 'apiVersion: v1\n'),
        (text, before) => {
          const head = before + text;
          const kind = kubernetesCollector.recognise({ path: '/a', label: 'a', size: head.length, head });
          expect([null, 'kubernetes-json', 'kubernetes-yaml', 'kubernetes-facts']).toContain(kind);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
