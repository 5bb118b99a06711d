import { describe, expect, it } from 'vitest';
import { HARMLESS } from '#audit/harmless-rows.ts';
import { runRules } from '#audit/run-rules.ts';
import { awsRole } from '#test/estates/aws.ts';
import { NOW, openEstate } from '#test/estates/estate.ts';
import { rule } from './rule-text.ts';

describe('a run with rules about waivers', () => {
  it('runs them last, over the waivers held against the findings of the others', async () => {
    const snapshot = await openEstate(awsRole('old'));
    const aboutWaivers = rule(
      { id: 'other', identify_by: '[subject_uid]', judges: 'waivers', needs: '[]' },
      `SELECT NULL AS identity_uid, id AS subject_uid, NULL::VARCHAR AS system, NULL::VARCHAR AS scope_uid,
        CASE covers WHEN 1 THEN 'fail' ELSE 'pass' END AS status, { n: $days } AS evidence FROM waivers`,
    );
    const runs = await runRules(snapshot, [aboutWaivers, rule()], {
      asOf: NOW,
      parameters: { sample: { days: 90 }, other: { days: 90 } },
      previous: null,
      waivers: async (reader) => {
        const findings = await reader.all('SELECT id FROM findings');
        return [{ ...HARMLESS.waivers, id: 'W-1', covers: findings.length }];
      },
    });
    expect(runs.map(({ ruleId, failed }) => [ruleId, failed])).toEqual([
      ['sample', 1],
      ['other', 1],
    ]);
  });
});
