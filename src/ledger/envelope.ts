import { sign, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { Json } from '#model/system.ts';
import { canonicalText } from './canonical.ts';
import { keyIdOf } from './keys.ts';

/** An in-toto Statement: something is said of things that are named by their digests. */
export interface Statement {
  readonly _type: 'https://in-toto.io/Statement/v1';
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
  readonly predicateType: string;
  readonly predicate: { readonly [key: string]: Json };
}

/** A DSSE envelope: a payload with signatures over it and its type. https://github.com/secure-systems-lab/dsse */
export interface Envelope {
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/** Signs a statement with Ed25519. */
export function signStatement(statement: Statement, key: KeyObject): Envelope {
  const payload = Buffer.from(canonicalText({ ...statement, subject: [...statement.subject] }));
  const sig = sign(null, preAuthentication(payload), key).toString('base64');
  return {
    payload: payload.toString('base64'),
    payloadType: PAYLOAD_TYPE,
    signatures: [{ keyid: keyIdOf(key), sig }],
  };
}

const envelopeSchema = z.object({
  payload: z.base64(),
  payloadType: z.literal(PAYLOAD_TYPE),
  signatures: z.array(z.object({ keyid: z.string(), sig: z.base64() })).min(1),
});

const statementSchema = z.object({
  _type: z.literal('https://in-toto.io/Statement/v1'),
  subject: z.array(z.object({ name: z.string(), digest: z.object({ sha256: z.string() }) })),
  predicateType: z.string(),
  predicate: z.record(z.string(), z.json()),
});

/** The statement in an envelope that the key signed; null where it is none or the key did not sign it. */
export function verifyEnvelope(envelope: unknown, publicKey: KeyObject): Statement | null {
  const parsed = envelopeSchema.safeParse(envelope);
  if (!parsed.success) return null;
  const payload = Buffer.from(parsed.data.payload, 'base64');
  const signed = parsed.data.signatures.some(({ sig }) =>
    verify(null, preAuthentication(payload), publicKey, Buffer.from(sig, 'base64')),
  );
  if (!signed) return null;
  const statement = statementSchema.safeParse(JSON.parse(payload.toString('utf8')));
  return statement.success ? statement.data : null;
}

/** PAE of DSSE v1: what is signed is the type and the payload, each with its length. */
function preAuthentication(payload: Buffer): Buffer {
  const type = Buffer.from(PAYLOAD_TYPE);
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${type.length} `),
    type,
    Buffer.from(` ${payload.length} `),
    payload,
  ]);
}
