import { createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalDigest, canonicalText } from '#ledger/canonical.ts';
import { signStatement, verifyEnvelope, type Statement } from '#ledger/envelope.ts';
import { newKey } from './ledger-for-test.ts';

const statement: Statement = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'plan.json', digest: { sha256: 'a'.repeat(64) } }],
  predicateType: 'https://example.org/verdict/v1',
  predicate: { verdict: 'proved', systems: ['aws', 'kubernetes'] },
};

describe('an envelope', () => {
  it('gives the statement back to whoever has the public key', () => {
    const key = newKey();
    expect(verifyEnvelope(signStatement(statement, key), createPublicKey(key))).toEqual(statement);
  });

  it('gives nothing for another key, another type or a changed payload', () => {
    const key = newKey();
    const publicKey = createPublicKey(key);
    const signed = signStatement(statement, key);
    expect(verifyEnvelope(signed, createPublicKey(newKey()))).toBeNull();
    expect(verifyEnvelope({ ...signed, payloadType: 'text/plain' }, publicKey)).toBeNull();
    const payload = Buffer.from(JSON.stringify({ ...statement, predicate: {} })).toString('base64');
    expect(verifyEnvelope({ ...signed, payload }, publicKey)).toBeNull();
    expect(verifyEnvelope(null, publicKey)).toBeNull();
  });
});

describe('canonical JSON', () => {
  it('writes the examples of RFC 8785 as it does', () => {
    const value = { numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 1e-27], string: '€$\u000F\nA\'B"\\\\"/' };
    expect(canonicalText(value)).toBe(
      String.raw`{"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('has one digest for one value, in whatever order its keys are', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed());
        expect(canonicalDigest(reversed as never)).toBe(canonicalDigest(value as never));
      }),
    );
  });
});
