import type { Grant } from '#model/grant.ts';
import { observe, type Observation } from '#model/record.ts';
import type { Uid } from '#model/system.ts';
import { clusterBindingUid, clusterRoleUid } from '#model/uid.ts';
import type { KubernetesObject } from '../objects/parse-object.ts';
import type { BindingBody, SubjectBody } from '../objects/rbac.ts';
import { coverageOf, type Estate, scopeOf } from './estate.ts';
import { principalOf, SUBJECT_KINDS } from './subjects.ts';

type BindingObject = KubernetesObject<BindingBody>;

/** A grant for each subject of each binding, whether the subject and the role exist or not. */
export function* grantRows(estate: Estate): Generator<Observation> {
  for (const binding of estate.objects.ClusterRoleBinding.values()) yield* bindingRows(estate, binding);
  for (const binding of estate.objects.RoleBinding.values()) yield* bindingRows(estate, binding);
}

function* bindingRows(estate: Estate, { meta, body, place }: BindingObject): Generator<Observation> {
  const namespace = meta.namespace === '' ? undefined : meta.namespace;
  const uid = clusterBindingUid(estate.cluster, meta.name, namespace);
  const title =
    namespace === undefined ? `ClusterRoleBinding ${meta.name}` : `RoleBinding ${namespace}/${meta.name}`;
  const gap = (detail: string): Observation =>
    observe(
      'coverage',
      coverageOf(estate, 'grants', 'import file', 'partial', `${place}: ${title}: ${detail}`),
    );
  const [malformed] = body.malformed;
  if (malformed !== undefined) {
    yield gap(`${body.malformed.length} subjects have no kind or no name, the first is subject ${malformed}`);
  }
  const strange = body.subjects.filter(({ kind }) => !SUBJECT_KINDS.has(kind));
  if (strange[0] !== undefined) {
    const kind = JSON.stringify(strange[0].kind);
    yield gap(`${strange.length} subjects are of kinds that RBAC does not know, the first of ${kind}`);
  }

  const seen = new Set<string>();
  for (const subject of body.subjects) {
    const principal = principalOf(estate.cluster, subject, meta.namespace);
    if (principal === null) continue;
    if (seen.has(principal.key)) continue;
    seen.add(principal.key);
    if (isNobody(subject, meta.namespace)) {
      yield observe('coverage', nobodyNote(estate, `${place}: ${title}: ${subject.name}`));
    }
    yield observe('grants', {
      uid: `${uid}#${principal.key}`,
      system: 'kubernetes',
      scopeUid: scopeOf(estate, meta),
      principalUid: principal.uid,
      principalKind: principal.kind,
      roleUid: roleUidOf(estate, body, meta.namespace),
      kind: namespace === undefined ? 'cluster-role-binding' : 'role-binding',
      state: 'active',
      condition: null,
      resourceUid: null,
      createdAt: meta.createdAt,
      raw: {
        binding: meta.name,
        roleRef: body.roleRef.raw,
        subject: subject.raw,
        namespace: namespace ?? null,
      },
    } satisfies Grant);
  }
}

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding */
function roleUidOf({ cluster }: Estate, { roleRef }: BindingBody, namespace: string): Uid {
  // A Role is looked up in the binding's own namespace: a ClusterRoleBinding finds none.
  return clusterRoleUid(cluster, roleRef.name, roleRef.kind === 'Role' ? namespace : undefined);
}

function isNobody({ kind, namespace }: SubjectBody, bindingNamespace: string): boolean {
  return kind === 'ServiceAccount' && (namespace ?? '') === '' && bindingNamespace === '';
}

/** It grants nothing, so nothing is missing: a note, not a gap. */
function nobodyNote(estate: Estate, subject: string): ReturnType<typeof coverageOf> {
  const detail = `${subject}: a ServiceAccount without a namespace, which in a ClusterRoleBinding is nobody`;
  return coverageOf(estate, null, 'import file', 'complete', detail);
}
