import { describe, expect, it } from 'vitest';
import { runCli } from '#test/cli/run-cli.ts';
import { APP, COMPUTE, DEPLOY, NUMBER, POOL, PROJECT } from './exported-objects.ts';
import { EXPORTS } from './exports.ts';
import { writtenExports } from './importing.ts';

const APP_UID = `gcp:serviceAccount:${APP}`;

/** Scans the exports; the folder has the snapshot. */
async function scanned(exports: Readonly<Record<string, unknown>> = EXPORTS): Promise<string> {
  const folder = await writtenExports(exports);
  const { stderr } = await runCli(folder, ['scan', '--quiet', '--import', folder]);
  expect(stderr).toBe('');
  return folder;
}

async function verdict(folder: string, ...question: readonly string[]): Promise<string> {
  const { stdout } = await runCli(folder, ['can', ...question]);
  return stdout.split(/[\s:]/u)[0] ?? '';
}

async function rows(folder: string, query: string): Promise<readonly Record<string, unknown>[]> {
  const { stdout } = await runCli(folder, ['sql', query, '--format', 'json']);
  // What the command prints is a list of rows.
  return JSON.parse(stdout) as readonly Record<string, unknown>[];
}

describe('a scan of an import of Google Cloud', () => {
  it('answers what an account may do by policies on resources, projects and above', async () => {
    const folder = await scanned();
    const bucket = '//storage.googleapis.com/shop-orders/objects/1';
    expect(await verdict(folder, APP_UID, 'storage.objects.get', bucket)).toBe('allowed');
    expect(await verdict(folder, APP_UID, 'storage.objects.list', bucket)).toBe('denied');
    expect(await verdict(folder, APP_UID, 'storage.objects.delete', bucket)).toBe('denied');
    expect(await verdict(folder, APP_UID, 'compute.instances.list', `projects/${PROJECT}`)).toBe(
      'conditional',
    );
  });

  it('finds a policy on a resource by the id and by the number of its project', async () => {
    const folder = await scanned();
    for (const project of [PROJECT, NUMBER]) {
      const secret = `//secretmanager.googleapis.com/projects/${project}/secrets/db/versions/1`;
      expect(await verdict(folder, APP_UID, 'secretmanager.versions.access', secret)).toBe('allowed');
    }
  });

  it('leaves an answer unknown where deny policies were not exported', async () => {
    const { [`projects_${PROJECT}.deny-policies.json`]: _missing, ...others } = EXPORTS;
    const folder = await scanned(others);
    const bucket = '//storage.googleapis.com/shop-orders';
    expect(await verdict(folder, APP_UID, 'storage.objects.get', bucket)).toBe('unknown');
  });

  it('knows what identities can do, and who can become whom', async () => {
    const folder = await scanned();
    const secrets = `SELECT identity_uid FROM entitlements WHERE capability = 'secret-read'`;
    expect(await rows(folder, secrets)).toEqual([{ identity_uid: APP_UID }]);
    const becoming = `SELECT DISTINCT from_uid FROM edges WHERE to_uid = 'gcp:serviceAccount:${DEPLOY}'
      AND via = 'gcp-access-token' ORDER BY ALL`;
    expect(await rows(folder, becoming)).toEqual([
      { from_uid: `gcp:principalSet://iam.googleapis.com/${POOL}/attribute.repository/acme/shop` },
      { from_uid: `gcp:serviceAccount:${PROJECT}.svc.id.goog[pay/api]` },
    ]);
  });

  it('finds the way from a default account that is editor to every account of the project', async () => {
    const folder = await scanned();
    const { stdout } = await runCli(folder, [
      'paths',
      '--from',
      `gcp:serviceAccount:${COMPUTE}`,
      '--to',
      APP_UID,
      '--format',
      'json',
    ]);
    expect(stdout).toContain('gcp-act-as-compute');
  });

  it('finds a member that Google has marked as deleted, and a provider open to all of GitHub', async () => {
    const folder = await scanned();
    const found = await rows(
      folder,
      `SELECT rule_id FROM findings WHERE status = 'fail' AND rule_id IN ('dangling-binding',
       'federation-provider-without-attribute-condition', 'default-service-account-with-grants',
       'api-key-without-restrictions') ORDER BY ALL`,
    );
    expect(found.map(({ rule_id: id }) => id)).toEqual([
      'api-key-without-restrictions',
      'dangling-binding',
      'default-service-account-with-grants',
      'federation-provider-without-attribute-condition',
    ]);
  });
});
