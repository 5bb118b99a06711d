import { describe, expect, it } from 'vitest';
import { withoutParty, withStatements } from '#playbooks/actions/aws/trust-policy.ts';

const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Principal: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 'sts:AssumeRole',
  ...more,
});
const party = (trusted: string, condition: null | object = null, notPrincipal: null | object = null) =>
  // Conditions of the tests are JSON.
  ({ trusted, condition, notPrincipal }) as Parameters<typeof withoutParty>[1];

describe('a trust policy without a party', () => {
  it('keeps the other principals of a statement, and the other statements', () => {
    const text = policy(allow({ AWS: ['a', 'b'], Service: 'x.amazonaws.com' }), allow({ AWS: 'c' }));
    const { left, taken } = withoutParty(text, party('b'));
    expect(JSON.parse(left).Statement).toEqual([
      allow({ AWS: ['a'], Service: 'x.amazonaws.com' }),
      allow({ AWS: 'c' }),
    ]);
    expect(taken).toEqual([allow({ AWS: ['b'] })]);
  });

  it('tells what is taken the same, whoever else is taken first', () => {
    const text = policy(allow({ AWS: ['a', 'b'] }));
    const first = withoutParty(text, party('a')).left;
    expect(withoutParty(first, party('b')).taken).toEqual(withoutParty(text, party('b')).taken);
  });

  it('trusts nobody where nothing is left, and takes that back with the first statement that is added', () => {
    const statement = allow({ AWS: ['a'] });
    const { left, taken } = withoutParty(policy(statement), party('a'));
    expect(JSON.parse(left).Statement).toMatchObject([{ Effect: 'Deny' }]);
    expect(JSON.parse(withStatements(left, taken)).Statement).toEqual([statement]);
  });

  it.each(['222222222222', 'arn:aws:iam::222222222222:root'])('knows an account by %s', (name) => {
    const { taken } = withoutParty(policy(allow({ AWS: name })), party('aws:222222222222'));
    expect(taken).toHaveLength(1);
  });

  it('keeps the same party where it is trusted under another condition, and where it is denied', () => {
    const condition = { StringEquals: { 'sts:ExternalId': 'x' } };
    const deny = { ...allow({ AWS: 'a' }), Effect: 'Deny' };
    const text = policy(allow({ AWS: 'a' }), allow({ AWS: 'a' }, { Condition: condition }), deny);
    const { left, taken } = withoutParty(text, party('a', condition));
    expect(taken).toEqual([allow({ AWS: ['a'] }, { Condition: condition })]);
    expect(JSON.parse(left).Statement).toEqual([allow({ AWS: 'a' }), deny]);
  });

  it.each(['*', { AWS: '*' }])('knows everyone by %j', (principal) => {
    expect(withoutParty(policy(allow(principal)), party('*')).taken).toHaveLength(1);
  });

  it('takes a statement that trusts all but some as a whole', () => {
    const { Principal: _none, ...rest } = allow('');
    const text = policy({ ...rest, NotPrincipal: { AWS: 'a' } });
    expect(withoutParty(text, party('*', null, { AWS: 'a' })).taken).toHaveLength(1);
    expect(withoutParty(text, party('*')).taken).toEqual([]);
  });

  it.each(['', '[]', '{"Statement": 1}', '{"Statement": [{"Principal": 1}]}'])(
    'is refused where %j is its text',
    (text) => {
      expect(() => withoutParty(text, party('a'))).toThrow('the trust policy is not understood');
    },
  );
});
