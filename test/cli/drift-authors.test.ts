import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExplainedDrift } from '#model/drift.ts';
import { accessKey, arn, awsUser } from '../estates/aws.ts';
import { openEstate } from '../estates/estate.ts';
import { event, lines } from '../collectors/kubernetes/audit/logs.ts';
import { authorsIn } from '../../src/cli/drift/authors.ts';
import { tempDir } from '../temp-dir.ts';
import { runCli } from './run-cli.ts';
import { writeSmallEstate } from './small-estate.ts';

const BINDING = `---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: keeper, namespace: web }
rules: [{ apiGroups: [''], resources: [secrets], verbs: [delete] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: extra, namespace: web }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: keeper }
subjects: [{ kind: ServiceAccount, name: api, namespace: web }]
`;

function bound(user: string, at: string) {
  return {
    ...event({ user, at, verb: 'create', code: 201 }),
    objectRef: {
      resource: 'rolebindings',
      apiGroup: 'rbac.authorization.k8s.io',
      namespace: 'web',
      name: 'extra',
    },
  };
}

describe('who did it', () => {
  it('is who made the binding behind it between the two snapshots, where an audit log was collected', async () => {
    const folder = await tempDir();
    const exports = await writeSmallEstate(folder);
    const cli = async (hour: number, ...words: string[]) =>
      runCli(folder, words, { now: () => new Date(Date.UTC(2026, 10, 20, hour)) });
    expect((await cli(12, 'scan', '--quiet', '--import', exports)).code).toBe(0);
    await writeFile(join(exports, 'shop', 'extra.yaml'), BINDING);
    const log = lines(bound('too-early', '2026-11-20T11:00:00Z'), bound('mallory', '2026-11-20T12:30:00Z'));
    await writeFile(join(exports, 'shop', 'audit.log'), log);
    expect((await cli(13, 'scan', '--quiet', '--import', exports)).code).toBe(0);
    const { stdout } = await cli(13, 'drift', '--format', 'json');
    const { changes } = JSON.parse(stdout) as ExplainedDrift;
    const gained = changes.filter(({ kind, after }) => kind === 'entitlement' && after !== null);
    expect(gained.length).toBeGreaterThan(0);
    for (const { by } of gained) {
      expect(by).toEqual([
        {
          actor: 'mallory',
          at: '2026-11-20T12:30:00.000Z',
          action: 'create rolebindings',
          source: 'kubernetes:audit-log',
        },
      ]);
    }
    expect((await cli(13, 'drift')).stdout).toContain(
      'by mallory: create rolebindings, 2026-11-20T12:30:00.000Z',
    );
  });

  it('is who made an identity or a key, by the owners that CloudTrail told, for what was not there before', async () => {
    const owner = { owner: 'ann@example.com', kind: 'person', state: 'inferred' } as const;
    const identityUid = arn('user/app');
    const reader = await openEstate(awsUser('app'), accessKey('app', 'AK1'), {
      owners: [{ ...owner, identityUid, source: 'cloudtrail:CreateUser' }],
    });
    const authors = await authorsIn(reader, { since: null });
    const change = { direction: 'gained', identityUid, before: null, after: 'enabled' } as const;
    expect(authors({ ...change, kind: 'identity', key: identityUid }, [])).toEqual({
      by: [{ actor: 'ann@example.com', at: null, action: 'CreateUser', source: 'aws:cloudtrail' }],
      byNotKnown: null,
    });
    expect(authors({ ...change, kind: 'credential', key: 'AK1' }, [])).toEqual({
      by: [],
      byNotKnown: 'aws:cloudtrail tells no change of it in that time',
    });
    expect(
      authors({ ...change, kind: 'identity', key: 'k', identityUid: 'gcp:serviceAccount:a' }, []),
    ).toEqual({
      by: [],
      byNotKnown: 'no log of Google Cloud was collected',
    });
  });
});
