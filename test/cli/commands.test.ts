import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { writeSmallEstate } from './small-estate.ts';
import { runCli, type Ran } from './run-cli.ts';

const DEPLOY = 'arn:aws:iam::111122223333:role/deploy';
let folder: string;
let scanned: Ran;
const nhi = (...words: string[]): Promise<Ran> => runCli(folder, words);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nhi-cli-'));
  await writeSmallEstate(folder);
  scanned = await nhi('scan', '--import', 'exports');
});

describe('nhi scan', () => {
  it('says what it found, by system and severity, with coverage and the snapshot', () => {
    expect(scanned.code).toBe(0);
    expect(scanned.stdout).toMatch(/^Snapshot \d{8}T\d{6}Z-\w+ as of 2026-11-20T12:00:00\.000Z/u);
    expect(scanned.stdout).toMatch(/^ {2}aws +2 non-human {2}in 111122223333$/mu);
    expect(scanned.stdout).toContain('in shop');
    expect(scanned.stdout).toMatch(/Coverage \d+ of \d+ feeds complete/u);
  });

  it('says on stderr what it is doing, in plain lines, and nothing when it is quiet', async () => {
    expect(scanned.stderr).toContain('2 of 2 files understood');
    expect((await nhi('scan', '--import', 'exports', '--quiet')).stderr).toBe('');
  });

  it('gives the summary as JSON too', async () => {
    const { stdout } = await nhi('scan', '--import', 'exports', '--format', 'json', '-q');
    expect(JSON.parse(stdout)).toMatchObject({
      asOf: '2026-11-20T12:00:00.000Z',
      findings: { critical: expect.any(Number) },
    });
  });

  it('exits with 3 where completeness is demanded and there are gaps', async () => {
    expect((await nhi('scan', '--import', 'exports', '--require-complete', '-q')).code).toBe(3);
  });

  it('reports a file that nobody understands', async () => {
    const other = mkdtempSync(join(tmpdir(), 'nhi-cli-'));
    await writeFile(join(other, 'notes.bin'), 'nothing of ours');
    const { code, stdout } = await runCli(other, ['scan', '--import', '.']);
    expect(code).toBe(0);
    expect(stdout).toContain('notes.bin: not a file that any collector understands');
    expect(stdout).toContain('No identities');
  });

  it.each([
    [['scan'], /nothing to scan/u],
    [['scan', '--import', 'missing'], /missing: no such file or folder/u],
    [['scan', '--import', 'exports', '--as-of', 'yesterday'], /--as-of yesterday: not a date/u],
    [['scan', '--import', 'exports', '--system', 'oracle'], /Choose from aws, azure, gcp, kubernetes/u],
  ])('refuses %j with exit code 2', async (words, message) => {
    const { code, stderr } = await nhi(...words);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('nhi findings', () => {
  it('lists what fails, worst first, and says how much is unknown', async () => {
    const { stdout, stderr } = await nhi('findings');
    expect(stdout.split('\n')[1]).toMatch(
      /^‼ critical +administrator-equivalent +arn:aws:iam::111122223333:role\/deploy/u,
    );
    expect(stderr).toMatch(/\d+ answers are unknown for lack of data/u);
  });

  it('filters', async () => {
    const rules = async (...words: string[]) =>
      (JSON.parse((await nhi('findings', '--format', 'json', ...words)).stdout) as { rule_id: string }[]).map(
        (row) => row.rule_id,
      );
    expect(await rules('--rule', 'wildcard-administrator-policy')).toEqual(['wildcard-administrator-policy']);
    expect(await rules('--owner', 'platform', '--severity', 'critical,high')).toContain(
      'wildcard-administrator-policy',
    );
    expect(await rules('--owner', 'nobody')).toEqual([]);
    expect(await rules('--identity', 'role/deploy', '--category', 'stale')).toEqual([]);
    expect(new Set(await rules('--status', 'unknown', '--system', 'aws'))).toContain('unused-identity');
  });

  it('prints the same bytes for the same snapshot, in every format', async () => {
    for (const format of ['table', 'json', 'csv', 'ndjson']) {
      const first = await nhi('findings', '--format', format);
      expect(first.stdout).not.toBe('');
      expect((await nhi('findings', '--format', format)).stdout).toBe(first.stdout);
    }
  });
});

describe('nhi identities and nhi show', () => {
  it('list the inventory', async () => {
    const { stdout } = await nhi('identities', '--format', 'ndjson');
    const uids = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { uid: string }).uid);
    expect(uids).toEqual([
      DEPLOY,
      'arn:aws:iam::111122223333:user/svc-old',
      'k8s:shop:serviceaccount:web/api',
    ]);
  });

  it('show one identity by uid, name or a part of it', async () => {
    for (const name of [DEPLOY, 'deploy', 'role/dep']) {
      const { code, stdout } = await nhi('show', name);
      expect(code).toBe(0);
      expect(stdout).toContain('codebuild.amazonaws.com');
      expect(stdout).toContain('platform');
      expect(stdout).toMatch(/admin +aws:111122223333 +certain/u);
    }
    const dossier = JSON.parse((await nhi('show', 'deploy', '--format', 'json')).stdout) as {
      identity: { uid: string };
    };
    expect(dossier.identity.uid).toBe(DEPLOY);
  });

  it('say which identities a name could mean, and that there is none', async () => {
    const several = await nhi('show', 'arn:aws');
    expect(several.code).toBe(2);
    expect(several.stderr).toContain(DEPLOY);
    expect((await nhi('show', 'nobody')).stderr).toContain('no such identity');
  });
});

describe('nhi can, who-can and paths', () => {
  it('answer one question with reasons', async () => {
    const { stdout } = await nhi('can', 'system:serviceaccount:web:api', 'get', 'secrets/token', '-n', 'web');
    expect(stdout).toMatch(/^allowed\n/u);
    expect(stdout).toContain('api-reads');
    expect(
      (await nhi('can', 'system:serviceaccount:web:api', 'list', 'secrets', '-n', 'web')).stdout,
    ).toMatch(/^unknown\n +missing: not every binding/u);
  });

  it('answer a file of questions line by line, those that make no sense too', async () => {
    const lines = [
      {
        id: 1,
        principal: 'system:serviceaccount:web:api',
        verb: 'get',
        group: '',
        resource: 'secrets',
        namespace: 'web',
      },
      {
        id: 'x',
        principal: 'arn:aws:iam::111122223333:user/svc-old',
        action: 's3:GetObject',
        resource: 'arn:aws:s3:::b/k',
      },
      { id: 3, principal: 'someone', action: 'something' },
    ];
    await writeFile(
      join(folder, 'q.ndjson'),
      `${lines.map((line) => JSON.stringify(line)).join('\n')}\nnot json\n`,
    );
    const { stdout } = await nhi('can', '--batch', 'q.ndjson');
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: unknown; decision: string });
    expect(answers.map(({ id, decision }) => [id, decision])).toEqual([
      [1, 'allowed'],
      ['x', 'denied'],
      [3, 'unknown'],
      [null, 'unknown'],
    ]);
  });

  it('list who can, and who becomes an administrator', async () => {
    const who = await nhi('who-can', 'get', 'secrets', '-n', 'web', '--format', 'json');
    expect(JSON.parse(who.stdout)).toMatchObject([
      { identity_uid: 'k8s:shop:serviceaccount:web/api', decision: 'allowed' },
    ]);
    const paths = JSON.parse((await nhi('paths', '--to', 'admin', '--format', 'json')).stdout) as {
      identity: string;
      hops: [];
    }[];
    expect(paths).toContainEqual({ identity: DEPLOY, certainty: 'certain', hops: [] });
  });

  it('refuse half a question', async () => {
    expect((await nhi('can', 'deploy')).code).toBe(2);
    expect((await nhi('can', 'deploy', 'get', '--batch', 'x')).code).toBe(2);
    expect((await nhi('can', '--batch', 'missing.ndjson')).stderr).toContain('missing.ndjson');
  });
});

