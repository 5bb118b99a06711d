import { mkdtempSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, type Ran } from './run-cli.ts';
import { writeSmallEstate } from './small-estate.ts';

const ROLE = 'arn:aws:iam::111122223333:role/deploy';
let folder: string;
const nhi = (...words: string[]): Promise<Ran> => runCli(folder, words);

interface Finding {
  readonly id: string;
  readonly ruleId: string;
  readonly baselineState?: string;
  readonly waiver?: object;
}

async function findings(...words: string[]): Promise<readonly Finding[]> {
  const { code, stdout } = await nhi('report', '--format', 'json', ...words);
  expect(code).toBe(0);
  return JSON.parse(stdout).findings;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nhi-report-'));
  await writeSmallEstate(folder);
  await nhi('scan', '--import', 'exports', '-q');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('nhi report --baseline', () => {
  it('says of each finding whether a baseline file has it, and what that has beyond', async () => {
    await nhi('gate', '--write-baseline', 'baseline.json');
    const file = join(folder, 'baseline.json');
    const baseline: { findings: { id: string }[] } = JSON.parse(await readFile(file, 'utf8'));
    const [gone, ...kept] = baseline.findings;
    const absent = { ...gone, id: 'f-gone' };
    await writeFile(file, JSON.stringify({ ...baseline, findings: [...kept, absent] }));
    const { stdout } = await nhi('report', '--format', 'json', '--baseline', 'baseline.json');
    const report: { findings: Finding[]; baseline: { absent: { id: string }[] } } = JSON.parse(stdout);
    expect(report.findings.filter((each) => each.baselineState === 'new').map(({ id }) => id)).toEqual([
      gone?.id,
    ]);
    expect(report.baseline.absent.map(({ id }) => id)).toEqual(['f-gone']);
  });

  it('refuses the snapshot itself, with exit code 2', async () => {
    const { stdout } = await nhi('snapshots', '--format', 'json');
    const [{ id }] = JSON.parse(stdout);
    expect(await nhi('report', '--baseline', id)).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('nhi report with waivers', () => {
  it('leaves waived findings where they are, marked with the waiver', async () => {
    const before = await findings();
    await writeFile(
      join(folder, 'waivers.yaml'),
      `- id: W-1
  rule: wildcard-administrator-policy
  selector: { identity: '${ROLE}' }
  reason: moving to scoped roles
  compensating_control: alarms
  owner: platform
  approver: security
  ticket: SEC-1
  created: 2026-11-18
  expires: 2026-12-01
`,
    );
    await writeFile(join(folder, 'nhi.yaml'), 'waivers: [waivers.yaml]\n');
    const after = await findings();
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    const waived = after.filter(({ waiver }) => waiver !== undefined);
    expect(waived.map(({ ruleId, waiver }) => [ruleId, waiver])).toEqual([
      [
        'wildcard-administrator-policy',
        {
          id: 'W-1',
          reason: 'moving to scoped roles',
          owner: 'platform',
          approver: 'security',
          ticket: 'SEC-1',
          expires: '2026-12-01',
        },
      ],
    ]);
  });
});

describe('nhi report --trend', () => {
  it('reads the snapshots before, oldest first, and ends with the one that is reported', async () => {
    await nhi('scan', '--import', 'exports', '-q');
    const { stdout } = await nhi('report', '--format', 'json', '--trend', '5');
    const report: { trend: { snapshot: string; identities: number }[]; snapshot: { id: string } } =
      JSON.parse(stdout);
    expect(report.trend).toHaveLength(2);
    expect(report.trend.at(-1)?.snapshot).toBe(report.snapshot.id);
    expect(report.trend[0]?.identities).toBe(report.trend[1]?.identities);
    expect((report.trend[0]?.snapshot ?? '') < report.snapshot.id).toBe(true);
  });

  it('names a snapshot that cannot be read and leaves it out', async () => {
    await writeFile(join(folder, '.nhi/snapshots/20200101T000000Z-000000.duckdb'), 'no database');
    const { code, stderr, stdout } = await nhi('report', '--format', 'json', '--trend', '5');
    expect(code).toBe(0);
    expect(stderr).toContain('20200101T000000Z-000000 is left out of the trend');
    expect(JSON.parse(stdout).trend).toHaveLength(2);
  });
});

describe('nhi report', () => {
  it('gives the same bytes twice, in every format', async () => {
    for (const format of ['html', 'markdown', 'json', 'csv', 'csv-identities', 'sarif', 'junit', 'ocsf']) {
      const first = await nhi('report', '--format', format, '--trend', '2');
      const second = await nhi('report', '--format', format, '--trend', '2');
      expect(second.stdout === first.stdout, format).toBe(true);
      expect(first.stdout.length, format).toBeGreaterThan(100);
    }
  });
});
