import { describe, expect, it } from 'vitest';
import { canonicalJson, ordered } from '#reports/order.ts';
import { ACCOUNT, EMPTY, coverage, finding, identity } from './sample.ts';

describe('the order of reports', () => {
  it('puts findings by severity, failures before unknown answers, then by rule and identity', () => {
    const findings = [
      finding({ id: 'a', severity: 'low' }),
      finding({ id: 'b', severity: 'critical', status: 'unknown' }),
      finding({ id: 'c', severity: 'critical', ruleId: 'z' }),
      finding({ id: 'd', severity: 'critical', ruleId: 'a', identityUid: null }),
      finding({ id: 'e', severity: 'critical', ruleId: 'a' }),
    ];
    expect(ordered({ ...EMPTY, findings }).findings.map(({ id }) => id)).toEqual(['e', 'd', 'c', 'b', 'a']);
  });

  it('puts the strongest capability first, and those it does not know last', () => {
    const capabilities = ['zeta', 'metadata-read', 'alpha', 'secret-read', 'admin'];
    const identities = [identity({ uid: 'x', system: 'aws', scopeUid: ACCOUNT, capabilities })];
    expect(ordered({ ...EMPTY, identities }).identities[0]?.capabilities).toEqual([
      'admin',
      'secret-read',
      'metadata-read',
      'alpha',
      'zeta',
    ]);
  });

  it('tells rows apart by all that they hold, where their keys are the same', () => {
    const rows = [coverage({ missingPermission: 'b' }), coverage({ missingPermission: 'a' })];
    expect(ordered({ ...EMPTY, coverage: rows }).coverage).toEqual(rows.toReversed());
  });
});

describe('canonical JSON', () => {
  it('is the same for equal values, whatever the order of their keys', () => {
    expect(canonicalJson({ b: 1, a: [{ d: null, c: 'x' }] })).toBe('{"a":[{"c":"x","d":null}],"b":1}');
  });

  it('keeps keys that are special to JavaScript', () => {
    expect(canonicalJson(JSON.parse('{"__proto__":{"b":1},"a":2}'))).toBe('{"__proto__":{"b":1},"a":2}');
  });
});
