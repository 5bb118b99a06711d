import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, type Ran } from '#test/cli/run-cli.ts';
import { scannedEstate } from './estate.ts';
import { planJson } from './plan.ts';

let folder = '';

beforeAll(async () => {
  folder = await scannedEstate();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

let runs = 0;

async function gateManifests(text: string, ...words: readonly string[]): Promise<Ran> {
  const name = `deploy-${++runs}`;
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, 'rbac.yaml'), text);
  return runCli(folder, ['gate', '--manifests', name, ...words]);
}

function binding(role: string, subjects: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: api-admin }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role} }
subjects: [${subjects}]
`;
}

const API = '{ kind: ServiceAccount, name: api, namespace: web }';

function spaced({ stdout }: Ran): string {
  return stdout.replaceAll(/\s+/gu, ' ');
}

describe('nhi gate --manifests', () => {
  it('fails a manifest that binds cluster-admin, and names who becomes an administrator and by which file', async () => {
    const ran = await gateManifests(binding('cluster-admin', API));
    expect(ran.code).toBe(1);
    expect(spaced(ran)).toMatch(
      /New paths to administrator k8s:prod:serviceaccount:web\/api: \S.*rbac\.yaml/u,
    );
  });

  it('passes what is there already', async () => {
    const ran = await gateManifests(`apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: api-reads, namespace: web }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects: [${API}]
`);
    expect({ code: ran.code, nothing: spaced(ran).includes('nobody’s access changes') }).toEqual({
      code: 0,
      nothing: true,
    });
  });

  it('puts a role in the place of the one with its name, and says what is lost', async () => {
    const ran = await gateManifests(`apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: web }
rules: [{ apiGroups: [''], resources: [configmaps], verbs: [get] }]
`);
    expect(ran.code).toBe(0);
    expect(spaced(ran)).toMatch(/Lost k8s:prod:serviceaccount:web\/api: secret-read on/u);
  });

  it('takes away the subjects that a binding does not name any more', async () => {
    const ran = await gateManifests(`apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: api-reads, namespace: web }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects: [{ kind: Group, name: nobody, apiGroup: rbac.authorization.k8s.io }]
`);
    expect(spaced(ran)).toMatch(/Lost k8s:prod:serviceaccount:web\/api: secret-read on/u);
  });

  it('says that rules which other ClusterRoles gather up by their labels are not worked out', async () => {
    const ran = await gateManifests(`apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: extra, labels: { rbac.authorization.k8s.io/aggregate-to-view: 'true' } }
rules: [{ apiGroups: [''], resources: [secrets], verbs: [get] }]
`);
    expect(spaced(ran)).toContain('aggregate-to-view');
  });

  it('refuses a file that cannot be read whole, with its place and exit code 2', async () => {
    const ran = await gateManifests(`${binding('cluster-admin', API)}---\napiVersion: v1\nkind: [oops\n`);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('rbac.yaml');
  });

  it('refuses a folder without manifests', async () => {
    const ran = await gateManifests('{{ .Values.nothing }}\n');
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('holds no manifests of Kubernetes');
  });

  it('refuses a cluster that the snapshot does not have', async () => {
    const ran = await gateManifests(binding('cluster-admin', API), '--cluster', 'other');
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('the snapshot has no such cluster');
  });
});

describe('nhi gate --plan on Kubernetes', () => {
  async function gate(role: string, unknown: object = {}): Promise<Ran> {
    const plan = planJson([
      {
        type: 'kubernetes_cluster_role_binding_v1',
        name: 'api',
        after: {
          metadata: [{ name: 'api', labels: null, annotations: null }],
          role_ref: [{ api_group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role }],
          subject: [{ kind: 'ServiceAccount', name: 'api', namespace: 'web', api_group: '' }],
        },
        unknown: {
          id: true,
          metadata: [{ uid: true, generation: true, resource_version: true }],
          ...unknown,
        },
      },
      {
        type: 'kubernetes_cluster_role_v1',
        name: 'nodes',
        after: {
          metadata: [{ name: 'nodes' }],
          rule: [
            {
              api_groups: [''],
              resources: ['nodes'],
              verbs: ['get'],
              resource_names: null,
              non_resource_urls: null,
            },
          ],
        },
        unknown: { id: true },
      },
    ]);
    await writeFile(join(folder, 'tfplan.json'), plan);
    return runCli(folder, ['gate', '--plan', 'tfplan.json', '--cluster', 'prod']);
  }

  it('fails a plan that binds cluster-admin, by the address of the resource', async () => {
    const ran = await gate('cluster-admin');
    expect(ran.code).toBe(1);
    expect(spaced(ran)).toMatch(/serviceaccount:web\/api: \S.*by kubernetes_cluster_role_binding_v1\.api/u);
  });

  it('passes one that binds a role which reads nodes', async () => {
    expect((await gate('nodes')).code).toBe(0);
  });

  it('says which part of an object is known only after applying', async () => {
    const ran = await gate('nodes', { subject: [{ name: true }] });
    expect(spaced(ran)).toContain(
      'kubernetes_cluster_role_binding_v1.api: subject: known only after applying',
    );
  });
});
