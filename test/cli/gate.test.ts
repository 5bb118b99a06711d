import { mkdtempSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tempDir } from '../temp-dir.ts';
import { writeSmallEstate } from './small-estate.ts';
import { runCli, type Ran } from './run-cli.ts';

const RULE = 'wildcard-administrator-policy';
let folder: string;
const nhi = (...words: string[]): Promise<Ran> => runCli(folder, words);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nhi-gate-'));
  await writeSmallEstate(folder);
  await nhi('scan', '--import', 'exports', '-q');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('nhi gate', () => {
  it('fails with the reasons, the worst findings and what to do, and exits with 1', async () => {
    const { code, stdout } = await nhi('gate');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL {2}snapshot \S+ as of 2026-11-20T12:00:00\.000Z, by the default policy\n/u);
    expect(stdout).toMatch(/\nWhy\n {2}\d+ findings: \d+ critical/u);
    expect(stdout).toMatch(/\nWhat fails, worst first\n {2}‼ critical /u);
    expect(stdout).toContain(RULE);
    expect(stdout).toMatch(/\nWhat to do\n {2}Fix them \(nhi rules show /u);
    expect(stdout).toMatch(/\d+ unknown for lack of data/u);
  });

  it('passes where nothing is demanded, and still says what it did not count', async () => {
    const { code, stdout } = await nhi('gate', '--fail-on', 'none');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^PASS {2}/u);
    expect(stdout).toMatch(/\d+ unknown for lack of data/u);
    expect(stdout).toMatch(/gaps in the collection: \d+ of \d+ feeds are complete/u);
    expect(stdout).not.toContain('What to do');
  });

  it('exits with 3 where coverage alone fails, with 1 where findings fail too', async () => {
    const thin = await nhi('gate', '--fail-on', 'none', '--min-coverage', '100%');
    expect(thin).toMatchObject({
      code: 3,
      stdout: expect.stringMatching(/coverage below 100% in 2 of 2 scopes/u),
    });
    expect((await nhi('gate', '--min-coverage', '100')).code).toBe(1);
  });

  it('passes with a baseline of what there was, and fails for what is new', async () => {
    expect((await nhi('gate', '--write-baseline', 'ci/base.json')).code).toBe(0);
    const passed = await nhi('gate', '--baseline', 'ci/base.json');
    expect(passed).toMatchObject({ code: 0, stdout: expect.stringMatching(/\d+ known to ci\/base\.json/u) });
    const base = JSON.parse(await readFile(join(folder, 'ci/base.json'), 'utf8')) as {
      findings: { rule: string }[];
    };
    const without = { ...base, findings: base.findings.filter(({ rule }) => rule !== RULE) };
    await writeFile(join(folder, 'less.json'), JSON.stringify(without));
    const failed = await nhi('gate', '--baseline', 'less.json');
    expect(failed.code).toBe(1);
    expect(failed.stdout).toContain('1 new finding: 1 critical');
    expect(failed.stdout).toMatch(/New since less\.json, worst first\n.*wildcard-administrator-policy/u);
  });

  it('writes the verdict for programs', async () => {
    const { code } = await nhi('gate', '--out', 'json=out/gate.json', '-q');
    const text = await readFile(join(folder, 'out/gate.json'), 'utf8');
    const verdict = JSON.parse(text) as { counts: { fails: number }; findings: { outcome: string }[] };
    expect(code).toBe(1);
    expect(verdict).toMatchObject({ result: 'fail', causes: ['findings'], judged_on: '2026-11-20' });
    expect(verdict.findings.filter(({ outcome }) => outcome === 'fails')).toHaveLength(verdict.counts.fails);
    await nhi('gate', '--out', 'json=out/again.json', '-q');
    expect(await readFile(join(folder, 'out/again.json'), 'utf8')).toBe(text);
  });

  it('takes its demands from the policy, and the command line says more', async () => {
    await writeFile(
      join(folder, 'p.yaml'),
      'fail_on: none\nunknowns: { critical: fail, high: fail, default: ignore }\n',
    );
    const { code, stdout } = await nhi('gate', '--policy', 'p.yaml');
    expect(code).toBe(1);
    expect(stdout).toMatch(/by p\.yaml\n\nWhy\n {2}\d+ unknown for lack of data/u);
    expect((await nhi('gate', '--policy', 'p.yaml', '--fail-on', 'critical')).stdout).toMatch(
      /\d+ findings?: /u,
    );
  });
});

describe('nhi gate with waivers', () => {
  const waiver = (expires: string) =>
    writeFile(
      join(folder, 'waivers.yaml'),
      `- { id: W-1, rule: ${RULE}, selector: { identity: '*role/deploy' }, reason: r, compensating_control: c,
    owner: platform, approver: security, ticket: T-1, created: 2026-11-10, expires: ${expires} }\n`,
    );

  it('does not count what is waived, and exits with 4 when the waiver is over', async () => {
    await waiver('2026-11-20');
    await nhi('gate', '--write-baseline', 'base.json');
    const held = await nhi('gate', '--baseline', 'base.json');
    expect(held).toMatchObject({ code: 0, stdout: expect.stringContaining('1 waived') });
    await waiver('2026-11-19');
    const over = await nhi('gate', '--baseline', 'base.json');
    expect(over.code).toBe(4);
    expect(over.stdout).toContain('1 new finding: 1 critical');
    expect(over.stdout).toContain('waivers have expired: W-1');
    await writeFile(join(folder, 'lenient.yaml'), 'expired_waivers: warn\nfail_on: none\n');
    const lenient = await nhi('gate', '--policy', 'lenient.yaml');
    expect(lenient).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('waivers that have expired: W-1'),
    });
    await rm(join(folder, 'waivers.yaml'));
  });
});

describe('nhi gate without what it needs', () => {
  it('exits with 2 where there is no snapshot', async () => {
    expect(await runCli(await tempDir(), ['gate'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('nhi scan'),
    });
  });

  it('fails where no rule judged anything', async () => {
    const empty = await tempDir();
    await writeFile(join(empty, 'notes.bin'), 'nothing of ours');
    await runCli(empty, ['scan', '--import', 'notes.bin', '-q']);
    const { code, stdout } = await runCli(empty, ['gate', '--fail-on', 'none']);
    expect(code).toBe(1);
    expect(stdout).toContain('no rule judged anything');
    expect(stdout).toContain('not read and belong to no scope: 1');
  });

  it.each([
    [['--new-only'], /no snapshot before .* to compare with/u],
    [['--baseline', '2026-11-20'], /is the snapshot that is judged/u],
    [['--baseline', 'missing.json'], /missing\.json: not a baseline that can be read/u],
    [['--baseline', '2020-01-01'], /no snapshot in .* is from 2020-01-01 or before/u],
    [['--policy', 'missing.yaml'], /missing\.yaml: cannot be read/u],
    [['--min-coverage', '120'], /Not a percentage/u],
    [['--fail-on', 'severe'], /Allowed choices/u],
    [['--out', 'xml=x'], /not json=FILE/u],
    [['--out', 'json=exports'], /exports: cannot be written/u],
  ])('refuses %j with exit code 2', async (words, message) => {
    const { code, stderr } = await nhi('gate', ...words);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('compares with the snapshot before where there is one', async () => {
    await nhi('scan', '--import', 'exports', '-q');
    const { code, stdout } = await nhi('gate', '--new-only');
    expect(code).toBe(0);
    expect(stdout).toMatch(/\d+ known to snapshot \d{8}T\d{6}Z-/u);
  });
});
