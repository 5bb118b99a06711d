import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, type Ran } from '#test/cli/run-cli.ts';
import { sarifSchema } from '../reports/sarif/published-schema.ts';
import { ACCOUNT, APP, scannedEstate, trustText } from './estate.ts';
import { planJson, policyText, type PlanPart } from './plan.ts';

let folder = '';

beforeAll(async () => {
  folder = await scannedEstate();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function gate(parts: readonly PlanPart[], ...words: readonly string[]): Promise<Ran> {
  await writeFile(join(folder, 'tfplan.json'), planJson(parts));
  return runCli(folder, ['gate', '--plan', 'tfplan.json', ...words]);
}

const FILES = policyText(['s3:GetObject'], ['secretsmanager:GetSecretValue']);

function inlinePolicy(before: string | null, after: string | null, name = 'files'): PlanPart {
  const of = (policy: string) => ({ id: `app:${name}`, name, role: 'app', policy });
  return {
    type: 'aws_iam_role_policy',
    name: 'files',
    before: before === null ? null : of(before),
    after: after === null ? null : of(after),
  };
}

describe('nhi gate --plan on AWS', () => {
  it('fails a plan that gives a harmless role iam:PassRole and lambda:CreateFunction, and names the new path', async () => {
    const { code, stdout } = await gate([
      inlinePolicy(
        FILES,
        policyText(
          ['s3:GetObject'],
          ['secretsmanager:GetSecretValue'],
          ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
        ),
      ),
    ]);
    const text = stdout.replaceAll(/\s+/gu, ' ');
    expect(code).toBe(1);
    expect(text).toContain('1 new path to administrator');
    expect(text).toMatch(
      /role\/service\/app: pass-role-lambda\S* → arn:aws:iam::111122223333:role\/lambda-admin \[[^\]]*iam:PassRole/u,
    );
    expect(text).toContain('aws_iam_role_policy.files');
  });

  it('passes a policy whose statements and actions are only in another order', async () => {
    const { code, stdout } = await gate([
      inlinePolicy(FILES, policyText(['secretsmanager:GetSecretValue'], ['s3:GetObject'])),
    ]);
    expect({ code, nothing: stdout.includes('nobody’s access changes') }).toEqual({ code: 0, nothing: true });
  });

  it('passes a policy that is only renamed', async () => {
    const gone: PlanPart = { ...inlinePolicy(FILES, null), name: 'old' };
    const { code, stdout } = await gate([gone, inlinePolicy(null, FILES, 'bucket-files')]);
    expect({ code, nothing: stdout.includes('nobody’s access changes') }).toEqual({ code: 0, nothing: true });
  });

  it('passes a plan that takes a permission away, and says what is lost', async () => {
    const { code, stdout } = await gate([inlinePolicy(FILES, policyText(['s3:GetObject']))]);
    expect(code).toBe(0);
    expect(stdout.replaceAll(/\s+/gu, ' ')).toMatch(
      /Lost arn:aws:iam::111122223333:role\/service\/app: secret-read on/u,
    );
  });

  it('follows references to a new policy whose ARN is known only after applying', async () => {
    const { code, stdout } = await gate([
      {
        type: 'aws_iam_policy',
        name: 'wide',
        after: { name: 'wide', path: '/', policy: policyText(['*']) },
        unknown: { arn: true, id: true, policy_id: true },
      },
      {
        type: 'aws_iam_role_policy_attachment',
        name: 'wide',
        after: { role: 'app' },
        unknown: { id: true, policy_arn: true },
        references: { policy_arn: ['aws_iam_policy.wide.arn', 'aws_iam_policy.wide'] },
      },
    ]);
    expect(code).toBe(1);
    expect(stdout.replaceAll(/\s+/gu, ' ')).toContain(
      `${APP}: is an administrator, by aws_iam_policy.wide, aws_iam_role_policy_attachment.wide`,
    );
  });

  it('gives a new role what the plan gives it, with the reference to it resolved', async () => {
    const { code, stdout } = await gate([
      {
        type: 'aws_iam_role',
        name: 'ci',
        after: { name: 'ci', path: '/', assume_role_policy: trustText('codebuild.amazonaws.com') },
        unknown: { arn: true, id: true, unique_id: true },
      },
      {
        type: 'aws_iam_role_policy',
        name: 'ci',
        after: { name: 'ci', policy: policyText(['secretsmanager:GetSecretValue']) },
        unknown: { id: true, role: true },
        references: { role: ['aws_iam_role.ci.id', 'aws_iam_role.ci'] },
      },
    ]);
    expect(code).toBe(1);
    expect(stdout.replaceAll(/\s+/gu, ' ')).toContain(`arn:aws:iam::${ACCOUNT}:role/ci: secret-read on`);
  });

  it('says that a document is known only after applying, and takes it for no permission of any kind', async () => {
    const open: PlanPart = {
      type: 'aws_iam_role_policy',
      name: 'open',
      after: { name: 'open', role: 'app' },
      unknown: { id: true, policy: true },
      references: { policy: ['data.aws_iam_policy_document.open.json', 'data.aws_iam_policy_document.open'] },
    };
    const tolerant = await gate([open]);
    expect(tolerant.stdout.replaceAll(/\s+/gu, ' ')).toContain(
      'aws_iam_role_policy.open: policy: the document is known only after applying',
    );
    await writeFile(join(folder, 'strict.yaml'), 'plan:\n  unknowns: fail\n');
    expect((await gate([open], '--policy', 'strict.yaml')).code).toBe(1);
  });

  const attachment = (policy: string, role = 'app'): PlanPart => ({
    type: 'aws_iam_role_policy_attachment',
    name: 'managed',
    after: { role, policy_arn: `arn:aws:iam::aws:policy/${policy}` },
    unknown: { id: true },
  });

  it('knows AdministratorAccess where the account never attached it', async () => {
    const { code, stdout } = await gate([attachment('AdministratorAccess')]);
    expect(code).toBe(1);
    expect(stdout.replaceAll(/\s+/gu, ' ')).toContain(`${APP}: is an administrator`);
  });

  it('says of other policies of AWS which the snapshot does not hold that what they give is not known', async () => {
    const { stdout } = await gate([attachment('AmazonEC2FullAccess')]);
    expect(stdout.replaceAll(/\s+/gu, ' ')).toContain(
      'aws_iam_role_policy_attachment.managed: the snapshot does not hold arn:aws:iam::aws:policy/AmazonEC2FullAccess',
    );
  });

  it('changes whom a role trusts', async () => {
    const role = { name: 'lambda-admin', path: '/' };
    const { code, stdout } = await gate([
      {
        type: 'aws_iam_role',
        name: 'admin',
        before: { ...role, assume_role_policy: trustText('lambda.amazonaws.com') },
        after: {
          ...role,
          assume_role_policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { AWS: APP }, Action: 'sts:AssumeRole' }],
          }),
        },
      },
    ]);
    expect(code).toBe(1);
    expect(stdout.replaceAll(/\s+/gu, ' ')).toContain(
      `${APP}: assume-role → arn:aws:iam::${ACCOUNT}:role/lambda-admin`,
    );
  });

  it('fails where a permissions boundary goes', async () => {
    const role = { name: 'bounded', path: '/', assume_role_policy: trustText('ec2.amazonaws.com') };
    const boundary = `arn:aws:iam::${ACCOUNT}:policy/limit`;
    const { code, stdout } = await gate([
      {
        type: 'aws_iam_role',
        name: 'bounded',
        before: { ...role, permissions_boundary: boundary },
        after: { ...role, permissions_boundary: null },
      },
    ]);
    const text = stdout.replaceAll(/\s+/gu, ' ');
    expect(code).toBe(1);
    expect(text).toContain(
      `Guardrails weakened arn:aws:iam::${ACCOUNT}:role/bounded: permission-boundary goes, by aws_iam_role.bounded`,
    );
    expect(text).toContain('data-write on');
  });

  it('allows by the policy what it names no more', async () => {
    await writeFile(join(folder, 'lenient.yaml'), 'plan:\n  fail_on: [admin]\n');
    const { code } = await gate(
      [inlinePolicy(policyText(['s3:GetObject']), FILES, 'more')],
      '--policy',
      'lenient.yaml',
    );
    expect(code).toBe(0);
  });

  it('writes the verdict as JSON, SARIF with the addresses, and markdown', async () => {
    const { code } = await gate(
      [inlinePolicy(FILES, policyText(['*']))],
      '--out',
      'json=out/gate.json',
      '--out',
      'sarif=out/gate.sarif',
      '--out',
      'markdown=out/gate.md',
    );
    expect(code).toBe(1);
    const json = JSON.parse(await readFile(join(folder, 'out/gate.json'), 'utf8'));
    expect(json).toMatchObject({
      result: 'fail',
      new_paths: [{ identity_uid: APP, sources: ['aws_iam_role_policy.files'] }],
    });
    const sarif = JSON.parse(await readFile(join(folder, 'out/gate.sarif'), 'utf8'));
    expect(sarifSchema.safeParse(sarif).error).toBeUndefined();
    expect(sarif.runs[0].results[0]).toMatchObject({
      ruleId: 'plan-new-path',
      level: 'error',
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: 'tfplan.json' } },
          logicalLocations: [
            { fullyQualifiedName: 'aws_iam_role_policy.files' },
            { fullyQualifiedName: APP },
          ],
        },
      ],
    });
    expect(await readFile(join(folder, 'out/gate.md'), 'utf8')).toContain('## FAIL');
  });

  it('leaves the user’s snapshots as they are', async () => {
    const before = await runCli(folder, ['snapshots', '--format', 'json']);
    await gate([inlinePolicy(FILES, null)]);
    expect((await runCli(folder, ['snapshots', '--format', 'json'])).stdout).toBe(before.stdout);
  });
});
