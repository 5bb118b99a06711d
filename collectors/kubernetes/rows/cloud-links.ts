import { observe, type Observation } from '#model/record.ts';
import type { Trust } from '#model/trust.ts';
import type { Uid } from '#model/system.ts';
import { entraUid, gcpMemberUid, serviceAccountUid } from '#model/uid.ts';
import type { Meta } from '../objects/meta.ts';
import { coverageOf, type Estate } from './estate.ts';

interface CloudLink {
  readonly annotation: string;
  readonly mechanism: string;
  /** The cloud identity that the annotation names; null: it names none. */
  readonly identityUid: (value: string, meta: Meta) => Uid | null;
}

const LINKS: readonly CloudLink[] = [
  {
    // https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
    annotation: 'eks.amazonaws.com/role-arn',
    mechanism: 'irsa',
    identityUid: (value) => (/^arn:[\w-]+:iam::\d{12}:role\/\S+$/u.test(value) ? value : null),
  },
  {
    // https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity
    annotation: 'iam.gke.io/gcp-service-account',
    mechanism: 'gke-workload-identity',
    identityUid: (value) =>
      /^[^\s@]+@[^\s@]+$/u.test(value) ? gcpMemberUid(`serviceAccount:${value}`) : null,
  },
  {
    // https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html
    annotation: 'azure.workload.identity/client-id',
    mechanism: 'azure-workload-identity',
    identityUid: (value, { annotations }) =>
      /^[0-9a-f-]{36}$/iu.test(value)
        ? entraUid(annotations['azure.workload.identity/tenant-id'] ?? 'unknown', 'client', value)
        : null,
  },
];

/** Which cloud identities ServiceAccounts say that they may become. Only the cloud's own side makes it true. */
export function* cloudLinkRows(estate: Estate): Generator<Observation> {
  for (const { meta, place } of estate.objects.ServiceAccount.values()) {
    for (const { annotation, mechanism, identityUid } of LINKS) {
      const value = Object.hasOwn(meta.annotations, annotation)
        ? (meta.annotations[annotation] ?? '').trim()
        : '';
      if (value === '') continue;
      const cloudUid = identityUid(value, meta);
      if (cloudUid === null) {
        const detail = `${place}: ServiceAccount ${meta.namespace}/${meta.name}: ${annotation} names no identity`;
        yield observe('coverage', coverageOf(estate, 'trusts', 'import file', 'partial', detail));
        continue;
      }
      yield observe('trusts', trustOf(estate, meta, cloudUid, mechanism, annotation));
    }
  }
}

function trustOf(
  { cluster, uid }: Estate,
  { namespace, name, annotations }: Meta,
  identityUid: Uid,
  mechanism: string,
  annotation: string,
): Trust {
  const trusted = serviceAccountUid(cluster, namespace, name);
  const [prefix = ''] = annotation.split('/');
  const related = Object.entries(annotations).filter(([key]) => key.startsWith(`${prefix}/`));
  return {
    uid: `${trusted}->${identityUid}`,
    system: 'kubernetes',
    scopeUid: uid,
    identityUid,
    trusted,
    trustedKind: 'identity',
    mechanism,
    condition: null,
    external: null,
    certainty: 'claimed',
    raw: { namespace, serviceAccount: name, annotations: Object.fromEntries(related) },
  };
}
