import type { Observation } from '#model/record.ts';
import type { Feed } from '#model/scope.ts';
import { parseInstant } from '../../instant.ts';
import type { AccountReading } from '../account.ts';
import { listOf, partOf, textOf, textsOf } from '../parts.ts';
import type { Reply } from '../session.ts';
import { holderRows, WORKLOADS } from './holders.ts';

const TRUSTS: readonly Feed[] = ['trusts'];
const SUBJECTS: readonly Feed[] = ['identities', 'usages'];

/**
 * Yields what of Roles Anywhere gives roles to holders of X.509 certificates: who vouches for them, which roles they can
 * have, and who came.
 * https://docs.aws.amazon.com/rolesanywhere/latest/userguide/introduction.html
 */
export async function* readRolesAnywhere(
  account: AccountReading,
  region: string,
): AsyncGenerator<readonly Observation[]> {
  const { rows } = account.intake;
  for await (const page of account.pages(TRUSTS, 'rolesanywhere:ListTrustAnchors', {}, { region })) {
    for (const anchor of listOf(page, 'trustAnchors')) {
      const uid = textOf(anchor, 'trustAnchorArn');
      if (uid === null) {
        account.lost(TRUSTS, 'rolesanywhere:ListTrustAnchors', 'trustAnchors: expected ARNs');
        continue;
      }
      rows.emit('scopes', {
        uid,
        system: 'aws',
        kind: 'federation-provider',
        name: textOf(anchor, 'name') ?? uid,
        parentUid: account.scopeUid,
        environment: null,
        tags: {},
        raw: {
          enabled: anchor['enabled'] === true,
          sourceType: textOf(partOf(anchor, 'source'), 'sourceType'),
        },
      });
    }
  }
  for await (const page of account.pages(WORKLOADS, 'rolesanywhere:ListProfiles', {}, { region })) {
    for (const profile of listOf(page, 'profiles')) {
      const roles = textsOf(profile, 'roleArns').map(
        (role, at) => [at === 0 ? '' : String(at + 1), role] as const,
      );
      holderRows(account, 'rolesanywhere:ListProfiles', {
        arn: textOf(profile, 'profileArn'),
        name: textOf(profile, 'name'),
        kind: 'roles-anywhere-profile',
        roles: Object.fromEntries(roles),
      });
    }
  }
  for await (const page of account.pages(SUBJECTS, 'rolesanywhere:ListSubjects', {}, { region })) {
    for (const subject of listOf(page, 'subjects')) subjectRows(account, subject);
    const taken = rows.take();
    if (taken !== null) yield taken;
  }
}

function subjectRows(account: AccountReading, subject: Reply): void {
  const { rows } = account.intake;
  const { scopeUid } = account;
  const uid = textOf(subject, 'subjectArn');
  if (uid === null) return account.lost(SUBJECTS, 'rolesanywhere:ListSubjects', 'subjects: expected ARNs');
  const { enabled, createdAt, lastSeenAt } = subject;
  rows.emit('identities', {
    uid,
    system: 'aws',
    scopeUid,
    kind: 'roles-anywhere-subject',
    name: textOf(subject, 'x509Subject') ?? uid,
    class: 'non-human',
    classReason: 'a certificate that Roles Anywhere has seen',
    managedBy: 'customer',
    enabled: typeof enabled === 'boolean' ? enabled : null,
    createdAt: parseInstant(createdAt),
    tags: {},
    environment: null,
    providerId: textOf(subject, 'subjectId'),
    raw: null,
  });
  rows.emit('usages', {
    system: 'aws',
    scopeUid,
    identityUid: uid,
    credentialUid: null,
    subject: 'identity',
    permission: null,
    lastUsedAt: parseInstant(lastSeenAt),
    windowStart: null,
    windowEnd: account.context.asOf,
    source: 'aws:roles-anywhere-subject',
    blindSpots: [],
  });
}
