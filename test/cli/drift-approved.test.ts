import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExplainedDrift } from '#model/drift.ts';
import { ACCOUNT, APP, scannedEstate, trustText } from '../iac/estate.ts';
import { policyText } from '../iac/plan.ts';
import { runCli } from './run-cli.ts';

let folder = '';

beforeAll(async () => {
  folder = await scannedEstate();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const cli = (...words: string[]) => runCli(folder, words);

interface Resource {
  readonly type: string;
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const ROLE: Resource = {
  type: 'aws_iam_role',
  name: 'app',
  values: { arn: APP, name: 'app', path: '/service/', assume_role_policy: trustText('ec2.amazonaws.com') },
};

function policy(...statements: readonly (readonly string[])[]): Resource {
  return {
    type: 'aws_iam_role_policy',
    name: 'files',
    values: { id: 'app:files', name: 'files', role: 'app', policy: policyText(...statements) },
  };
}

const AS_FOUND = policy(['s3:GetObject'], ['secretsmanager:GetSecretValue']);

/** A state as Terraform keeps it, or as it shows it. */
async function state(form: 'kept' | 'shown', ...resources: readonly Resource[]): Promise<void> {
  const kept = resources.map(({ type, name, values }) => ({
    mode: 'managed',
    type,
    name,
    provider: 'provider["registry.terraform.io/hashicorp/aws"]',
    instances: [{ schema_version: 0, attributes: values }],
  }));
  const shown = resources.map(({ type, name, values }) => ({
    address: `module.app.${type}.${name}`,
    mode: 'managed',
    type,
    name,
    values,
  }));
  const child = { address: 'module.app', resources: shown };
  const document =
    form === 'kept'
      ? { version: 4, terraform_version: '1.9.8', serial: 1, lineage: 'l', resources: kept }
      : {
          format_version: '1.0',
          terraform_version: '1.9.8',
          values: { root_module: { child_modules: [child] } },
        };
  await writeFile(join(folder, 'state.json'), JSON.stringify(document));
}

async function drift(...words: string[]): Promise<ExplainedDrift> {
  const { stdout, stderr, code } = await cli('drift', ...words, '--format', 'json');
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as ExplainedDrift;
}

describe('nhi drift --baseline with code', () => {
  it('finds nothing where a Terraform state, in either form, has what was found', async () => {
    for (const form of ['kept', 'shown'] as const) {
      await state(form, ROLE, AS_FOUND);
      expect((await drift('--baseline', 'state.json')).changes).toEqual([]);
    }
  });

  it('says what an identity can do beyond the state, by which document, and where the code says otherwise', async () => {
    await state('shown', ROLE, policy(['s3:GetObject']));
    const { changes, from } = await drift('--baseline', 'state.json');
    expect(from).toBe('state.json');
    expect(changes).toMatchObject([
      {
        direction: 'gained',
        identityUid: APP,
        key: `secret-read on aws:${ACCOUNT}`,
        approval: 'unapproved',
        causes: [{ kind: 'role', name: 'files' }],
        by: [],
        byNotKnown: 'no log of AWS was collected',
        sources: ['module.app.aws_iam_role.app', 'module.app.aws_iam_role_policy.files'],
      },
    ]);
    const { stdout } = await cli('drift', '--baseline', 'state.json');
    expect(stdout).toContain('→ {"Statement":[{"Action":["secretsmanager:GetSecretValue"]');
    expect(stdout).toContain('in the code: module.app.aws_iam_role.app');
  });

  it('says what the state has and the scan has not', async () => {
    const bot = { ...ROLE.values, arn: `arn:aws:iam::${ACCOUNT}:user/bot`, name: 'bot' };
    await state('kept', ROLE, AS_FOUND, { type: 'aws_iam_user', name: 'bot', values: bot });
    const { changes } = await drift('--baseline', 'state.json');
    expect(changes.map(({ kind, direction, key }) => [kind, direction, key])).toEqual([
      ['identity', 'lost', `arn:aws:iam::${ACCOUNT}:user/bot`],
    ]);
  });

  it('counts what no code describes apart, in the places where it describes something, administrators first', async () => {
    await state('kept', ROLE, AS_FOUND);
    const { unmanaged, changes } = await drift('--baseline', 'state.json');
    expect(changes).toEqual([]);
    expect(unmanaged?.map(({ kind, identityUid }) => [kind, identityUid.split(':').at(-1)])).toEqual([
      ['grant', 'role/bounded'],
      ['grant', 'role/lambda-admin'],
      ['identity', 'role/bounded'],
      ['identity', 'role/lambda-admin'],
    ]);
    const { stdout } = await cli('drift', '--baseline', 'state.json');
    expect(stdout.split('Not in the code')[1]).toMatch(
      /2 identities, 2 grants\n {2}grant of \S+lambda-admin: all .*gives admin/u,
    );
    expect((await cli('drift', '--baseline', 'state.json', '--managed-only')).stdout).not.toContain(
      'lambda-admin',
    );
  });

  it('takes no policy for approved because a role’s own list was read back with it', async () => {
    const everything = 'arn:aws:iam::aws:policy/AdministratorAccess';
    const values = { ...ROLE.values, managed_policy_arns: [everything] };
    await state('kept', { ...ROLE, values }, AS_FOUND);
    expect((await drift('--baseline', 'state.json')).changes).toEqual([]);
  });

  it('compares a cluster with its manifests', async () => {
    const exported = await readFile(join(folder, 'exports/prod/rbac.yaml'), 'utf8');
    const [approved] = exported.split('---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding');
    await writeFile(join(folder, 'approved.yaml'), approved ?? '');
    const { changes, unmanaged } = await drift('--baseline', 'approved.yaml');
    expect(changes).toEqual([]);
    expect(unmanaged?.map(({ kind, what, gives }) => [kind, what, gives])).toEqual([
      ['grant', 'reader on k8s:prod:namespace:web', ['data-read', 'secret-read']],
    ]);
    await writeFile(join(folder, 'approved.yaml'), exported.replace('[secrets, configmaps]', '[configmaps]'));
    const wider = await drift('--baseline', 'approved.yaml', '--cluster', 'prod');
    expect(wider.changes.map(({ direction, key }) => `${direction} ${key}`)).toContain(
      'gained secret-read on k8s:prod:namespace:web',
    );
  });

  it('takes several files, and says of two snapshots what they approve', async () => {
    await state('kept', ROLE, policy(['s3:GetObject']));
    const { from } = await drift('--baseline', 'state.json', '--baseline', 'exports/prod');
    expect(from).toBe('state.json, exports/prod');
    const none = await drift('--from', '2026-11-20', '--baseline', 'state.json');
    expect(none.changes).toEqual([]);
  });

  it('makes findings of a scan whose configuration names the code', async () => {
    await state('kept', ROLE, policy(['s3:GetObject']), {
      type: 'aws_iam_role',
      name: 'admin',
      values: {
        arn: `arn:aws:iam::${ACCOUNT}:role/lambda-admin`,
        name: 'lambda-admin',
        assume_role_policy: trustText('lambda.amazonaws.com'),
      },
    });
    await writeFile(
      join(folder, 'code.yaml'),
      'baseline: [state.json, { path: exports/prod, cluster: prod }]\n',
    );
    const later = { now: () => new Date('2026-11-20T13:00:00Z') };
    const words = ['scan', '--config', 'code.yaml', '--import', 'exports', '--quiet'];
    expect((await runCli(folder, words, later)).code).toBe(0);
    const { stdout } = await cli('findings', '--category', 'drift', '--format', 'json');
    const found = JSON.parse(stdout) as { rule_id: string; identity_uid: string }[];
    expect(found.map(({ rule_id, identity_uid }) => `${rule_id} ${identity_uid}`).toSorted()).toEqual([
      `gained-capability ${APP}`,
      `unmanaged-administrator arn:aws:iam::${ACCOUNT}:role/lambda-admin`,
    ]);
    const report = () => cli('report', '--config', 'code.yaml', '--drift', '--format', 'json');
    const first = (await report()).stdout;
    expect(JSON.parse(first)).toMatchObject({
      drift: {
        from: 'state.json, exports/prod',
        changes: [{ direction: 'gained' }],
        left: 0,
        unmanagedLeft: 0,
      },
    });
    expect((await report()).stdout).toBe(first);
  });

  it('refuses a plan, a state of an older version, half a state, and facts beside code, and says what to do', async () => {
    const wrong = async (text: string, ...more: string[]) => {
      await writeFile(join(folder, 'wrong.json'), text);
      const { code, stderr } = await cli('drift', '--baseline', 'wrong.json', ...more);
      expect(code).toBe(2);
      return stderr;
    };
    expect(await wrong('{"format_version":"1.2","resource_changes":[]}')).toContain('nhi gate --plan');
    expect(await wrong('{"version":3,"terraform_version":"0.11.0"}')).toContain('expected version 4');
    expect(await wrong('{"version":4,"lineage":"l","resources":[{"mode":"managed"')).toContain('not JSON');
    expect(await wrong('{"version":4,"lineage":"l","resources":[{"mode":"managed"}]}')).toContain(
      'wrong.json: resources[0]: type',
    );
    expect(await wrong('version: 1\naccess: []\n', '--baseline', 'state.json')).toContain('stands alone');
    expect((await cli('drift', '--baseline', 'nowhere.json')).stderr).toContain(
      'nowhere.json: cannot be read',
    );
  });
});
