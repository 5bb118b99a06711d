import { observe, type Observation } from '#model/record.ts';
import type { Kind } from '../objects/kinds.ts';
import { type Estate, objectUid } from './estate.ts';

/** The kinds that can forbid what RBAC allows: https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/. */
export const ADMISSION_KINDS = [
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
] as const satisfies readonly Kind[];

/** Admission policies and webhooks. What they forbid is theirs to say: their documents are kept as they are. */
export function* guardrailRows(estate: Estate): Generator<Observation> {
  for (const kind of ADMISSION_KINDS) {
    for (const { meta, body } of estate.objects[kind].values()) {
      yield observe('guardrails', {
        uid: objectUid(estate, kind, meta),
        system: 'kubernetes',
        scopeUid: estate.uid,
        kind: 'admission-policy',
        targetUid: estate.uid,
        roleUid: null,
        document: body.document,
        raw: { kind, name: meta.name, labels: meta.labels },
      });
    }
  }
}
