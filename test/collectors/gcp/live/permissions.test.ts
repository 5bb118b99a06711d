import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { gcpLive } from '#collectors/gcp/live/index.ts';
import type { Probe } from '#contract/live.ts';
import type { GcpTarget } from '#model/target/gcp.ts';
import { liveContext } from '#test/collectors/live-context.ts';
import { tempDir } from '#test/temp-dir.ts';
import { PROJECT } from '../exported-objects.ts';
import { organisation } from './estate.ts';
import { type Asked, cloudServer, failure, readAll, targetAt, testContext } from './server.ts';

const PREDEFINED = join(process.cwd(), '../shared/data/gcp/predefined-roles.ndjson.gz');
const WHOLE = { organization: '4711' };
const NOWHERE = { endpoint: 'http://127.0.0.1:1' };

function needed(target: GcpTarget): string[] {
  return gcpLive.permissions(target).flatMap(({ permissions }) => permissions);
}

/** The right that a request takes, by Google's reference of each method. */
const RIGHTS: readonly (readonly [RegExp, string])[] = [
  [/^POST \/v3\/(organizations|folders|projects)\/[^/]+:getIamPolicy$/u, 'resourcemanager.$1.getIamPolicy'],
  [/^POST \/v1\/projects\/[^/]+\/serviceAccounts\/[^/]+:getIamPolicy$/u, 'iam.serviceAccounts.getIamPolicy'],
  [/^GET \/v3\/projects:search$/u, 'resourcemanager.projects.get'],
  [/^GET \/v3\/(folders|projects)$/u, 'resourcemanager.$1.list'],
  [/^GET \/v3\/(organizations|folders|projects)\/[^/]+$/u, 'resourcemanager.$1.get'],
  [/^GET \/v1\/[^/]+\/[^/]+:searchAllIamPolicies$/u, 'cloudasset.assets.searchAllIamPolicies'],
  [/^GET \/v2\/policies\/[^/]+\/denypolicies$/u, 'iam.denypolicies.list'],
  [/^GET \/v2\/policies\/[^/]+\/denypolicies\/[^/]+$/u, 'iam.denypolicies.get'],
  [/^GET .*\/principalAccessBoundaryPolicies$/u, 'iam.principalaccessboundarypolicies.list'],
  [/^GET .*\/policyBindings$/u, 'iam.policybindings.list'],
  [/^GET .*\/accessPolicies$/u, 'iam.accesspolicies.list'],
  [/^GET .*\/serviceAccounts$/u, 'iam.serviceAccounts.list'],
  [/^GET .*\/serviceAccounts\/[^/]+\/keys$/u, 'iam.serviceAccountKeys.list'],
  [/^GET \/v1\/(?:[^/]+\/[^/]+\/)?roles$/u, 'iam.roles.list'],
  [/^GET .*\/(workload|workforce)\w*Pools$/u, 'iam.googleapis.com/$1Pools.list'],
  [/^GET .*\/(workload|workforce)\w*Pools\/[^/]+\/providers$/u, 'iam.googleapis.com/$1PoolProviders.list'],
  [/^GET .*\/activityTypes\/s(\w+)\/activities:query$/u, 'policyanalyzer.s$1Activities.query'],
  [/^GET \/v2\/projects\/[^/]+\/locations\/global\/keys$/u, 'apikeys.keys.list'],
  [/^GET .*\/hmacKeys$/u, 'storage.hmacKeys.list'],
  [/^GET \/v1\/[^/]+\/[^/]+\/assets$/u, 'cloudasset.assets.listResource'],
];

function rightOf({ method, path }: Asked): string {
  const line = `${method} ${path}`;
  const [pattern, right] = RIGHTS.find(([each]) => each.test(line)) ?? [];
  if (pattern === undefined || right === undefined) throw new Error(`no right is known for ${line}`);
  return line.replace(pattern, right).replace('/workloadPool', '/workloadIdentityPool');
}

