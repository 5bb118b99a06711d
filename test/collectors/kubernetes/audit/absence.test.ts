import { describe, expect, it } from 'vitest';
import { importTexts, listOf, type Rows } from '#test/collectors/kubernetes/importing.ts';
import { allowedBy, API, azure, event, lines } from './logs.ts';

const meta = (name: string) => ({
  name,
  namespace: 'pay',
  uid: name,
  creationTimestamp: '2026-01-01T00:00:00Z',
});
const account = (name: string) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta(name) });
const binding = (name: string, subject: string) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: meta(name),
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
  subjects: [{ kind: 'ServiceAccount', name: subject, namespace: 'pay' }],
});
const estate = listOf(account('api'), account('idle'), binding('read', 'api'), binding('write', 'api'));
const READ = allowedBy(
  'RBAC: allowed by RoleBinding "read/pay" of Role "reader" to ServiceAccount "api/pay"',
);

const importLog = async (log: string): Promise<Rows> =>
  importTexts({ 'objects.json': estate, 'audit.log': log });
const unused = ({ usages }: Rows): unknown[] =>
  usages.flatMap((row) => (row.lastUsedAt === null ? [row.permission ?? row.identityUid] : []));
const auditRow = ({ coverage }: Rows): unknown => coverage.find(({ call }) => call === 'audit log');

describe('what an audit log does not show', () => {
  it('is said to be unused in its window: identities, and bindings of one', async () => {
    const rows = await importLog(lines(event({ annotations: READ })));
    expect(unused(rows)).toEqual(['k8s:prod:serviceaccount:pay/idle', 'k8s:prod:rolebinding:pay/write']);
  });

  it('is unknown where the log has no requests that read', async () => {
    const rows = await importLog(
      lines(event({ verb: 'watch' }), event({ verb: 'create', annotations: READ })),
    );
    expect(unused(rows)).toEqual([]);
    expect(rows.usages[0]?.blindSpots).toContain('requests that only read');
    expect(auditRow(rows)).toMatchObject({
      status: 'partial',
      detail: expect.stringContaining('only read are missing'),
    });
  });

  it('is unknown for bindings where the log gives no reasons', async () => {
    expect(unused(await importLog(lines(event())))).toEqual(['k8s:prod:serviceaccount:pay/idle']);
  });

  it('is unknown before a day of which the log has nothing', async () => {
    const rows = await importLog(
      lines(
        event({ user: 'ann', at: '2026-11-10T23:00:00Z' }),
        event({ at: '2026-11-12T01:00:00Z' }),
        event({ at: '2026-11-13T02:00:00Z' }),
      ),
    );
    const idle = rows.usages.find(({ identityUid }) => identityUid.endsWith('/idle'));
    expect(idle).toMatchObject({
      windowStart: '2026-11-12T01:00:00.000Z',
      windowEnd: '2026-11-13T02:00:00.000Z',
    });
    expect(rows.usages[0]).toMatchObject({
      identityUid: 'k8s:prod:user:ann',
      lastUsedAt: '2026-11-10T23:00:00.000Z',
    });
    expect(auditRow(rows)).toMatchObject({
      status: 'partial',
      detail: expect.stringContaining('after 2026-11-10T23'),
    });
  });

  it('may have been answered by another API server, where the log is of one', async () => {
    const spots = async (log: string): Promise<boolean> =>
      (await importLog(log)).usages[0]?.blindSpots.some((spot) => spot.includes('another API server')) ??
      false;
    expect(await spots(lines(event()))).toBe(true);
    expect(await spots(lines(azure(event())))).toBe(false);
  });

  it('has its latest use where an identity was used often', async () => {
    const times = ['2026-11-20T10:00:00Z', '2026-11-20T12:00:00Z', '2026-11-20T11:00:00Z'];
    const { usages } = await importLog(lines(...times.map((at) => event({ user: API, at }))));
    expect(usages[0]?.lastUsedAt).toBe('2026-11-20T12:00:00.000Z');
  });
});
