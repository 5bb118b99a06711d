import { describe, expect, it } from 'vitest';
import { runRules } from '#audit/run-rules.ts';
import type { Rule } from '#contract/rule.ts';
import type { PartialRows } from '#audit/example-rows.ts';
import { ACCOUNT_UID, accessKey, arn, awsRole, awsUser } from '#test/estates/aws.ts';
import { NOW, daysAgo, notRead, openEstate } from '#test/estates/estate.ts';
import { CLUSTER_UID } from '#test/estates/kubernetes.ts';
import { rule } from './rule-text.ts';

const OLD = awsRole('old');
const NEW = awsRole('new', { createdAt: daysAgo(1) });

async function findings(each: Rule, ...rows: readonly PartialRows[]): Promise<Record<string, unknown>[]> {
  const snapshot = await openEstate(...rows);
  await runRules(snapshot, [each], { asOf: NOW, parameters: { sample: { days: 90 } }, previous: null });
  return snapshot.all('SELECT identity_uid, scope_uid, status, evidence FROM findings ORDER BY ALL');
}

describe('a feed that a rule needs', () => {
  it('makes every row of a scope unknown where it was not read, with the call and the permission', async () => {
    const rows = await findings(rule({ needs: '[usages]' }), OLD, NEW, notRead('usages', ACCOUNT_UID));
    expect(rows).toMatchObject([{ status: 'unknown' }, { status: 'unknown' }]);
    expect(rows[0]?.['evidence']).toMatchObject({
      not_collected: [
        { feed: 'usages', call: 'list usages', status: 'denied', missing_permission: 'read:usages' },
      ],
    });
  });

  it('takes passes back where it was read in part, and leaves failures', async () => {
    const rows = await findings(
      rule({ needs: '[usages]' }),
      OLD,
      NEW,
      notRead('usages', ACCOUNT_UID, 'partial'),
    );
    expect(rows).toMatchObject([
      { identity_uid: arn('role/new'), status: 'unknown' },
      { identity_uid: arn('role/old'), status: 'fail', evidence: { created_at: '2020-01-01T00:00:00Z' } },
    ]);
  });

  it('leaves passes too where it proves them by itself', async () => {
    const proving = rule({ needs: '[usages]', pass_proved_by: '[usages]' });
    expect(await findings(proving, OLD, NEW, notRead('usages', ACCOUNT_UID, 'partial'))).toMatchObject([
      { identity_uid: arn('role/old'), status: 'fail' },
    ]);
    expect(await findings(proving, NEW, notRead('usages', ACCOUNT_UID))).toMatchObject([
      { status: 'unknown' },
    ]);
  });

  it('says once for a scope that there may be more subjects, and leaves those that are seen', async () => {
    const each = rule({ needs: '[identities, usages]', subjects: '[identities]' });
    const rows = await findings(each, OLD, NEW, notRead('identities', ACCOUNT_UID, 'partial'));
    expect(rows.map(({ identity_uid, scope_uid, status }) => [identity_uid, scope_uid, status])).toEqual([
      [arn('role/old'), ACCOUNT_UID, 'fail'],
      [null, ACCOUNT_UID, 'unknown'],
    ]);
    expect(await findings(each, NEW, notRead('identities', ACCOUNT_UID))).toMatchObject([
      { status: 'unknown', identity_uid: arn('role/new') },
    ]);
    expect(await findings(each, NEW, notRead('usages', ACCOUNT_UID, 'partial'))).toMatchObject([
      { status: 'unknown' },
    ]);
  });

  it('counts the scope itself among the unknown', async () => {
    const snapshot = await openEstate(NEW, notRead('identities', ACCOUNT_UID, 'partial'));
    const each = rule({ needs: '[identities]', subjects: '[identities]' });
    const runs = await runRules(snapshot, [each], {
      asOf: NOW,
      parameters: { sample: { days: 90 } },
      previous: null,
    });
    expect(runs).toMatchObject([{ passed: 1, failed: 0, unknown: 1 }]);
    expect(await snapshot.all('SELECT passed, failed, unknown FROM rule_results')).toEqual([
      { passed: 1, failed: 0, unknown: 1 },
    ]);
  });

  it('takes a pass back that rests on what is absent from it, and warns in a failure that does', async () => {
    const absent = (status: string) =>
      rule(
        { needs: '[owners, usages]', pass_proved_by: '[owners, usages]' },
        `SELECT uid AS identity_uid, NULL AS subject_uid, '${status}' AS status, {a: $days} AS evidence, ['owners'] AS absent_from FROM identities`,
      );
    const owners = notRead('owners', ACCOUNT_UID, 'partial');
    const usages = notRead('usages', ACCOUNT_UID, 'partial');
    expect(await findings(absent('pass'), OLD, usages)).toEqual([]);
    expect(await findings(absent('pass'), OLD, owners)).toMatchObject([{ status: 'unknown' }]);
    expect(await findings(absent('fail'), OLD, usages)).toMatchObject([
      { status: 'fail', evidence: { a: 90 } },
    ]);
    expect(await findings(absent('fail'), OLD, owners)).toMatchObject([
      { status: 'fail', evidence: { a: 90, not_collected: [{ feed: 'owners', status: 'partial' }] } },
    ]);
  });

  it('concerns only the scope that lacks it', async () => {
    const elsewhere = { identities: [{ uid: 'arn:aws:iam::222222222222:role/old' }] };
    const rows = await findings(
      rule({ needs: '[usages]' }),
      OLD,
      elsewhere,
      notRead('usages', 'aws:222222222222'),
    );
    expect(rows.map(({ scope_uid, status }) => [scope_uid, status])).toEqual([
      [ACCOUNT_UID, 'fail'],
      ['aws:222222222222', 'unknown'],
    ]);
  });

  it('is unknown once for a scope of which the rule has no rows', async () => {
    const keys = `SELECT identity_uid, uid AS subject_uid, CASE WHEN $days > 0 THEN 'pass' END AS status, {a: $as_of} AS evidence FROM credentials`;
    const each = rule({ needs: '[credentials]' }, keys);
    expect(await findings(each, awsUser('app'), notRead('credentials', ACCOUNT_UID, 'skipped'))).toEqual([
      {
        identity_uid: null,
        scope_uid: ACCOUNT_UID,
        status: 'unknown',
        evidence: {
          not_collected: [
            {
              feed: 'credentials',
              call: 'list credentials',
              status: 'skipped',
              missing_permission: null,
              detail: null,
            },
          ],
        },
      },
    ]);
    expect(await findings(each, awsUser('app'))).toEqual([]);
    expect(await findings(each, awsUser('app'), accessKey('app', 'key'))).toEqual([]);
  });

  it('is asked for only of scopes whose coverage speaks of it, since a system may not have it at all', async () => {
    const each = rule(
      { needs: '[trusts]' },
      `SELECT uid AS identity_uid, NULL AS subject_uid, 'pass' AS status, {a: $days} AS evidence FROM trusts`,
    );
    const silent = { scopes: [{ uid: CLUSTER_UID, system: 'kubernetes' as const }] };
    expect(await findings(each, silent)).toEqual([]);
  });

  it('makes a row unknown whose scope nobody knows', async () => {
    const astray = `SELECT 'x' AS identity_uid, NULL AS subject_uid, 'pass' AS status, {a: $days} AS evidence, 'aws' AS system, 'aws:9' AS scope_uid`;
    expect(await findings(rule({ needs: '[grants]' }, astray))).toMatchObject([
      {
        scope_uid: 'aws:9',
        status: 'unknown',
        evidence: { not_collected: [{ feed: 'grants', status: 'not-attempted' }] },
      },
    ]);
    expect(await findings(rule({ needs: '[]' }, astray))).toEqual([]);
  });
});
