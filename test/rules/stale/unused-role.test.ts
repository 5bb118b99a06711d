import { describe, expect, it } from 'vitest';
import { ACCOUNT_UID, arn, attached, policy } from '#test/estates/aws.ts';
import { notRead } from '#test/estates/estate.ts';
import { clusterRole } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'unused-role';

describe('unused-role', () => {
  it('fails a policy of one’s own that nobody holds, at the lowest severity', async () => {
    const { findings } = await judge(rule, [policy('old')]);
    expect(findings).toMatchObject([
      { identity: null, subject: arn('policy/old'), severity: 'info', evidence: { name: 'old' } },
    ]);
  });

  it('passes a policy that an identity or a group holds, or that bounds somebody', async () => {
    const { found, passed } = await judge(rule, [
      policy('a'),
      attached('role/app', 'a'),
      policy('b'),
      attached('group/team', 'b'),
      policy('c'),
      { guardrails: [{ uid: 'g', targetUid: arn('role/app'), roleUid: arn('policy/c') }] },
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 3 });
  });

  it('leaves alone the provider’s policies, inline ones, and roles of Kubernetes', async () => {
    const { found, passed } = await judge(rule, [
      policy('theirs', { managedBy: 'provider' }),
      policy('inline', { kind: 'inline-policy' }),
      clusterRole('part-of-others'),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where grants or guardrails were not collected, and shows their gaps', async () => {
    for (const feed of ['grants', 'guardrails'] as const) {
      const denied = await judge(rule, [policy('old'), notRead(feed, ACCOUNT_UID)]);
      expect(denied.found).toEqual({ 'policy/old': 'unknown' });
      const partial = await judge(rule, [policy('old'), notRead(feed, ACCOUNT_UID, 'partial')]);
      expect(partial.found).toEqual({ 'policy/old': 'fail' });
      expect(partial.findings[0]?.evidence['not_collected']).toMatchObject([{ feed, status: 'partial' }]);
    }
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
