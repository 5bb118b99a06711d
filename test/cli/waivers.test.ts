import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSmallEstate } from './small-estate.ts';
import { runCli, type Ran } from './run-cli.ts';

const RULE = 'wildcard-administrator-policy';
let folder: string;
const nhi = (...words: string[]): Promise<Ran> => runCli(folder, words);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nhi-waivers-'));
  await writeSmallEstate(folder);
  await nhi('scan', '--import', 'exports', '-q');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(expires: string, approver = 'security', file = 'waivers.yaml'): Promise<void> {
  await writeFile(
    join(folder, file),
    `- id: W-1
  rule: ${RULE}
  selector: { identity: 'arn:aws:iam::111122223333:role/deploy' }
  reason: moving to scoped roles
  compensating_control: alarms
  owner: platform
  approver: ${approver}
  ticket: SEC-1
  created: 2026-11-18
  expires: ${expires}
`,
  );
}

describe('nhi waivers check', () => {
  it('says how to begin where there are none', async () => {
    expect(await nhi('waivers', 'check')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('docs/waivers.md'),
    });
  });

  it('warns of one that ends soon, with exit code 0', async () => {
    await write('2026-12-01');
    expect(await nhi('waivers', 'check')).toEqual({
      code: 0,
      stdout: 'waivers.yaml: W-1: warning expiring: expires in 11 days, on 2026-12-01\n',
      stderr: 'Waivers: 1, errors: 0, warnings: 1.\n',
    });
  });

  it('exits with 4 where one has expired, and with 2 where one is wrong', async () => {
    await write('2026-11-19', 'security', 'old.yaml');
    const old = await nhi('waivers', 'check', 'old.yaml');
    expect(old).toMatchObject({ code: 4, stdout: expect.stringContaining('expired on 2026-11-19') });
    await write('2026-12-01', 'Platform', 'self.yaml');
    const self = await nhi('waivers', 'check', 'self.yaml', '--format', 'json');
    expect(self.code).toBe(2);
    expect(JSON.parse(self.stdout)).toContainEqual(
      expect.objectContaining({ kind: 'self-approved', waiver: 'W-1', file: 'self.yaml' }),
    );
    await writeFile(join(folder, 'bad.yaml'), '- id: W-1\n  rulle: x\n');
    expect(await nhi('waivers', 'check', 'bad.yaml')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/bad\.yaml:\d/u),
    });
  });

  it('takes the longest days from the policy', async () => {
    await write('2026-12-12');
    await writeFile(join(folder, 'strict.yaml'), 'waiver_max_days: { critical: 5, high: 5 }\n');
    expect((await nhi('waivers', 'check', '--policy', 'strict.yaml')).stdout).toContain(
      'lasts 24 days, and what is critical may be waived for 5',
    );
  });

  it('works before the first scan, and says what it cannot know', async () => {
    await write('2026-12-01');
    const { code, stderr } = await nhi('waivers', 'check', '--data', 'nowhere');
    expect(code).toBe(0);
    expect(stderr).toContain('whether they are used is not known');
  });
});

describe('nhi findings', () => {
  it('shows what is waived, by whom and how long, and hides nothing', async () => {
    await rm(join(folder, 'waivers.yaml'));
    const before = await rows();
    expect(before.every(({ waived_by: by }) => by === null)).toBe(true);
    await write('2026-12-01');
    const after = await rows();
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after.filter(({ waived_by: by }) => by !== null)).toMatchObject([
      { rule_id: RULE, waived_by: { id: 'W-1', expires: '2026-12-01' } },
    ]);
    expect((await nhi('findings')).stdout).toMatch(/WAIVED[^]*W-1 until 2026-12-01/u);
  });
});

interface Row {
  readonly id: string;
  readonly rule_id: string;
  readonly waived_by: object | null;
}

async function rows(): Promise<Row[]> {
  return JSON.parse((await nhi('findings', '--format', 'json')).stdout) as Row[];
}

describe('nhi scan with waivers on file', () => {
  it('finds what is wrong with a waiver, held against the findings of the same scan', async () => {
    await write('2026-11-19', 'platform');
    // A snapshot of its own: at one time on the clock none is the latest.
    await nhi('scan', '--import', 'exports', '-q', '--data', 'own');
    const { stdout } = await nhi(
      'sql',
      '--data',
      'own',
      '--format',
      'json',
      "SELECT rule_id, subject_uid, status FROM findings WHERE rule_id LIKE 'waiver-%' ORDER BY 1",
    );
    expect(JSON.parse(stdout)).toEqual([
      { rule_id: 'waiver-expired', subject_uid: 'W-1', status: 'fail' },
      { rule_id: 'waiver-self-approved', subject_uid: 'W-1', status: 'fail' },
    ]);
  });

  it('stops before it begins where a waiver file is wrong', async () => {
    await writeFile(join(folder, 'waivers.yaml'), '- id: W-1\n');
    expect(await nhi('scan', '--import', 'exports', '-q')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('waivers.yaml'),
    });
  });
});
