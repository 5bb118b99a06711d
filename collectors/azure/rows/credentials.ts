import { observe, type Observation } from '#model/record.ts';
import { instantOf, listOf, textOf, type Fields } from '../files/fields.ts';
import type { Knowledge } from './knowledge.ts';

/** The secrets and certificates of an application or service principal, without their values. */
export function* credentials(raw: Fields, identityUid: string, known: Knowledge): Generator<Observation> {
  for (const [list, kind] of [
    ['passwordCredentials', 'client-secret'],
    ['keyCredentials', 'certificate'],
  ] as const) {
    for (const { secretText: _secret, key: _key, ...described } of listOf(raw, list)) {
      const keyId = textOf(described, 'keyId');
      if (keyId === null) continue;
      const uid = `${identityUid}/${kind}/${keyId}`.toLowerCase();
      const lastUsedAt = known.lastUses.get(uid) ?? null;
      yield observe('credentials', {
        ...known.home,
        uid,
        identityUid,
        kind,
        name: textOf(described, 'displayName') ?? keyId,
        enabled: null,
        createdAt: instantOf(described, 'startDateTime'),
        expiresAt: instantOf(described, 'endDateTime'),
        lastUsedAt,
        lastUsedEvidence: lastUsedAt === null ? 'none' : 'used',
        raw: described,
      });
    }
  }
}