describe('the rights that reading Google Cloud takes', () => {
  it.skipIf(!existsSync(PREDEFINED))('are all permissions that Google has (needs ../shared/data/gcp)', () => {
    const lines = gunzipSync(readFileSync(PREDEFINED)).toString('utf8').trim().split('\n');
    const known = new Set(
      // Each line is a role with its permissions.
      lines.flatMap(
        (line) => (JSON.parse(line) as { includedPermissions?: string[] }).includedPermissions ?? [],
      ),
    );
    const wanted = needed(targetAt(NOWHERE, { ...WHOLE, quotaProject: 'q' }));
    expect(wanted.length).toBeGreaterThan(20);
    expect(wanted.filter((each) => !known.has(each))).toEqual([]);
  });

  it('are those of the calls that a reading of an organisation makes, and no more', async () => {
    const cloud = await cloudServer((asked) =>
      asked.path === '/v1/locations/global/workforcePools'
        ? { body: { workforcePools: [{ name: 'locations/global/workforcePools/staff' }] } }
        : organisation(asked),
    );
    const target = targetAt(cloud, WHOLE);
    await readAll(target);
    // Groups are no matter of IAM's rights.
    const asked = cloud.asked.filter(({ path }) => !path.startsWith('/v1/groups'));
    expect([...new Set(asked.map(rightOf))].toSorted()).toEqual(needed(target));
  });

  it('leave out of a project’s role what a project’s role cannot hold', () => {
    const [document, ...more] = gcpLive.permissions(targetAt(NOWHERE, { projects: [PROJECT] }));
    expect(more.map(({ permissions }) => permissions)).toEqual([[]]);
    expect(
      document?.permissions.filter((each) => /folders|organizations|projects\.list|workforce/u.test(each)),
    ).toEqual([]);
    expect(document?.text).toContain(`# gcloud iam roles create nhiAuditor --project=${PROJECT} --file=`);
  });

  it('are printed as a role that gcloud takes', () => {
    const [document] = gcpLive.permissions(targetAt(NOWHERE, WHOLE));
    expect(parse(document?.text ?? '')).toMatchObject({
      stage: 'GA',
      includedPermissions: document?.permissions,
    });
  });
});

describe('asking which rights are there', () => {
  async function probed(target: GcpTarget): Promise<Probe[]> {
    const found: Probe[] = [];
    for await (const each of gcpLive.probe(target, testContext())) found.push(each);
    return found;
  }

  it('tells each right of the organisation', async () => {
    const cloud = await cloudServer(({ path }) =>
      path === '/v3/organizations/4711:testIamPermissions'
        ? { body: { permissions: ['iam.roles.list'] } }
        : undefined,
    );
    const probes = await probed(targetAt(cloud, WHOLE));
    expect(new Set(probes.map(({ permission }) => permission))).toEqual(
      new Set(needed(targetAt(cloud, WHOLE))),
    );
    expect(probes.filter(({ status }) => status === 'allowed').map(({ call }) => call)).toEqual([
      'iam.roles.list',
    ]);
  });

  it('asks one by one where one of them cannot be asked of a project', async () => {
    const cloud = await cloudServer(({ path, permissions }) => {
      if (!path.endsWith(':testIamPermissions')) return undefined;
      return permissions.length > 1 ? failure(400, 'INVALID_ARGUMENT') : { body: { permissions } };
    });
    const probes = await probed(targetAt(cloud, { projects: [PROJECT] }));
    expect(new Set(probes.map(({ status }) => status))).toEqual(new Set(['allowed']));
  });

  it('does not know where Google does not answer', async () => {
    const cloud = await cloudServer(() => failure(400, 'INVALID_ARGUMENT'));
    const probes = await probed(targetAt(cloud, { projects: [PROJECT] }));
    expect(new Set(probes.map(({ status }) => status))).toEqual(new Set(['unknown']));
  });
});

describe('finding Google Cloud on this machine', () => {
  const found = async (environment: Readonly<Record<string, string>>) =>
    gcpLive.detect(liveContext({ environment }));

  it('takes the project of gcloud’s active configuration', async () => {
    const folder = await tempDir();
    await mkdir(join(folder, 'configurations'));
    await writeFile(join(folder, 'active_config'), 'work\n');
    await writeFile(
      join(folder, 'configurations/config_work'),
      '[core]\naccount = a@b\nproject = shop\n[run]\nproject = x\n',
    );
    await writeFile(join(folder, 'application_default_credentials.json'), '{"quota_project_id": "billing"}');
    expect(await found({ CLOUDSDK_CONFIG: folder })).toMatchObject([
      { projects: ['shop'], quotaProject: 'billing' },
    ]);
  });

  it('takes the project of a key file', async () => {
    const path = join(await tempDir(), 'key.json');
    await writeFile(path, '{"type": "service_account", "project_id": "robots"}');
    expect(await found({ GOOGLE_APPLICATION_CREDENTIALS: path })).toMatchObject([{ projects: ['robots'] }]);
  });

  it('finds nothing where there are no credentials', async () => {
    expect(await found({ CLOUDSDK_CONFIG: await tempDir() })).toEqual([]);
  });
});
