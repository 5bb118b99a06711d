import { describe, expect, it } from 'vitest';
import { drifted } from '../../estates/drift.ts';
import { judge } from '../judge.ts';

const RULE = 'guardrail-weakened';
const SCOPE = 'aws:111111111111';
const KIND = 'service-control-policy';

describe('guardrail-weakened', () => {
  it('fails for a guardrail that is gone and for one with another text', async () => {
    const gone = drifted('guardrail', SCOPE, KIND, { direction: 'lost', before: 'sha256:1', after: null });
    expect((await judge(RULE, [gone])).found).toEqual({ [`${SCOPE} ${KIND}`]: 'fail' });
    const other = drifted('guardrail', SCOPE, KIND, {
      direction: 'changed',
      before: 'sha256:1',
      after: 'sha256:2',
    });
    expect((await judge(RULE, [other])).found).toEqual({ [`${SCOPE} ${KIND}`]: 'fail' });
  });

  it('says nothing of a guardrail that is new, and nothing without a baseline', async () => {
    const added = drifted('guardrail', SCOPE, KIND, { before: null, after: 'sha256:1' });
    expect((await judge(RULE, [added])).found).toEqual({});
    expect((await judge(RULE, [])).found).toEqual({});
  });

  it('is unknown where guardrails were not read this time', async () => {
    const gap = drifted('guardrail', SCOPE, KIND, { direction: 'unknown', before: 'sha256:1', after: null });
    expect((await judge(RULE, [gap])).found).toEqual({ [`${SCOPE} ${KIND}`]: 'unknown' });
  });
});
