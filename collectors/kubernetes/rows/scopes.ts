import { observe, type Observation } from '#model/record.ts';
import { namespaceUid } from '#model/uid.ts';
import { environmentOf } from '#collectors/shared/environment.ts';
import { KINDS, type Kind } from '../objects/kinds.ts';
import type { Estate } from './estate.ts';

/** The cluster and its namespaces, those too that only their objects show. */
export function* scopeRows(estate: Estate): Generator<Observation> {
  const { cluster, uid, facts, objects } = estate;
  yield observe('scopes', {
    uid,
    system: 'kubernetes',
    kind: 'cluster',
    name: cluster,
    parentUid: null,
    environment: null,
    // What joins the cluster to the clouds that trust it.
    tags: facts.issuer === null ? {} : { 'oidc-issuer': facts.issuer },
    raw: {
      version: facts.version,
      arn: facts.arn,
      authenticationMode: facts.authenticationMode,
      // The customary id of a cluster: its kube-system namespace is as old as itself.
      kubeSystemUid: objects.Namespace.get('kube-system')?.meta.uid ?? null,
    },
  });
  for (const name of namespaceNames(estate)) {
    const meta = objects.Namespace.get(name)?.meta;
    yield observe('scopes', {
      uid: namespaceUid(cluster, name),
      system: 'kubernetes',
      kind: 'namespace',
      name,
      parentUid: uid,
      environment: environmentOf(meta?.labels ?? {}),
      tags: meta?.labels ?? {},
      raw: { uid: meta?.uid ?? null, isNamedOnly: meta === undefined },
    });
  }
}

function namespaceNames({ objects }: Estate): string[] {
  const names = new Set(objects.Namespace.keys());
  // The keys of KINDS are its kinds.
  for (const kind of Object.keys(KINDS) as Kind[]) {
    for (const { meta } of objects[kind].values()) if (meta.namespace !== '') names.add(meta.namespace);
  }
  return [...names].toSorted();
}
