import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { Instant } from '#model/system.ts';
import { flag, instantOf } from './meta.ts';

/** What of a ServiceAccount matters beside its metadata. */
export interface ServiceAccountBody {
  /** null: it does not say, and pods decide; the token is mounted where neither says no. */
  readonly automount: boolean | null;
  /** The Secrets that it lists: those that a controller made for it, in old clusters, and those that pods may mount. */
  readonly secrets: readonly string[];
}

export const serviceAccountBody = z
  .object({
    automountServiceAccountToken: flag.nullish(),
    secrets: z
      .array(z.object({ name: z.string().nullish() }))
      .nullish()
      .catch(null),
  })
  .transform(({ automountServiceAccountToken, secrets }): ServiceAccountBody => ({
    automount: automountServiceAccountToken ?? null,
    secrets: (secrets ?? []).flatMap(({ name }) => name ?? []),
  }));

/** What of a Secret is read: its type, never its values. null: metadata alone, which does not say. */
export interface SecretBody {
  readonly type: string | null;
}

export const secretBody = z
  .object({ type: z.string().nullish() })
  .transform(({ type }): SecretBody => ({ type: type ?? null }));

/** What a certificate of a CertificateSigningRequest says; the certificate is public. */
export interface Certificate {
  /** The common name, which is the user name: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#x509-client-certificates. */
  readonly user: string;
  /** The organisations, which are the groups. */
  readonly groups: readonly string[];
  readonly issuedAt: Instant | null;
  readonly expiresAt: Instant | null;
}

/** A request for a certificate, with the certificate where it was issued. */
export interface CertificateRequestBody {
  readonly signer: string | null;
  readonly certificate: Certificate | 'malformed' | null;
}

export const certificateRequestBody = z
  .object({
    spec: z.object({ signerName: z.string().nullish() }),
    status: z.object({ certificate: z.string().nullish() }).nullish(),
  })
  .transform(({ spec, status }): CertificateRequestBody => ({
    signer: spec.signerName ?? null,
    certificate: (status?.certificate ?? '') === '' ? null : readCertificate(status?.certificate ?? ''),
  }));

function readCertificate(base64: string): Certificate | 'malformed' {
  try {
    const certificate = new X509Certificate(Buffer.from(base64, 'base64'));
    // Names as they are: the text form of the subject escapes them.
    const subject = nameParts.parse(certificate.toLegacyObject().subject);
    const user = subject.CN.at(-1);
    if (user === undefined) return 'malformed';
    const { validFrom, validTo } = certificate;
    return { user, groups: subject.O, issuedAt: timeOf(validFrom), expiresAt: timeOf(validTo) };
  } catch {
    return 'malformed';
  }
}

const part = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .optional()
  .transform((parts) => parts ?? []);
const nameParts = z.object({ CN: part, O: part });

/** OpenSSL's form: `Nov 24 04:27:21 2026 GMT`. */
function timeOf(text: string): Instant | null {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? null : instantOf(time.toISOString());
}
