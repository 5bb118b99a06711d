import { observe, type Observation } from '#model/record.ts';
import { keyOf } from '../objects/inventory.ts';
import type { Certificate, CertificateRequestBody } from '../objects/credential.ts';
import type { KubernetesObject } from '../objects/parse-object.ts';
import { coverageOf, type Estate, objectUid } from './estate.ts';
import { userUid } from './subjects.ts';

/** A client certificate that the cluster issued. */
export interface IssuedCertificate {
  readonly request: KubernetesObject<CertificateRequestBody>;
  readonly certificate: Certificate;
}

/** https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#kubernetes-signers */
const CLIENT_SIGNERS = new Set([
  'kubernetes.io/kube-apiserver-client',
  'kubernetes.io/kube-apiserver-client-kubelet',
]);

/** The certificates with which somebody signs in, of those whose requests are still there. */
export function* certificatesOf({ objects }: Estate): Generator<IssuedCertificate> {
  for (const request of objects.CertificateSigningRequest.values()) {
    const { signer, certificate } = request.body;
    if (certificate === null || certificate === 'malformed' || !CLIENT_SIGNERS.has(signer ?? '')) continue;
    yield { request, certificate };
  }
}

/** A credential for each client certificate: of the user that it names, whoever asked for it. */
export function* certificateRows(estate: Estate): Generator<Observation> {
  for (const { request, certificate } of certificatesOf(estate)) {
    const { meta, body } = request;
    yield observe('credentials', {
      uid: objectUid(estate, 'CertificateSigningRequest', meta),
      system: 'kubernetes',
      scopeUid: estate.uid,
      identityUid: userUid(estate.cluster, certificate.user),
      kind: 'client-certificate',
      name: meta.name,
      // https://kubernetes.io/docs/concepts/security/hardening-guide/authentication-mechanisms/#x509-client-certificate-authentication: it cannot be revoked.
      enabled: certificate.expiresAt === null ? null : certificate.expiresAt > estate.asOf,
      createdAt: certificate.issuedAt,
      expiresAt: certificate.expiresAt,
      lastUsedAt: null,
      lastUsedEvidence: 'none',
      raw: { signer: body.signer, groups: certificate.groups },
    });
  }
  for (const request of estate.objects.CertificateSigningRequest.values()) {
    if (request.body.certificate !== 'malformed') continue;
    const detail = `${request.place}: CertificateSigningRequest ${keyOf(request)}: its certificate cannot be read`;
    yield observe('coverage', coverageOf(estate, 'credentials', 'import file', 'partial', detail));
  }
}
