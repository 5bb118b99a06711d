import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { importPaths, importTexts, only, type Rows, statuses } from './importing.ts';

const FILE = join(process.cwd(), '../shared/data/kubernetes/sar/estate.json');
const MISSING = existsSync(FILE) ? '' : ' (skipped: ../shared/data/kubernetes is missing)';

const object = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});

function items(): z.infer<typeof object>[] {
  return z.object({ items: z.array(object) }).parse(JSON.parse(readFileSync(FILE, 'utf8'))).items;
}

function rulesOf({ roles }: Rows, name: string): unknown {
  return roles.find((role) => role.uid === `k8s:estate:clusterrole:${name}`)?.document;
}

describe.skipIf(MISSING !== '')(`the objects of a real API server${MISSING}`, () => {
  it('all arrive: ClusterRoles, Roles, ServiceAccounts and Namespaces, each once', async () => {
    const { roles, identities, scopes } = await importPaths(FILE);
    expect(roles.filter(({ kind }) => kind === 'cluster-role')).toHaveLength(83);
    expect(roles.filter(({ kind }) => kind === 'role')).toHaveLength(17);
    expect(identities.filter(({ kind }) => kind === 'service-account')).toHaveLength(15);
    expect(scopes.filter(({ kind }) => kind === 'namespace')).toHaveLength(7);
    expect(only(scopes.filter(({ kind }) => kind === 'cluster'))).toMatchObject({
      uid: 'k8s:estate',
      name: 'estate',
    });
    expect(new Set(roles.map(({ uid }) => uid)).size).toBe(100);
  });

  it('have a grant for each of the subjects of 62 ClusterRoleBindings and 21 RoleBindings', async () => {
    const { grants } = await importPaths(FILE);
    const bindings = items().filter(({ kind }) => kind.endsWith('Binding'));
    const subjects = bindings.flatMap(({ subjects: list }) => z.array(z.unknown()).parse(list ?? []));
    expect(bindings).toHaveLength(83);
    expect(grants).toHaveLength(subjects.length);
    // Some bindings have several subjects, others none.
    const bound = new Set(grants.map(({ uid }) => uid.slice(0, uid.indexOf('#'))));
    expect(bound.size).toBe(
      bindings.filter(({ subjects: list }) => z.array(z.unknown()).safeParse(list).success).length,
    );
  });

  it('are complete for roles, grants and ServiceAccounts, and nothing else is claimed', async () => {
    const rows = await importPaths(FILE);
    expect(Object.values(statuses(rows, 'roles'))).toEqual(['complete', 'complete']);
    expect(Object.values(statuses(rows, 'grants'))).toEqual(['complete', 'complete']);
    expect(statuses(rows, 'identities')['kubectl get serviceaccounts -A']).toBe('complete');
    for (const feed of ['credentials', 'usages', 'workloads', 'guardrails']) {
      expect({ [feed]: [...new Set(Object.values(statuses(rows, feed)))] }).toEqual({ [feed]: ['skipped'] });
    }
  });

  it('keep the rules of aggregated ClusterRoles as stored, which the parts agree with', async () => {
    const rows = await importPaths(FILE);
    const stored = items().find(({ kind, metadata }) => kind === 'ClusterRole' && metadata.name === 'admin');
    expect(rulesOf(rows, 'admin')).toEqual({
      rules: stored?.['rules'],
      aggregationRule: stored?.['aggregationRule'],
    });
    expect(rows.coverage.filter(({ call }) => call === 'aggregated ClusterRoles')).toEqual([]);
  });

  it.each(['admin', 'edit', 'view', 'c-parent', 'c-middle'])(
    'give %s the rules that the server stored, where manifests leave them to be worked out',
    async (name) => {
      const manifests = items().map(({ metadata, ...rest }) => {
        const {
          uid: _,
          resourceVersion: __,
          creationTimestamp: ___,
          managedFields: ____,
          ...kept
        } = metadata;
        const isParent = rest['aggregationRule'] !== undefined;
        return { ...rest, ...(isParent ? { rules: [] } : {}), metadata: kept };
      });
      const stored = rulesOf(await importPaths(FILE), name);
      const rows = await importTexts({ 'estate.json': { apiVersion: 'v1', kind: 'List', items: manifests } });
      const workedOut = rows.roles.find(({ uid }) => uid === `k8s:prod:clusterrole:${name}`)?.document;
      expect(stored).toBeDefined();
      expect(workedOut).toEqual(stored);
    },
  );

  it('are provider-managed where Kubernetes made them, whatever the name of others', async () => {
    const { roles } = await importPaths(FILE);
    const managed = (name: string): string | undefined => roles.find((role) => role.name === name)?.managedBy;
    expect(managed('cluster-admin')).toBe('provider');
    expect(managed('system:controller:job-controller')).toBe('provider');
    expect(managed('system:aggregated-metrics-reader')).toBe('customer');
  });
});
