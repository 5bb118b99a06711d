import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli, type Ran } from './run-cli.ts';
import { writeSmallEstate } from './small-estate.ts';

let folder: string;
const report = (...words: string[]): Promise<Ran> => runCli(folder, ['report', ...words]);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nhi-cli-'));
  await writeSmallEstate(folder);
  await runCli(folder, ['scan', '--import', 'exports']);
});

describe('nhi report --framework', () => {
  it('groups the answers by control', async () => {
    const { code, stdout } = await report('--framework', 'owasp-nhi-2025', '--format', 'json');
    expect(code).toBe(0);
    const controls: { id: string; status: string }[] = JSON.parse(stdout).framework.controls;
    expect(controls).toHaveLength(10);
    expect(controls.find(({ id }) => id === 'NHI5:2025')?.status).toBe('fail');
    expect(controls.find(({ id }) => id === 'NHI2:2025')?.status).toBe('not-measured');
  });

  it('takes the beginning of a name where only one framework begins so, and the newest of its versions', async () => {
    expect((await report('--framework', 'csa')).stdout).toContain('CSA Cloud Controls Matrix');
    expect((await report('--framework', 'cis-aws')).stdout).toContain(
      'CIS Amazon Web Services Foundations Benchmark 7.0',
    );
    expect((await report('--framework', 'cis-kubernetes')).stdout).toContain(
      'CIS Kubernetes Benchmark 2.0.1',
    );
    expect((await report('--framework', 'nist-800')).code).toBe(2);
    expect((await report('--framework', 'cis')).code).toBe(2);
  });

  it('lists the names where there is none of that name', async () => {
    const { code, stderr } = await report('--framework', '?');
    expect(code).toBe(2);
    expect(stderr).toContain('no framework ?');
    expect(stderr).toContain('Choose from cis-aws-6.0, cis-aws-7.0, cis-azure-5.0');
  });

  it('counts what waivers cover, and leaves the failures counted', async () => {
    const { controls } = JSON.parse(
      (await report('--framework', 'owasp', '--format', 'json')).stdout,
    ).framework;
    const rule = controls
      .flatMap((control: { rules: object[] }) => control.rules)
      .find((each: { failed: number }) => each.failed > 0);
    const { stdout } = await runCli(folder, ['findings', '--rule', rule.ruleId, '--format', 'json']);
    const [{ identity_uid: identity, severity }] = JSON.parse(stdout);
    expect(severity).toBeTypeOf('string');
    const day = (after: number): string =>
      new Date(Date.parse('2026-11-20') + after * 86_400_000).toISOString().slice(0, 10);
    await writeFile(
      join(folder, 'waivers.yaml'),
      JSON.stringify([
        {
          id: 'W-1',
          rule: rule.ruleId,
          selector: { identity },
          reason: 'r',
          compensating_control: 'c',
          owner: 'a',
          approver: 'b',
          ticket: 't',
          created: day(0),
          expires: day(10),
        },
      ]),
    );
    const again = await report('--framework', 'owasp', '--format', 'json');
    await rm(join(folder, 'waivers.yaml'));
    const same = JSON.parse(again.stdout)
      .framework.controls.flatMap((control: { rules: object[] }) => control.rules)
      .find((each: { ruleId: string }) => each.ruleId === rule.ruleId);
    expect(same).toMatchObject({ failed: rule.failed, status: 'fail' });
    expect(same.waived).toBeGreaterThan(0);
  });

  it('reads a file of the user’s own, and refuses one that names a rule that does not exist', async () => {
    const text = (rule: string): string =>
      `title: Own\nversion: '1'\nsource: https://own.example\ncontrols:\n` +
      `  - { id: C-1, title: Keys, rules: { ${rule}: { relation: equal, rationale: same } } }\n`;
    await writeFile(join(folder, 'own.yaml'), text('key-too-old'));
    await writeFile(join(folder, 'bad.yaml'), text('no-such-rule'));
    expect((await report('--framework', 'own.yaml')).stdout).toContain('`C-1` Keys');
    const bad = await report('--framework', 'bad.yaml');
    expect(bad.code).toBe(2);
    expect(bad.stderr).toMatch(/bad\.yaml:5: control C-1: there is no rule `no-such-rule`/u);
  });
});
