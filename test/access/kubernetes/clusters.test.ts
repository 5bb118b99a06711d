import { describe, expect, it } from 'vitest';
import { kubernetesAccess } from '#access/kubernetes/index.ts';
import { everywhere, inPay, rule } from '#test/access/kubernetes/becoming.ts';
import { estateRecords } from '#test/access/kubernetes/estate.ts';

const get = { verb: 'get', group: '', resource: 'pods', namespace: 'pay' };
const reader = everywhere(rule('get', 'pods'));

describe('several clusters', () => {
  const access = kubernetesAccess(
    estateRecords({ cluster: 'prod', ...reader }, { cluster: 'test', users: ['ann'] }),
  );

  it('are told apart by the scope', () => {
    expect(access.decide({ ...get, principal: 'ann', scope: 'k8s:prod' }).decision).toBe('allowed');
    expect(access.decide({ ...get, principal: 'ann', scope: 'k8s:test' }).decision).toBe('denied');
  });

  it('are told apart by the principal’s uid', () => {
    expect(access.decide({ ...get, principal: 'k8s:prod:user:ann' }).decision).toBe('allowed');
    expect(access.decide({ ...get, principal: 'k8s:test:user:ann' }).decision).toBe('denied');
  });

  it('cannot be told apart by a name', () => {
    const decision = access.decide({ ...get, principal: 'ann' });
    expect(decision.decision).toBe('unknown');
    expect(decision.reasons[0]?.text).toBe('2 clusters are in the records: the scope says which');
  });

  it('do not know each other’s identities', () => {
    const decision = access.decide({ ...get, principal: 'k8s:prod:user:ann', scope: 'k8s:test' });
    expect(decision.decision).toBe('unknown');
  });

  it('may have names that begin alike and hold colons', () => {
    const arn = 'arn:aws:eks:eu-west-1:111122223333:cluster/a';
    const both = kubernetesAccess(
      estateRecords({ cluster: arn, ...reader }, { cluster: `${arn}:user`, users: ['ann'] }),
    );
    expect(both.decide({ ...get, principal: `k8s:${arn}:user:ann` }).decision).toBe('unknown');
    expect(both.decide({ ...get, principal: `k8s:${arn}:user:ann`, scope: `k8s:${arn}` }).decision).toBe(
      'allowed',
    );
  });

  it('each give their own entitlements and edges', () => {
    const others = estateRecords({ cluster: 'test', ...reader });
    const ofBoth = kubernetesAccess(
      estateRecords({ cluster: 'prod', ...reader }, { cluster: 'test', ...reader }),
    );
    expect([...ofBoth.entitlements()]).toEqual(
      [...kubernetesAccess(estateRecords({ cluster: 'prod', ...reader })).entitlements()].concat([
        ...kubernetesAccess(others).entitlements(),
      ]),
    );
  });
});

describe('the only cluster', () => {
  it('needs no scope', () => {
    expect(kubernetesAccess(estateRecords(reader)).decide({ ...get, principal: 'ann' }).decision).toBe(
      'allowed',
    );
  });

  it('may be asked about a namespace by its scope', () => {
    const access = kubernetesAccess(estateRecords(inPay(rule('get', 'pods'))));
    const question = { principal: 'ann', verb: 'get', group: '', resource: 'pods' };
    expect(access.decide({ ...question, scope: 'k8s:prod:namespace:pay' }).decision).toBe('allowed');
    expect(access.decide({ ...question, scope: 'k8s:prod:namespace:shop' }).decision).toBe('denied');
    expect(access.decide({ ...question, namespace: 'pay', scope: 'k8s:prod:namespace:shop' }).decision).toBe(
      'allowed',
    );
  });
});

describe('no cluster', () => {
  it('answers nothing', () => {
    const decision = kubernetesAccess(estateRecords()).decide({ ...get, principal: 'ann' });
    expect(decision).toEqual({
      decision: 'unknown',
      reasons: [{ kind: 'missing', source: null, text: 'no cluster is in the records' }],
    });
  });
});
