import type { Owner } from '#model/owner.ts';
import { observe, type Observation } from '#model/record.ts';
import { serviceAccountUid } from '#model/uid.ts';
import type { Estate } from './estate.ts';

/** Keys under which people write who answers for something, without their prefix. */
const KEYS: ReadonlyMap<string, Owner['kind']> = new Map([
  ['owner', 'unknown'],
  ['owned-by', 'unknown'],
  ['maintained-by', 'unknown'],
  ['contact', 'unknown'],
  ['team', 'team'],
  ['owner-team', 'team'],
]);

/**
 * Owners of ServiceAccounts beside those that their labels name, which are tags like any other: their annotations
 * declare them, the labels and annotations of their namespace suggest them where they say nothing themselves.
 */
export function* ownerRows(estate: Estate): Generator<Observation> {
  for (const { meta } of estate.objects.ServiceAccount.values()) {
    const identityUid = serviceAccountUid(estate.cluster, meta.namespace, meta.name);
    const declared = named(meta.annotations, 'annotation', 'declared');
    const isSilent = declared.length === 0 && named(meta.labels, 'label', 'declared').length === 0;
    const owners = isSilent ? suggested(estate, meta.namespace) : declared;
    for (const owner of owners) {
      yield observe('owners', { ...owner, system: 'kubernetes', scopeUid: estate.uid, identityUid });
    }
  }
}

type Named = Pick<Owner, 'owner' | 'kind' | 'source' | 'state'>;

function suggested({ objects }: Estate, namespace: string): Named[] {
  const meta = objects.Namespace.get(namespace)?.meta;
  return [
    ...named(meta?.labels ?? {}, 'namespace-label', 'inferred'),
    ...named(meta?.annotations ?? {}, 'namespace-annotation', 'inferred'),
  ];
}

function named(values: Readonly<Record<string, string>>, from: string, state: Owner['state']): Named[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const kind = KEYS.get(key.slice(key.lastIndexOf('/') + 1).toLowerCase());
    const owner = value.trim();
    return kind === undefined || owner === '' ? [] : [{ owner, kind, source: `${from}:${key}`, state }];
  });
}
