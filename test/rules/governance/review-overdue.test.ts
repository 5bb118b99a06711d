import { describe, expect, it } from 'vitest';
import { ACCOUNT_UID, arn, awsRole } from '#test/estates/aws.ts';
import { servicePrincipal } from '#test/estates/azure.ts';
import { notRead } from '#test/estates/estate.ts';
import { googleAccount, gsaUid } from '#test/estates/gcp.ts';
import { saUid, serviceAccount } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'review-overdue';

describe('review-overdue', () => {
  it('fails an identity the day after its review was due, and passes the day itself', async () => {
    const { found, findings, passed } = await judge(rule, [
      awsRole('late', { tags: { 'review-by': '2026-11-19' } }),
      awsRole('today', { tags: { 'review-by': '2026-11-20' } }),
    ]);
    expect({ found, passed }).toEqual({ found: { 'role/late': 'fail' }, passed: 1 });
    expect(findings).toMatchObject([
      { identity: arn('role/late'), severity: 'low', evidence: { due: '2026-11-19', days_overdue: 1 } },
    ]);
  });

  it('counts from the last review where only that is written', async () => {
    const { found, passed } = await judge(
      rule,
      [
        awsRole('edge', { tags: { 'last-reviewed': '2026-11-10' } }),
        awsRole('over', { tags: { 'last-reviewed': '2026-11-09T08:00:00Z' } }),
      ],
      { days: 10 },
    );
    expect({ found, passed }).toEqual({ found: { 'role/over': 'fail' }, passed: 1 });
  });

  it('reads tags, labels and annotations of every system, whatever their case and prefix', async () => {
    const due = '2026-01-01';
    const { findings } = await judge(rule, [
      awsRole('a', { tags: { Review_By: due } }),
      servicePrincipal('s', { tags: { NextReview: due } }),
      googleAccount('g', { tags: { review_due: due } }),
      serviceAccount('shop/web', { raw: { annotations: { 'acme.example/review-by': due } } }),
    ]);
    expect(new Set(findings.map(({ identity }) => identity))).toEqual(
      new Set([arn('role/a'), gsaUid('g'), saUid('shop/web'), 's']),
    );
  });

  it('takes the earliest of several days', async () => {
    const tags = { 'review-by': '2027-01-01', 'next-review': '2026-10-01' };
    expect((await judge(rule, [awsRole('a', { tags })])).found).toEqual({ 'role/a': 'fail' });
  });

  it('does not know without a date, or with one that is none, once others of the scope have one', async () => {
    const { found } = await judge(rule, [
      awsRole('dated', { tags: { 'review-by': '2027-01-01' } }),
      awsRole('undated'),
      awsRole('odd', { tags: { 'review-by': 'soon' } }),
      awsRole('no-day', { tags: { 'review-by': '2026-02-31' } }),
      awsRole('mixed', { tags: { 'review-by': '2027-01-01', 'last-review': 'x"y' } }),
    ]);
    expect(found).toEqual({
      'role/undated': 'unknown',
      'role/odd': 'unknown',
      'role/no-day': 'unknown',
      'role/mixed': 'unknown',
    });
  });

  it('does not know of a scope as a whole where no identity has a date', async () => {
    const { found, findings } = await judge(rule, [awsRole('a'), awsRole('b')]);
    expect(found).toEqual({ [`${ACCOUNT_UID}#review-dates`]: 'unknown' });
    expect(findings).toMatchObject([{ evidence: { identities: 2 } }]);
  });

  it('leaves alone people, provider-managed and disabled identities', async () => {
    const tags = { 'review-by': '2020-01-01' };
    const { found, passed } = await judge(rule, [
      awsRole('ann', { tags, class: 'human' }),
      awsRole('theirs', { tags, managedBy: 'provider' }),
      awsRole('off', { tags, enabled: false }),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('reads keys of every shape without failing', async () => {
    const tags = { 'a"b': 'x', 'a.b[0]': 'y', '': 'z', 'review-by': '2027-01-01' };
    expect(await judge(rule, [awsRole('a', { tags })])).toMatchObject({ found: {}, passed: 1 });
  });

  it('reads dates under keys that end in a backslash or hold quotes', async () => {
    const overdue = { 'review-by\\': '2020-01-01', '"x\\"/review-by': '2027-01-01' };
    const { found, findings } = await judge(rule, [awsRole('a', { tags: overdue })]);
    expect(found).toEqual({ 'role/a': 'fail' });
    expect(findings[0]?.evidence['dates']).toHaveLength(2);
  });

  it('does not know where identities were not collected', async () => {
    const { found } = await judge(rule, [notRead('identities', ACCOUNT_UID)]);
    expect(found).toEqual({ [`scope ${ACCOUNT_UID}`]: 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
