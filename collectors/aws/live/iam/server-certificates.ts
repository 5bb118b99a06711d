import type { Observation } from '#model/record.ts';
import type { Feed } from '#model/scope.ts';
import { parseInstant } from '../../instant.ts';
import type { AccountReading } from '../account.ts';
import { listOf, textOf } from '../parts.ts';

const FEEDS: readonly Feed[] = ['credentials'];
const LIST = 'iam:ListServerCertificates';

/**
 * Yields the certificates that IAM keeps for load balancers and the like, with their ends; the private keys never leave
 * IAM. They prove to be a server, which is no identity of the account: each stands for itself.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ServerCertificateMetadata.html
 */
export async function* readServerCertificates(
  account: AccountReading,
): AsyncGenerator<readonly Observation[]> {
  for await (const page of account.pages(FEEDS, LIST, {})) {
    for (const certificate of listOf(page, 'ServerCertificateMetadataList')) {
      const uid = textOf(certificate, 'Arn');
      if (uid === null) {
        account.lost(FEEDS, LIST, 'ServerCertificateMetadataList: expected ARNs');
        continue;
      }
      account.intake.rows.emit('credentials', {
        uid,
        system: 'aws',
        scopeUid: account.scopeUid,
        identityUid: uid,
        kind: 'server-certificate',
        name: textOf(certificate, 'ServerCertificateName') ?? uid,
        enabled: true,
        createdAt: parseInstant(certificate['UploadDate']),
        expiresAt: parseInstant(certificate['Expiration']),
        lastUsedAt: null,
        lastUsedEvidence: 'none',
        raw: null,
      });
    }
    const rows = account.intake.rows.take();
    if (rows !== null) yield rows;
  }
}
