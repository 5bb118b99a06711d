import type { Workload } from '#model/owner.ts';
import { observe, type Observation } from '#model/record.ts';
import type { Uid } from '#model/system.ts';
import { serviceAccountUid } from '#model/uid.ts';
import type { Kind } from '../objects/kinds.ts';
import type { Meta } from '../objects/meta.ts';
import type { KubernetesObject } from '../objects/parse-object.ts';
import type { WorkloadBody } from '../objects/workload.ts';
import { environmentIn, type Estate, objectUid, scopeOf } from './estate.ts';

/** What runs, or may run, as which ServiceAccount. */
export interface WorkloadIndex {
  readonly rows: readonly Workload[];
  /** The workloads that get the token of the account `namespace/name`, sorted; `automount` is what the account says. */
  readonly mountedBy: (account: string, automount: boolean | null) => readonly Uid[];
}

/** From the outside in: a pod belongs to a Job, and that to a CronJob. */
const KINDS_OF_WORKLOADS = {
  CronJob: 'cron-job',
  Deployment: 'deployment',
  DaemonSet: 'daemon-set',
  StatefulSet: 'stateful-set',
  ReplicationController: 'replication-controller',
  ReplicaSet: 'replica-set',
  Job: 'job',
  Pod: 'pod',
} as const satisfies Partial<Record<Kind, string>>;

type WorkloadKind = keyof typeof KINDS_OF_WORKLOADS;

/**
 * A workload is what nothing else made: pods and ReplicaSets count as the Deployment that they belong to. A pod that runs
 * as another ServiceAccount than its owner asks for by now is a workload of its own. What has finished runs no more.
 */
export function indexWorkloads(estate: Estate): WorkloadIndex {
  const rows = new Map<Uid, Workload>();
  const templates = new Map<string, { uid: Uid; body: WorkloadBody }[]>();
  // The keys of the table are its kinds.
  for (const kind of Object.keys(KINDS_OF_WORKLOADS) as WorkloadKind[]) {
    for (const { meta, body } of estate.objects[kind].values()) {
      if (body.serviceAccount === null || body.isFinished) continue;
      // The controller keeps old ReplicaSets without pods for rolling back.
      if (kind === 'ReplicaSet' && meta.controller !== null && body.replicas === 0) continue;
      const top = topOf(estate, kind, meta);
      const identityUid = serviceAccountUid(estate.cluster, meta.namespace, body.serviceAccount);
      const known = rows.get(objectUid(estate, top.kind, top.meta));
      const isOwn = known !== undefined && known.identityUid !== identityUid;
      const { kind: rowKind, meta: rowMeta } = isOwn ? { kind, meta } : top;
      const uid = objectUid(estate, rowKind, rowMeta);
      if (!rows.has(uid)) {
        rows.set(uid, {
          uid,
          system: 'kubernetes',
          scopeUid: scopeOf(estate, meta),
          identityUid,
          kind: KINDS_OF_WORKLOADS[rowKind],
          name: rowMeta.name,
          environment: environmentIn(estate, meta),
        });
      }
      const account = `${meta.namespace}/${body.serviceAccount}`;
      const others = templates.get(account);
      if (others === undefined) templates.set(account, [{ uid, body }]);
      else others.push({ uid, body });
    }
  }
  return {
    rows: [...rows.values()],
    mountedBy: (account, automount) => {
      const mounting = (templates.get(account) ?? []).filter(({ body }) => mounts(body, automount));
      return [...new Set(mounting.map(({ uid }) => uid))].toSorted();
    },
  };
}

/** The rows of the index as observations. */
export function* workloadRows({ rows }: WorkloadIndex): Generator<Observation> {
  for (const row of rows) yield observe('workloads', row);
}

/**
 * The pod has the last word, and the token is mounted where nobody says no
 * (https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting).
 */
function mounts(body: WorkloadBody, automount: boolean | null): boolean {
  return body.projectsToken || (body.automount ?? automount ?? true);
}

/** Owners are followed as far as they are known; the last one counts by its name alone. */
function topOf(estate: Estate, kind: WorkloadKind, meta: Meta): { kind: WorkloadKind; meta: Meta } {
  let top = { kind, meta };
  // More than a CronJob, its Job and the pod of that there is not.
  for (let step = 0; step < 4; step++) {
    const { controller } = top.meta;
    if (controller === null || !isWorkload(controller.kind)) return top;
    const owner: KubernetesObject<WorkloadBody> | undefined = estate.objects[controller.kind].get(
      `${meta.namespace}/${controller.name}`,
    );
    top = {
      kind: controller.kind,
      meta: owner?.meta ?? { ...top.meta, name: controller.name, controller: null },
    };
  }
  return top;
}

function isWorkload(kind: string): kind is WorkloadKind {
  return Object.hasOwn(KINDS_OF_WORKLOADS, kind);
}
