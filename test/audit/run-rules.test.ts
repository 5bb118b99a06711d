import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { runRules, type RuleRun, type RunOptions } from '#audit/run-rules.ts';
import type { Rule } from '#contract/rule.ts';
import { ConfigError } from '#model/errors.ts';
import type { Reader } from '#store/reader.ts';
import { ACCOUNT_UID, arn, awsRole, awsUser } from '#test/estates/aws.ts';
import { NOW, daysAgo, notRead, openEstate } from '#test/estates/estate.ts';
import { CLUSTER_UID, serviceAccount } from '#test/estates/kubernetes.ts';
import { rule } from './rule-text.ts';

const PARAMETERS = { sample: { days: 90 }, other: { days: 90 } };

async function run(
  snapshot: Awaited<ReturnType<typeof openEstate>>,
  rules: readonly Rule[],
  options: Partial<RunOptions> = {},
): Promise<RuleRun[]> {
  return runRules(snapshot, rules, { asOf: NOW, parameters: PARAMETERS, previous: null, ...options });
}

/** A query that gives this status for every identity. */
function always(status: string, from = 'identities'): string {
  return `SELECT uid AS identity_uid, NULL AS subject_uid, '${status}' AS status, { n: $days } AS evidence FROM ${from}`;
}

describe('a run of rules', () => {
  it('writes what fails and is unknown, and counts what passes by scope', async () => {
    const snapshot = await openEstate(
      awsRole('old'),
      awsRole('new', { createdAt: daysAgo(1) }),
      serviceAccount('shop/web'),
    );
    const [done] = await run(snapshot, [rule()]);
    expect(done).toMatchObject({ ruleId: 'sample', passed: 1, failed: 2, unknown: 0, error: null });
    expect(await snapshot.all('SELECT * FROM rule_results ORDER BY scope_uid')).toEqual([
      { rule_id: 'sample', system: 'aws', scope_uid: ACCOUNT_UID, passed: 1, failed: 1, unknown: 0 },
      { rule_id: 'sample', system: 'kubernetes', scope_uid: CLUSTER_UID, passed: 0, failed: 1, unknown: 0 },
    ]);
    const [finding] = await snapshot.all(`SELECT * FROM findings WHERE system = 'aws'`);
    expect(finding).toEqual({
      id: expect.stringMatching(/^sample-[0-9a-f]{16}$/u),
      rule_id: 'sample',
      category: 'stale',
      severity: 'medium',
      status: 'fail',
      title: 'Sample is older than 90 days',
      system: 'aws',
      scope_uid: ACCOUNT_UID,
      identity_uid: arn('role/old'),
      subject_uid: null,
      evidence: { created_at: '2020-01-01T00:00:00Z' },
      playbook: null,
      first_seen_at: NOW,
    });
  });

  it('gives the same problem the same id in every snapshot: SHA-256 over the rule and what identifies it', async () => {
    const ids = [];
    for (const role of [
      awsRole('old'),
      awsRole('old', { createdAt: daysAgo(500), environment: 'production' }),
    ]) {
      const snapshot = await openEstate(role);
      await run(snapshot, [rule()]);
      ids.push(...(await snapshot.all<{ id: string }>('SELECT id FROM findings')).map(({ id }) => id));
    }
    const digest = createHash('sha256')
      .update(JSON.stringify(['sample', arn('role/old')]))
      .digest('hex');
    expect(ids).toEqual([`sample-${digest.slice(0, 16)}`, `sample-${digest.slice(0, 16)}`]);
  });

  it('carries over from the snapshot before when a finding was first seen', async () => {
    const first = await openEstate(awsRole('old'), notRead('credentials', CLUSTER_UID));
    await run(first, [rule(), rule({ id: 'other', needs: '[credentials]' })], { asOf: daysAgo(7) });
    const second = await openEstate(awsRole('old'), awsRole('older'), notRead('credentials', CLUSTER_UID));
    const previous: Reader = { all: first.all, stream: first.stream };
    await run(second, [rule(), rule({ id: 'other', needs: '[credentials]' })], { previous });
    const rows = await second.all(
      `SELECT rule_id, coalesce(identity_uid, scope_uid) AS what, first_seen_at FROM findings ORDER BY ALL`,
    );
    expect(rows).toEqual([
      { rule_id: 'other', what: arn('role/old'), first_seen_at: daysAgo(7) },
      { rule_id: 'other', what: arn('role/older'), first_seen_at: NOW },
      { rule_id: 'other', what: CLUSTER_UID, first_seen_at: daysAgo(7) },
      { rule_id: 'sample', what: arn('role/old'), first_seen_at: daysAgo(7) },
      { rule_id: 'sample', what: arn('role/older'), first_seen_at: NOW },
    ]);
  });

  it('raises the severity by one level for reach, up to critical, and says why', async () => {
    const snapshot = await openEstate(
      awsRole('plain'),
      awsRole('production', { environment: 'production' }),
      awsRole('admin', { environment: 'production' }),
      awsRole('maybe'),
    );
    const entitlement = { capability: 'admin', scopeUid: ACCOUNT_UID, via: [] } as const;
    await snapshot.write('entitlements', [
      { ...entitlement, identityUid: arn('role/admin'), certainty: 'certain' },
      { ...entitlement, identityUid: arn('role/maybe'), certainty: 'conditional' },
    ]);
    await run(
      snapshot,
      [rule(), rule({ id: 'other', severity: 'critical' }), rule({ id: 'fixed', fixed_severity: 'true' })],
      {
        parameters: { ...PARAMETERS, fixed: { days: 90 } },
      },
    );
    const rows = await snapshot.all<{
      name: string;
      rule_id: string;
      severity: string;
      evidence: { severity_raised_by?: string[] };
    }>(
      `SELECT i.name, f.rule_id, f.severity, f.evidence FROM findings f JOIN identities i ON i.uid = f.identity_uid ORDER BY ALL`,
    );
    const of = (id: string) =>
      Object.fromEntries(
        rows.filter(({ rule_id }) => rule_id === id).map(({ name, severity }) => [name, severity]),
      );
    expect(of('sample')).toEqual({ plain: 'medium', production: 'high', admin: 'high', maybe: 'medium' });
    expect(of('other')).toEqual({
      plain: 'critical',
      production: 'critical',
      admin: 'critical',
      maybe: 'critical',
    });
    expect(of('fixed')).toEqual({ plain: 'medium', production: 'medium', admin: 'medium', maybe: 'medium' });
    const admin = rows.find(({ name, rule_id }) => name === 'admin' && rule_id === 'sample');
    expect(admin?.evidence.severity_raised_by).toEqual(['administrator', 'production']);
  });

  it('looks only at the systems that a rule names', async () => {
    const snapshot = await openEstate(
      awsRole('old'),
      serviceAccount('shop/web'),
      notRead('credentials', CLUSTER_UID),
    );
    await run(snapshot, [rule({ systems: '[aws]', needs: '[credentials]' })]);
    expect(await snapshot.all('SELECT DISTINCT system FROM findings')).toEqual([{ system: 'aws' }]);
  });

  it('keeps a row of which nobody knows the system', async () => {
    const snapshot = await openEstate();
    const stray = `SELECT 'nobody' AS identity_uid, NULL AS subject_uid, 'fail' AS status, { n: $days } AS evidence`;
    await run(snapshot, [rule({ systems: '[aws]', needs: '[]' }, stray)]);
    expect(await snapshot.all('SELECT identity_uid, system, scope_uid FROM findings')).toEqual([
      { identity_uid: 'nobody', system: null, scope_uid: null },
    ]);
  });

  it('takes no row of a rule for more than it is: a malformed status is an error of that rule', async () => {
    const snapshot = await openEstate(awsRole('a'), awsUser('b'));
    const [bad, good] = await run(snapshot, [rule({ id: 'other' }, always('failed')), rule()]);
    expect(bad?.error).toBe('2 rows have a status that is none of fail, pass and unknown, such as "failed"');
    expect(good).toMatchObject({ failed: 2, error: null });
    expect(
      await snapshot.all(
        `SELECT call, status, feed, scope_uid, detail FROM coverage WHERE call LIKE 'rule %'`,
      ),
    ).toEqual([{ call: 'rule other', status: 'failed', feed: null, scope_uid: null, detail: bad?.error }]);
    expect(await snapshot.all(`SELECT count(*) AS n FROM findings WHERE rule_id = 'other'`)).toEqual([
      { n: 0 },
    ]);
  });

  it('does not merge two rows that the rule cannot tell apart', async () => {
    const snapshot = await openEstate(awsRole('a'));
    const [twice] = await run(snapshot, [rule({}, always('fail', 'identities, range(2)'))]);
    expect(twice?.error).toBe('1 rows repeat the identity_uid of another row');
  });

  it('lets the failure of one rule stop no other', async () => {
    const snapshot = await openEstate(awsRole('a'));
    const broken = `SELECT uid AS identity_uid, NULL AS subject_uid, (name::BIGINT + $days)::VARCHAR AS status, {n: 1} AS evidence FROM identities`;
    const [failed, worked] = await run(snapshot, [rule({ id: 'other' }, broken), rule()]);
    expect(failed?.error).toContain(
      `the query failed: Conversion Error: Could not convert string 'a' to INT64`,
    );
    expect(worked).toMatchObject({ failed: 1, error: null });
  });

  it('stops a rule of the user’s own that takes too long, and runs the others', async () => {
    const snapshot = await openEstate(awsRole('a'));
    const endless = always(
      'fail',
      'identities, range(3000000000) a(x), range(3000000000) b(y) WHERE x * y = 7',
    );
    const rules = [rule({ id: 'other' }, endless, false), rule()];
    const [stopped, worked] = await run(snapshot, rules, { budget: 300 });
    expect(stopped?.error).toBe('stopped after 300 ms, the limit for rules of your own');
    expect(worked).toMatchObject({ failed: 1, error: null });
  });

  it('is stopped as a whole from outside', async () => {
    const snapshot = await openEstate(awsRole('a'));
    const endless = always(
      'fail',
      'identities, range(3000000000) a(x), range(3000000000) b(y) WHERE x * y = 7',
    );
    const stop = new AbortController();
    const running = run(snapshot, [rule({}, endless), rule({ id: 'other' })], { signal: stop.signal });
    setTimeout(() => stop.abort(), 300);
    await expect(running).rejects.toThrow('aborted');
  });

  it('checks every query before the first one runs, and names all problems', async () => {
    const snapshot = await openEstate(awsRole('a'));
    const rules = [
      rule(),
      rule({ id: 'other' }, 'SELECT now()'),
      rule({ id: 'third' }, 'DELETE FROM findings'),
      rule(),
    ];
    await expect(run(snapshot, rules)).rejects.toThrow(ConfigError);
    await expect(run(snapshot, rules)).rejects.toMatchObject({
      message: expect.stringContaining('sample.sql:1: the id `sample` is taken by sample.sql'),
      hint: expect.stringMatching(/other\.sql:12: `now`.*third\.sql:12: expected a SELECT/u),
    });
    expect(await snapshot.all('SELECT count(*) AS n FROM findings')).toEqual([{ n: 0 }]);
  });

  it('keeps identities with names full of quotes and controls apart', async () => {
    const names = [`a'b`, 'a"b', 'a\\b', 'a\u0000b', 'a\nb', 'ä', '💥'];
    const snapshot = await openEstate({ identities: names.map((uid) => ({ uid })) });
    const [done] = await run(snapshot, [rule()]);
    expect(done).toMatchObject({ failed: names.length, error: null });
    expect(await snapshot.all('SELECT count(DISTINCT id) AS n FROM findings')).toEqual([{ n: names.length }]);
  });
});
