import { rm, writeFile } from 'node:fs/promises';
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

describe('a plan that is not one', () => {
  async function refused(text: string): Promise<Ran> {
    await writeFile(join(folder, 'bad.json'), text);
    return runCli(folder, ['gate', '--plan', 'bad.json']);
  }

  it.each([
    ['not JSON', '{', 'bad.json: not JSON'],
    ['something else', '{"kind":"List"}', 'bad.json: format_version'],
    [
      'a change without actions',
      '{"format_version":"1.2","resource_changes":[{"address":"aws_iam_role.x","mode":"managed","type":"aws_iam_role","name":"x","change":{}}]}',
      'bad.json: aws_iam_role.x: change.actions',
    ],
    ['a plan that failed', '{"format_version":"1.2","errored":true}', 'Terraform did not finish'],
  ])('is refused with exit code 2 and the place: %s', async (_what, text, message) => {
    const { code, stderr } = await refused(text);
    expect({ code, said: stderr.includes(message) ? message : stderr }).toEqual({ code: 2, said: message });
  });

  it('is refused where a policy document is no JSON, naming file and address', async () => {
    const { code, stderr } = await refused(
      planJson([
        {
          type: 'aws_iam_role_policy',
          name: 'files',
          after: { name: 'files', role: 'app', policy: '{"Statement": [' },
        },
      ]),
    );
    expect(code).toBe(2);
    expect(stderr).toContain('bad.json: aws_iam_role_policy.files: policy: not JSON');
  });

  it('does not go with options about findings', async () => {
    const { code, stderr } = await runCli(folder, ['gate', '--plan', 'bad.json', '--new-only']);
    expect({ code, said: stderr.includes('--new-only does not go with --plan') }).toEqual({
      code: 2,
      said: true,
    });
  });
});
