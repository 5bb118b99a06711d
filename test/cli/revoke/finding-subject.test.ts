import { describe, expect, it } from 'vitest';
import { subjectOfFinding } from '../../../src/cli/revoke/finding-subject.ts';
import { accessKey, arn, awsUser } from '../../estates/aws.ts';
import { openEstate } from '../../estates/estate.ts';

const USER = arn('user/app');
const ROWS = [
  awsUser('app'),
  accessKey('app', 'AK1', { lastUsedAt: '2026-01-01T00:00:00.000Z', lastUsedEvidence: 'used' }),
  accessKey('app', 'AK2', { lastUsedAt: null, lastUsedEvidence: 'never' }),
];

async function subjectOf(evidence: unknown, options: { subject?: string; named?: string } = {}) {
  const about = { id: 'F1', identityUid: USER, subjectUid: options.named ?? null, evidence };
  return subjectOfFinding(await openEstate(...ROWS), about, options.subject);
}

async function keys(): Promise<string[]> {
  const rows = await (
    await openEstate(...ROWS)
  ).all<{ uid: string }>('SELECT uid FROM credentials ORDER BY uid');
  return rows.map(({ uid }) => uid);
}

describe('the subject of a finding', () => {
  it('is what the finding names', async () => {
    const [first = ''] = await keys();
    expect(await subjectOf({}, { named: first })).toBe(first);
  });

  it('is the only one of the identity’s that its evidence names, however deep', async () => {
    const [, second = ''] = await keys();
    expect(await subjectOf({ kinds: [{ keys: [{ uid: second }, { uid: 'of somebody else' }] }] })).toBe(
      second,
    );
  });

  it('is asked for where the evidence names several, with the last use of each', async () => {
    const [first = '', second = ''] = await keys();
    const evidence = { kinds: [{ keys: [{ uid: first }, { uid: second }] }] };
    await expect(subjectOf(evidence)).rejects.toMatchObject({
      message: 'F1: the finding is about 2 of the identity’s, and a plan is about one',
      hint: `Name one with --subject: ${first} (last used 2026-01-01T00:00:00.000Z), ${second} (never used)`,
    });
    expect(await subjectOf(evidence, { subject: 'AK2' })).toBe(second);
    await expect(subjectOf(evidence, { subject: 'AK3' })).rejects.toThrow('--subject AK3: not one');
  });

  it('is missing where the finding names nothing that can be taken away', async () => {
    await expect(subjectOf({ days: 30 })).rejects.toThrow('names nothing that this playbook could take away');
  });
});
