import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { baselineText, readBaseline } from '#gate/baseline.ts';
import { readPolicy } from '#gate/policy.ts';
import { ConfigError } from '#model/errors.ts';
import { tempDir } from '../temp-dir.ts';
import { aFinding } from './a-finding.ts';

describe('a policy file', () => {
  const read = async (text: string) => {
    const file = join(await tempDir(), 'gate.yaml');
    await writeFile(file, text);
    return readPolicy(file);
  };

  it('is filled in with the defaults, which an empty one is made of', async () => {
    const defaults = await readPolicy(null);
    expect(defaults).toMatchObject({
      failOn: { stale: 'high', governance: 'high' },
      minCoverage: null,
      unknowns: { critical: 'warn', info: 'warn' },
      expiredWaivers: 'fail',
      maxDays: { critical: 14, high: 30, medium: 90, low: 180 },
    });
    expect(await read('')).toEqual(defaults);
  });

  it('sets thresholds and unknown answers for all, or one by one', async () => {
    expect(await read('fail_on: critical\nunknowns: fail\n')).toMatchObject({
      failOn: { trust: 'critical' },
      unknowns: { low: 'fail' },
    });
    expect(
      await read('fail_on: { trust: low }\nunknowns: { default: ignore, critical: fail }\n'),
    ).toMatchObject({
      failOn: { trust: 'low', stale: 'high' },
      unknowns: { critical: 'fail', low: 'ignore' },
    });
    expect((await read('waiver_max_days: { low: 60 }\n')).maxDays).toMatchObject({ low: 60, high: 30 });
  });

  it.each([
    ['min_coverage: 90\nfail_on: terrible\n', /gate\.yaml:2: fail_on: expected critical, high/u],
    ['fail_on: { trsut: low }\n', /gate\.yaml:1: fail_on: .*trsut/u],
    ['min_coverage: 101\n', /gate\.yaml:1: min_coverage: /u],
    ['unknowns: maybe\n', /gate\.yaml:1: unknowns: expected fail, warn or ignore/u],
    ['waiver_max_days:\n  high: 0\n', /gate\.yaml:2: waiver_max_days\.high: /u],
    ['fial_on: high\n', /gate\.yaml:1: .*fial_on/u],
  ])('with a mistake is refused with file and line: %j', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });
});

describe('a baseline file', () => {
  it('gives back what was written, sorted by id', async () => {
    const file = join(await tempDir(), 'baseline.json');
    const findings = [aFinding({ id: 'b', status: 'unknown' }), aFinding({ id: 'a', severity: 'low' })];
    const text = baselineText(findings);
    expect(baselineText(findings.toReversed())).toBe(text);
    await writeFile(file, text);
    expect([...(await readBaseline(file)).values()]).toEqual([
      { id: 'a', ruleId: 'wildcard-administrator-policy', severity: 'low', status: 'fail' },
      { id: 'b', ruleId: 'wildcard-administrator-policy', severity: 'critical', status: 'unknown' },
    ]);
  });

  it('may be empty', async () => {
    const file = join(await tempDir(), 'baseline.json');
    await writeFile(file, baselineText([]));
    expect((await readBaseline(file)).size).toBe(0);
  });

  it.each([
    ['{', /baseline\.json: not a baseline/u],
    ['{"version":2,"findings":[]}', /baseline\.json: version: /u],
    ['{"version":1,"findings":[{"id":"x"}]}', /baseline\.json: findings\.0\.rule: /u],
  ])('that is wrong is refused: %s', async (text, message) => {
    const file = join(await tempDir(), 'baseline.json');
    await writeFile(file, text);
    const failure = readBaseline(file);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toBeInstanceOf(ConfigError);
  });
});
