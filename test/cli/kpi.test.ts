import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KPIS } from '#model/kpi.ts';
import { writeSmallEstate } from './small-estate.ts';
import { runCli, type Ran } from './run-cli.ts';

let folder: string;
const nhi = (...words: string[]): Promise<Ran> => runCli(folder, words);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nhi-kpi-'));
  await writeSmallEstate(folder);
  await runCli(folder, ['scan', '--import', 'exports', '-q'], {
    now: () => new Date('2026-11-10T12:00:00Z'),
  });
  await nhi('scan', '--import', 'exports', '-q');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('nhi kpi', () => {
  it('shows every metric of all systems and of each, what is unknown in words', async () => {
    const { code, stdout } = await nhi('kpi');
    expect(code).toBe(0);
    for (const { id, name } of KPIS) expect(stdout).toMatch(new RegExp(`^${id} +${name} +all `, 'mu'));
    expect(stdout).toMatch(/^K2 +owned +aws +50\.0 % +1 of 2 /mu);
    expect(stdout).toMatch(/^K3 +excess-privilege +kubernetes +unknown /mu);
  });

  it('gives programs null and the reason where nothing was measured', async () => {
    const { stdout } = await nhi('kpi', '--system', 'kubernetes', '--format', 'json');
    const rows: Record<string, unknown>[] = JSON.parse(stdout);
    expect(rows).toHaveLength(KPIS.length);
    expect(rows.find(({ name }) => name === 'excess-privilege')).toMatchObject({
      system: 'kubernetes',
      value: null,
      reason: expect.stringMatching(/^not known for any of \d/u),
    });
  });

  it('shows how they went over snapshots, oldest first', async () => {
    const { stdout } = await nhi('kpi', '--trend', '5');
    expect(stdout).toMatch(/^METRIC +SYSTEM +2026-11-10 +2026-11-20$/mu);
    expect(stdout).toMatch(/^owned +aws +50\.0 % +50\.0 %$/mu);
    const lines = (await nhi('kpi', '--trend', '2', '--format', 'ndjson')).stdout.trim().split('\n');
    const days = lines.map((line) => String(JSON.parse(line).as_of).slice(0, 10));
    expect([...new Set(days)]).toEqual(['2026-11-10', '2026-11-20']);
  });

  it('names the snapshots that cannot be read, and goes on', async () => {
    await writeFile(join(folder, '.nhi/snapshots/20260101T000000Z-000001.duckdb'), 'no database');
    const { code, stdout, stderr } = await nhi('kpi', '--trend', '5');
    expect(code).toBe(0);
    expect(stderr).toContain('20260101T000000Z-000001 is left out: ');
    expect(stdout).toMatch(/^METRIC +SYSTEM +2026-11-10 +2026-11-20$/mu);
  });
});

describe('nhi gate with metrics', () => {
  it('fails by them, with the number', async () => {
    await writeFile(join(folder, 'kpis.yaml'), 'fail_on: none\nkpis:\n  - owned >= 95\n  - stale <= 1\n');
    const { code, stdout } = await nhi('gate', '--policy', 'kpis.yaml', '--out', 'json=gate.json');
    expect(code).toBe(1);
    expect(stdout).toMatch(/\nWhy\n {2}metrics: owned >= 95, and it is [\d.]+%/u);
    expect(stdout).toContain('stale <= 1 is not known');
  });

  it('names the line of a metric that there is not', async () => {
    await writeFile(join(folder, 'wrong.yaml'), 'kpis:\n  - ownership >= 95\n');
    const { code, stderr } = await nhi('gate', '--policy', 'wrong.yaml');
    expect(code).toBe(2);
    expect(stderr).toMatch(/wrong\.yaml:2: .*ownership: no such metric; there are /u);
  });
});

describe('nhi scan with files of owners', () => {
  it('reads those that the configuration names, relative to it', async () => {
    const role = 'arn:aws:iam::111122223333:role/deploy';
    await writeFile(
      join(folder, 'registry.yaml'),
      `identities: [{ identity: '${role}', owner: '@acme/platform' }]\n`,
    );
    await writeFile(join(folder, 'people.csv'), 'id,active,teams\njane,true,platform\n');
    await writeFile(
      join(folder, 'owners.yaml'),
      'data: other\nowners: { registry: [registry.yaml], people: [people.csv] }\n',
    );
    await nhi('scan', '--config', 'owners.yaml', '--import', 'exports', '-q');
    const { stdout } = await nhi(
      'sql',
      '--config',
      'owners.yaml',
      '--format',
      'json',
      "SELECT source, owner, state FROM owners WHERE system = 'aws' ORDER BY ALL",
    );
    expect(JSON.parse(stdout)).toEqual([
      { source: 'registry', owner: '@acme/platform', state: 'corroborated' },
      { source: 'tag:owner', owner: 'platform', state: 'corroborated' },
    ]);
  });

  it('applies nothing where one of them is wrong, and exits with 2', async () => {
    await writeFile(join(folder, 'people.csv'), 'id,active\njane,perhaps\n');
    const { code, stderr } = await nhi(
      'scan',
      '--config',
      'owners.yaml',
      '--data',
      'none',
      '--import',
      'exports',
      '-q',
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/people\.csv:2: active is "perhaps"/u);
    expect((await nhi('snapshots', '--data', 'none')).stdout).toContain('No snapshots yet');
  });
});
