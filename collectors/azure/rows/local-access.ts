import { observe, type Observation } from '#model/record.ts';
import { keyedKind } from '../keyed-kinds.ts';
import { flattened, instantOf, objectOf, textOf, type Fields } from '../files/fields.ts';
import type { Knowledge } from './knowledge.ts';

/** A resource whose keys let in, as an identity with those keys; nothing where it has turned them off. */
export function* keyedResource(raw: Fields, known: Knowledge): Generator<Observation> {
  const fields = flattened(raw);
  const id = textOf(fields, 'id')?.toLowerCase();
  const scopeUid = /^\/subscriptions\/[^/]+/u.exec(id ?? '')?.[0];
  const kind = keyedKind(textOf(raw, 'type') ?? '');
  if (id === undefined || scopeUid === undefined || kind === null || !kind.isOpen(fields)) return;
  const uid = `${id}/local-access`;
  const home = { system: 'azure', scopeUid } as const;
  yield observe('identities', {
    ...home,
    ...known.tagsOf(id),
    uid,
    kind: 'local-access',
    name: textOf(fields, 'name') ?? id,
    class: 'non-human',
    classReason: `whoever has a key of this ${textOf(raw, 'type') ?? 'resource'} is let in without an identity of Entra`,
    managedBy: 'customer',
    enabled: true,
    createdAt: instantOf(fields, 'creationTime'),
    providerId: null,
    raw,
  });
  const made = objectOf(fields['keyCreationTime']);
  for (const name of kind.names) {
    yield observe('credentials', {
      ...home,
      uid: `${uid}/${name}`,
      identityUid: uid,
      kind: kind.credential,
      name,
      enabled: true,
      createdAt: made === null ? null : instantOf(made, name),
      expiresAt: null,
      lastUsedAt: null,
      lastUsedEvidence: 'none',
      raw: null,
    });
  }
}