describe('nhi sql, report, rules, snapshots and doctor', () => {
  it('run read-only SQL and refuse anything else', async () => {
    expect((await nhi('sql', 'SELECT count(*) AS n FROM identities', '--format', 'csv')).stdout).toContain(
      '3',
    );
    for (const query of ['DELETE FROM identities', "SELECT * FROM read_text('/etc/passwd')", 'SELEC 1']) {
      const refused = await nhi('sql', query);
      expect(refused.code, query).toBe(2);
      expect(refused.stderr).toMatch(/^error: /u);
    }
  });

  it('write reports to files and to stdout', async () => {
    const { code } = await nhi('report', '--out', 'html=r.html', '--out', 'json=r.json');
    expect(code).toBe(0);
    expect(await readFile(join(folder, 'r.html'), 'utf8')).toContain('<!doctype html>');
    expect(JSON.parse(await readFile(join(folder, 'r.json'), 'utf8'))).toHaveProperty('findings');
    expect((await nhi('report')).stdout).toContain('wildcard-administrator-policy');
    expect((await nhi('report', '--format', 'pdf')).stderr).toContain('Choose from');
  });

  it('list, explain and check rules', async () => {
    expect((await nhi('rules')).stdout).toContain('unused-identity');
    expect((await nhi('rules', 'show', 'key-too-old')).stdout).toContain('What to do');
    expect((await nhi('rules', 'show', 'nope')).code).toBe(2);
    await writeFile(join(folder, 'bad.sql'), 'SELECT 1');
    const bad = await nhi('rules', 'check', 'bad.sql');
    expect(bad.code).toBe(2);
    expect(bad.stdout).toMatch(/bad\.sql:1: /u);
  });

  it('list snapshots and prune all but the newest', async () => {
    const before = JSON.parse((await nhi('snapshots', '--format', 'json')).stdout) as { id: string }[];
    expect(before.length).toBeGreaterThan(1);
    expect((await nhi('snapshots', 'prune', '--keep', '1')).stdout).toContain('Removed');
    const after = JSON.parse((await nhi('snapshots', '--format', 'json')).stdout) as { id: string }[];
    expect(after.map(({ id }) => id)).toEqual([before[0]?.id]);
  });

  it('find nothing at fault, and say what is', async () => {
    expect(await nhi('doctor')).toMatchObject({ code: 0, stdout: expect.stringContaining('1 readable') });
    await writeFile(join(folder, '.nhi/snapshots/20200101T000000Z-aaaaaa.duckdb'), 'rubbish');
    const { code, stdout } = await nhi('doctor');
    expect(code).toBe(2);
    expect(stdout).toContain('20200101T000000Z-aaaaaa');
  });
});
