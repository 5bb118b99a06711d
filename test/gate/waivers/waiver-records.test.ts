import { describe, expect, it } from 'vitest';
import { DEFAULT_MAX_DAYS, type Waiver } from '#gate/waivers/waiver.ts';
import { waiverRecords } from '#gate/waivers/waiver-records.ts';
import type { Finding } from '#model/finding.ts';
import { arn, awsRole } from '#test/estates/aws.ts';
import { NOW, openEstate } from '#test/estates/estate.ts';
import { aWaiver } from '../a-finding.ts';

const LIMITS = {
  maxDays: DEFAULT_MAX_DAYS,
  rules: new Map([['wildcard-administrator-policy', 'high'] as const]),
};

/** What rules are told of one waiver in a snapshot whose rules found one critical and one high problem. */
async function record(waiver: Partial<Waiver>) {
  const snapshot = await openEstate(awsRole('deploy'), awsRole('build'));
  await snapshot.write('findings', [found('1', 'deploy', 'critical'), found('2', 'build', 'high')]);
  const result = { system: 'aws', scopeUid: null, passed: 0, unknown: 0 } as const;
  await snapshot.write('ruleResults', [
    { ...result, ruleId: 'wildcard-administrator-policy', failed: 2 },
    { ...result, ruleId: 'idle', failed: 0 },
  ]);
  const [only] = await waiverRecords(snapshot, [aWaiver(waiver)], LIMITS);
  await snapshot.discard();
  return only;
}

function found(id: string, role: string, severity: Finding['severity']): Finding {
  return {
    id,
    ruleId: 'wildcard-administrator-policy',
    category: 'over-privileged',
    severity,
    status: 'fail',
    title: 't',
    system: 'aws',
    scopeUid: null,
    identityUid: arn(`role/${role}`),
    subjectUid: null,
    evidence: {},
    playbook: null,
    firstSeenAt: NOW,
  };
}

describe('a waiver as rules judge it', () => {
  it('counts what it covers, and is held against the worst of that', async () => {
    const selector = { identity: arn('role/*') };
    expect(await record({ selector, created: '2026-11-01', expires: '2026-11-11' })).toMatchObject({
      ruleId: 'wildcard-administrator-policy',
      createdAt: '2026-11-01T00:00:00.000Z',
      expiresAt: '2026-11-11T00:00:00.000Z',
      days: 10,
      maxDays: 14,
      covers: 2,
      ruleJudged: true,
    });
    expect(await record({ selector: { identity: arn('role/build') } })).toMatchObject({
      maxDays: 30,
      covers: 1,
    });
  });

  it('is held against its rule where it covers nothing, and against nothing where that is not known', async () => {
    expect(await record({ selector: { identity: 'gone' } })).toMatchObject({ maxDays: 30, covers: 0 });
    expect(await record({ rule: 'no-such-rule' })).toMatchObject({ maxDays: null, covers: 0 });
  });

  it('says whether its rule judged anything, in the system that it names', async () => {
    expect(await record({ selector: { identity: 'x', system: 'aws' } })).toMatchObject({ ruleJudged: true });
    expect(await record({ selector: { identity: 'x', system: 'gcp' } })).toMatchObject({ ruleJudged: false });
    expect(await record({ rule: 'idle' })).toMatchObject({ ruleJudged: false });
  });
});
