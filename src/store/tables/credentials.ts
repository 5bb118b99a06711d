import type { Credential } from '#model/credential.ts';
import type { Usage } from '#model/usage.ts';
import { json, list, optionalFlag, optionalText, optionalTime, text } from '../columns.ts';
import type { Table } from './table.ts';

export const credentials: Table<Credential> = {
  about: 'What proves to be an identity: keys, passwords, certificates, tokens. Never a secret value.',
  feed: 'credentials',
  columns: {
    uid: text('Names the credential in every snapshot.'),
    system: text('`aws`, `azure`, `gcp` or `kubernetes`.'),
    scopeUid: text('The scope of its identity (`scopes.uid`).'),
    identityUid: text('Whom it proves to be (`identities.uid`).'),
    kind: text(
      '`access-key`, `console-password`, `signing-certificate`, `service-account-token`, `client-secret`, …',
    ),
    name: text('The key id, certificate id or Secret name: never the secret.'),
    enabled: optionalFlag('Whether it can be used; NULL where the system did not say.'),
    createdAt: optionalTime('When it was made or last rotated; NULL where not known.'),
    expiresAt: optionalTime('When it stops working; NULL where it never does or the system did not say.'),
    lastUsedAt: optionalTime('When it was last used; what NULL means stands in `last_used_evidence`.'),
    lastUsedEvidence: text(
      '`used`: measured. `never`: its use is tracked and none was seen. `not-in-window`: none in the window that the source looked at, older use is possible. `none`: no source was read.',
    ),
    raw: json('What the provider said about it, as it said it.'),
  },
};

export const usages: Table<Usage> = {
  about:
    'What each source says about use. A NULL `last_used_at` says only that no use was seen in the window; `identity_usage` sums up.',
  feed: 'usages',
  columns: {
    system: text('`aws`, `azure`, `gcp` or `kubernetes`.'),
    scopeUid: text('The scope of the identity (`scopes.uid`).'),
    identityUid: text('Whose use (`identities.uid`).'),
    credentialUid: optionalText(
      'Which credential was used (`credentials.uid`); NULL where the source does not tell.',
    ),
    subject: text('What was measured: `identity`, `credential` or `permission`.'),
    permission: optionalText(
      'The service or permission (`s3`, `s3:GetObject`) where subject is `permission`, else NULL.',
    ),
    lastUsedAt: optionalTime('The last use seen; NULL: none seen in the window.'),
    windowStart: optionalTime('From when on the source looked; NULL where it does not say.'),
    windowEnd: optionalTime('Until when the source looked; NULL where it does not say.'),
    source: text('`aws:role-last-used`, `aws:credential-report`, `aws:service-last-accessed`, …'),
    blindSpots: list('What the source cannot see, in a few words each.'),
  },
};
