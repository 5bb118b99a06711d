import type { Credential, LastUsedEvidence } from '#model/credential.ts';
import type { Instant, Uid } from '#model/system.ts';
import type { Usage } from '#model/usage.ts';
import { latest } from '../instant.ts';
import type { UserEvidence, ReportedKey, ReportedUser } from './evidence.ts';
import { joinKeys } from './join-keys.ts';

/** The credentials of one user with what is known of their use. */
export interface CredentialRows {
  readonly credentials: readonly Credential[];
  readonly usages: readonly Usage[];
  /** What does not fit together. */
  readonly problems: readonly string[];
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyLastUsed.html */
const KEYS_TRACKED_SINCE: Instant = '2015-04-22T00:00:00.000Z';
/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_User.html */
const PASSWORDS_TRACKED_SINCE: Instant = '2014-10-20T00:00:00.000Z';

const SOURCE = 'aws:credential-report';
const BLIND_SPOTS = [
  'up to four hours before the report',
  'sessions made with a key',
  'credentials for single services',
];

/** The rows of a user (or the root user) that `evidence` tells of. */
export function credentialRows(
  user: Uid,
  scopeUid: Uid,
  { report, keys }: UserEvidence,
  asOf: Instant,
): CredentialRows {
  const shared = { system: 'aws', scopeUid, identityUid: user } as const;
  const credentials: Credential[] = [];
  const usages: Usage[] = [];
  const windowEnd = report?.reportedAt ?? asOf;

  function use(
    credentialUid: Uid | null,
    lastUsedAt: Instant | null,
    windowStart: Instant,
    source = SOURCE,
  ): void {
    const subject = credentialUid === null ? 'identity' : 'credential';
    const blindSpots = credentialUid === null ? BLIND_SPOTS : BLIND_SPOTS.slice(0, 2);
    const what = { credentialUid, subject, permission: null } as const;
    usages.push({ ...shared, ...what, lastUsedAt, windowStart, windowEnd, source, blindSpots });
  }

  const { password } = report ?? {};
  if (report && password) {
    const uid = `${user}/console-password`;
    credentials.push({
      ...shared,
      uid,
      kind: 'console-password',
      name: 'console password',
      enabled: password.enabled,
      createdAt: password.changedAt,
      expiresAt: password.nextRotationAt,
      lastUsedAt: password.lastUsedAt,
      lastUsedEvidence: evidenceOf(password.lastUsedAt, password.changedAt, PASSWORDS_TRACKED_SINCE),
      raw: { mfa_active: report.hasMfa },
    });
    use(uid, password.lastUsedAt, PASSWORDS_TRACKED_SINCE);
  }

  const joined = joinKeys(report, keys);
  for (const { name, active, createdAt, reported, lastUse } of joined.keys) {
    const uid = `${user}/access-key/${name}`;
    const measured = reported !== null || lastUse !== null;
    const lastUsedAt = latest([reported?.lastUsedAt ?? null, lastUse?.lastUsedAt ?? null]);
    credentials.push({
      ...shared,
      uid,
      kind: 'access-key',
      name,
      enabled: active,
      createdAt,
      expiresAt: null,
      lastUsedAt,
      lastUsedEvidence: measured ? evidenceOf(lastUsedAt, createdAt, KEYS_TRACKED_SINCE) : 'none',
      raw: lastUsedWith(reported, lastUse),
    });
    if (measured)
      use(uid, lastUsedAt, KEYS_TRACKED_SINCE, reported === null ? 'aws:access-key-last-used' : SOURCE);
  }

  (report?.certificates ?? []).forEach((certificate, slot) => {
    if (certificate === null) return;
    credentials.push({
      ...shared,
      uid: `${user}/signing-certificate/${slot + 1}`,
      kind: 'signing-certificate',
      name: `signing certificate ${slot + 1}`,
      enabled: certificate.active,
      createdAt: certificate.rotatedAt,
      expiresAt: null,
      lastUsedAt: null,
      lastUsedEvidence: 'none',
      raw: null,
    });
  });

  // Any use of a credential in the report is a use of the user.
  if (report) use(null, latest(usages.map(({ lastUsedAt }) => lastUsedAt)), KEYS_TRACKED_SINCE);
  return { credentials, usages, problems: joined.problems };
}

/** Whether any credential of a user still works; null: not known, or there is none that could be switched off. */
export function isEnabled({ report, keys }: UserEvidence): boolean | null {
  const states = [...(report === null ? [] : switches(report)), ...(keys ?? []).map(({ active }) => active)];
  if (states.includes(true)) return true;
  return report === null || states.length === 0 ? null : false;
}

function switches({ password, keys, certificates }: ReportedUser): boolean[] {
  return [
    ...(password === null ? [] : [true]),
    ...[...keys, ...certificates].flatMap((one) => one?.active ?? []),
  ];
}

/** What it means that no use is on record: never, for what was made after tracking began. */
function evidenceOf(
  lastUsedAt: Instant | null,
  madeAt: Instant | null,
  trackedSince: Instant,
): LastUsedEvidence {
  if (lastUsedAt !== null) return 'used';
  return madeAt !== null && madeAt >= trackedSince ? 'never' : 'not-in-window';
}

function lastUsedWith(
  reported: ReportedKey | null,
  lastUse: { readonly region: string | null; readonly service: string | null } | null,
): Credential['raw'] {
  const region = reported?.lastUsedRegion ?? lastUse?.region ?? null;
  const service = reported?.lastUsedService ?? lastUse?.service ?? null;
  return region === null && service === null
    ? null
    : { last_used_region: region, last_used_service: service };
}
