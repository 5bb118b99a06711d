import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assert, asyncProperty, constantFrom, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awsCollector } from '#collectors/aws/index.ts';
import { FILE_KINDS } from '#collectors/aws/files/recognise.ts';
import type { Observation } from '#model/record.ts';
import { anyPath, anyValue, damaged, damages, replacedAt } from '#test/collectors/shared/hostile.ts';
import { tempDir } from '#test/temp-dir.ts';
import {
  allowing,
  arn,
  AS_OF,
  attached,
  details,
  group,
  policy,
  printed,
  role,
  trusting,
  user,
} from './importing.ts';
import { reportOf, ROOT } from './report-lines.ts';

/** One true file of each kind, to be damaged. */
const SEEDS: Readonly<Record<(typeof FILE_KINDS)[number], string>> = {
  'authorization-details': printed(
    details({
      users: [
        user('u', {
          GroupList: ['g'],
          Tags: [{ Key: 'env', Value: 'prod' }],
          PermissionsBoundary: { PermissionsBoundaryArn: arn('policy/P') },
          UserPolicyList: [{ PolicyName: 'in', PolicyDocument: allowing('s3:*') }],
        }),
      ],
      groups: [group('g', { AttachedManagedPolicies: [attached(arn('policy/P'))] })],
      roles: [
        role('r', {
          AssumeRolePolicyDocument: encodeURIComponent(
            JSON.stringify(trusting({ AWS: '*', Service: ['a', 'b'] })),
          ),
          InstanceProfileList: [{ Arn: arn('instance-profile/i'), InstanceProfileName: 'i' }],
          RoleLastUsed: { LastUsedDate: '2026-01-02 03:04:05+00:00', Region: 'eu-west-1' },
        }),
      ],
      policies: [policy(arn('policy/P'), allowing(['*'], ['*']))],
    }),
  ),
  'credential-report': reportOf(ROOT, { user: 'u', access_key_1_active: 'true', password_enabled: 'true' }),
  'service-last-accessed': printed({
    JobStatus: 'COMPLETED',
    JobCompletionDate: '2026-11-19T23:00:00+00:00',
    ServicesLastAccessed: [
      {
        ServiceNamespace: 's3',
        LastAuthenticated: '2026-11-01T00:00:00Z',
        LastAuthenticatedEntity: arn('user/u'),
      },
    ],
  }),
  'generate-service-last-accessed': printed({ JobId: '0385c1c2-01a1-4931-a738-20e25db95f26' }),
  'access-keys': printed({
    AccessKeyMetadata: [
      { UserName: 'u', AccessKeyId: 'AKIAEXAMPLE000000001', Status: 'Active', CreateDate: 1 },
    ],
  }),
  'access-key-last-used': printed({ UserName: 'u', AccessKeyLastUsed: { LastUsedDate: 2, Region: 'x' } }),
  'oidc-providers': printed({ OpenIDConnectProviderList: [{ Arn: arn('oidc-provider/gitlab.com') }] }),
  'oidc-provider': printed({ Url: 'gitlab.com', ClientIDList: ['x'], ThumbprintList: [] }),
};

const kinds = constantFrom(...FILE_KINDS);

describe('importing', () => {
  it('says something of every file, whatever bytes it holds', async () => {
    const folder = await tempDir();
    await assert(
      asyncProperty(kinds, uint8Array({ maxLength: 200 }), async (kind, bytes) => {
        const rows = await importBytes(folder, [[kind, Buffer.from(bytes)]]);
        expect(rows.some(({ table }) => table === 'coverage') || isQuiet(kind)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('survives true files that are cut off or have bytes changed, and keeps the truth of the others', async () => {
    const folder = await tempDir();
    await assert(
      asyncProperty(kinds, damages, async (kind, changes) => {
        const files = FILE_KINDS.map((each): [typeof each, Buffer] => [
          each,
          damaged(SEEDS[each], each === kind ? changes : []),
        ]);
        const rows = await importBytes(folder, files);
        const root = rows.filter(
          ({ table, row }) => table === 'identities' && 'kind' in row && row.kind === 'root-user',
        );
        expect(root.length).toBe(kind === 'credential-report' ? root.length : 1);
      }),
      { numRuns: 300 },
    );
  });

  it('survives any value in the place of any member', async () => {
    const folder = await tempDir();
    const json = FILE_KINDS.filter((kind) => kind !== 'credential-report');
    await assert(
      asyncProperty(constantFrom(...json), anyPath, anyValue, async (kind, path, replacement) => {
        const text = JSON.stringify(replacedAt(JSON.parse(SEEDS[kind]), path, replacement));
        const rows = await importBytes(folder, [[kind, Buffer.from(text ?? '')]]);
        expect(() => JSON.stringify(rows)).not.toThrow();
      }),
      { numRuns: 400 },
    );
  });
});

/** These are heard only together with others. */
function isQuiet(kind: (typeof FILE_KINDS)[number]): boolean {
  return kind === 'access-keys' || kind === 'oidc-providers';
}

async function importBytes(
  folder: string,
  contents: readonly (readonly [kind: (typeof FILE_KINDS)[number], bytes: Buffer])[],
): Promise<Observation[]> {
  const files = [];
  for (const [kind, bytes] of contents) {
    const path = join(folder, `${kind}.json`);
    await writeFile(path, bytes);
    files.push({ path, label: `x/${kind}.json`, size: bytes.length, head: '', kind });
  }
  const rows: Observation[] = [];
  const context = { asOf: AS_OF, nameOf: () => 'x', signal: new AbortController().signal };
  for await (const batch of awsCollector.importFiles(files, context)) rows.push(...batch);
  return rows;
}
