import type { Uid } from '#model/system.ts';
import type { Tags } from '../tags.ts';
import type { EntityReading } from './entity.ts';

/** Tag keys that name who answers for an identity, in lower case and without separators. */
const OWNER_KEYS: ReadonlyMap<string, 'team' | 'unknown'> = new Map([
  ['owner', 'unknown'],
  ['owneremail', 'unknown'],
  ['maintainedby', 'unknown'],
  ['maintainer', 'unknown'],
  ['team', 'team'],
  ['ownerteam', 'team'],
]);

/** The owners that an identity's tags declare. */
export function ownersFromTags(identityUid: Uid, tags: Tags, { scopeUid, emit }: EntityReading): void {
  for (const [key, value] of Object.entries(tags)) {
    const kind = OWNER_KEYS.get(key.toLowerCase().replaceAll(/[-_: ]/gu, ''));
    const owner = value.trim();
    if (kind === undefined || owner === '') continue;
    emit('owners', {
      system: 'aws',
      scopeUid,
      identityUid,
      owner,
      kind,
      source: `tag:${key}`,
      state: 'declared',
    });
  }
}
