import { createHmac } from 'node:crypto';

/**
 * The headers that let a receiver tell who sent a message, that nobody changed it, and when: those of Standard Webhooks
 * (https://www.standardwebhooks.com), for which receivers have libraries. The signature is HMAC-SHA256 over
 * `id.timestamp.body`; without a secret there is none.
 */
export function signedHeaders(
  id: string,
  body: string,
  now: number,
  secret: string | null,
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp };
  if (secret === null) return headers;
  const mac = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { ...headers, 'webhook-signature': `v1,${mac}` };
}

/** `whsec_` and base64, as the standard writes secrets; any other text is its own bytes. */
function keyOf(secret: string): Buffer {
  const encoded = /^whsec_(?<key>[A-Za-z\d+/]+={0,2})$/u.exec(secret)?.groups?.['key'];
  return encoded === undefined ? Buffer.from(secret, 'utf8') : Buffer.from(encoded, 'base64');
}
