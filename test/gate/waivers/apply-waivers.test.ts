import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyWaivers } from '#gate/waivers/apply-waivers.ts';
import { DEFAULT_MAX_DAYS, type WaivableFinding, type Waiver } from '#gate/waivers/waiver.ts';
import { aFinding, aWaiver, TODAY } from '../a-finding.ts';

function covers(waiver: Partial<Waiver>, finding: Partial<WaivableFinding> = {}, on = TODAY): boolean {
  return applyWaivers([aFinding(finding)], [aWaiver(waiver)], on)[0]?.waivedBy !== null;
}

describe('a waiver', () => {
  it('names itself and its last day on the finding, which stays as it is', () => {
    const finding = aFinding();
    const other = aFinding({ id: 'other', ruleId: 'key-too-old' });
    expect(applyWaivers([finding, other], [aWaiver()], TODAY)).toEqual([
      { ...finding, waivedBy: { id: 'W-1', expires: '2026-11-25' } },
      { ...other, waivedBy: null },
    ]);
  });

  it.each<[string, Partial<Waiver>, Partial<WaivableFinding>, boolean]>([
    ['another rule', { rule: 'key-too-old' }, {}, false],
    ['a pattern that fits', { selector: { identity: 'arn:aws:*:role/*' } }, {}, true],
    ['a pattern that ends too early', { selector: { identity: 'arn:aws:*:rol' } }, {}, false],
    ['a pattern whose parts would overlap', { selector: { identity: '*role/deploy*deploy' } }, {}, false],
    ['a name in another case', { selector: { identity: '*role/Deploy' } }, {}, false],
    ['a part without a star', { selector: { identity: 'deploy' } }, {}, false],
    ['a pattern with characters of regular expressions', { selector: { identity: '.+' } }, {}, false],
    ['the scope', { selector: { scope: 'aws:1111*' } }, {}, true],
    ['another scope', { selector: { scope: 'aws:2*' } }, {}, false],
    ['the environment', { selector: { environment: 'production' } }, {}, true],
    [
      'an environment that is not known',
      { selector: { environment: 'production' } },
      { environment: null },
      false,
    ],
    ['another system beside the identity', { selector: { ...aWaiver().selector, system: 'gcp' } }, {}, false],
    ['a subject that the finding has not', { selector: { subject: 'key-*' } }, {}, false],
    ['the subject', { selector: { subject: 'key-*' } }, { subjectUid: 'key-1' }, true],
    ['an identity where there is none', { selector: { identity: 'a*' } }, { identityUid: null }, false],
  ])('is held to %s', (_, waiver, finding, covered) => {
    expect(covers(waiver, finding)).toBe(covered);
  });

  it.each([
    ['2026-11-14', false],
    ['2026-11-15', true],
    ['2026-11-25', true],
    ['2026-11-26', false],
  ])('holds from its first day to its last: %s %s', (day, covered) => {
    expect(covers({}, {}, day)).toBe(covered);
  });

  it('covers nothing where its owner approved it, whatever the case', () => {
    expect(covers({ owner: 'Platform', approver: ' platform ' })).toBe(false);
  });

  it.each<Partial<Waiver>>([
    { rule: '*' },
    { selector: {} },
    { selector: { system: 'aws' } },
    { selector: { identity: '*', scope: '**' } },
  ])('covers nothing where it is as wide as a rule: %j', (waiver) => {
    expect(covers(waiver)).toBe(false);
  });

  it('may last as long as the severity of the finding allows, and no day longer', () => {
    const waiver = { created: '2026-11-10', expires: '2026-11-25' };
    expect(covers(waiver, { severity: 'critical' })).toBe(false);
    expect(covers({ ...waiver, created: '2026-11-11' }, { severity: 'critical' })).toBe(true);
    expect(covers(waiver, { severity: 'high' })).toBe(true);
    const limits = { ...DEFAULT_MAX_DAYS, critical: 15 };
    expect(applyWaivers([aFinding()], [aWaiver(waiver)], TODAY, limits)[0]?.waivedBy).not.toBeNull();
  });

  it('until-fixed covers what was there when it was made, not what came back', () => {
    const until: Partial<Waiver> = { conditions: ['until-fixed'] };
    expect(covers(until, { firstSeenAt: '2026-11-15T23:00:00.000Z' })).toBe(true);
    expect(covers(until, { firstSeenAt: '2026-11-16T00:00:00.000Z' })).toBe(false);
  });

  it('until-used ends with a use after it was made, and does not hold where use is not measured', () => {
    const until: Partial<Waiver> = { conditions: ['until-used'] };
    expect(covers(until, { lastUsedAt: '2026-10-01T00:00:00.000Z' })).toBe(true);
    expect(covers(until, { lastUsedAt: '2026-11-18T00:00:00.000Z' })).toBe(false);
    expect(covers(until, { lastUsedAt: null, useMeasured: true })).toBe(true);
    expect(covers(until, { lastUsedAt: null, useMeasured: false })).toBe(false);
  });

  it('that lasts longest is the one that is named, whatever the order', () => {
    const waivers = [aWaiver({ id: 'a', expires: '2026-11-24' }), aWaiver({ id: 'b' })];
    for (const each of [waivers, waivers.toReversed()]) {
      expect(applyWaivers([aFinding()], each, TODAY)[0]?.waivedBy?.id).toBe('b');
    }
  });

  it('matches patterns as a plain reading of them does', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 });
    fc.assert(
      fc.property(word, text, (pattern, uid) => {
        const plain = new RegExp(`^${pattern.replace(/\*+/gu, '[ab]*')}$`, 'u').test(uid);
        const selector = { identity: pattern, environment: 'production' };
        expect(covers({ selector }, { identityUid: uid })).toBe(plain);
      }),
    );
  });
});
