import { z } from 'zod';
import { flag } from './meta.ts';

/** What of a pod or of a pod template matters: as whom it runs, and whether it gets the token. */
export interface WorkloadBody {
  /** The ServiceAccount's name; null: a mirror of a static pod, which has none. */
  readonly serviceAccount: string | null;
  /** Whether the pod itself says that the token is mounted; null: the ServiceAccount decides. */
  readonly automount: boolean | null;
  /** A volume asks for a token of its own, which no automount setting prevents. */
  readonly projectsToken: boolean;
  /** It runs no more and never will again. */
  readonly isFinished: boolean;
  /** Pods that it asks for; null: it does not count them. */
  readonly replicas: number | null;
}

const podSpec = z.object({
  serviceAccountName: z.string().nullish(),
  // The name of old: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodSpec
  serviceAccount: z.string().nullish(),
  automountServiceAccountToken: flag.nullish(),
  volumes: z
    .array(
      z.object({
        projected: z
          .object({ sources: z.array(z.object({ serviceAccountToken: z.unknown().optional() })).nullish() })
          .nullish(),
      }),
    )
    .nullish(),
});

const template = z.object({ spec: podSpec });

/** A pod: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-phase for when it is finished. */
export const podBody = z
  .object({
    metadata: z.object({ annotations: z.record(z.string(), z.unknown()).nullish() }),
    spec: podSpec,
    status: z.object({ phase: z.string().nullish() }).nullish(),
  })
  .transform(({ metadata, spec, status }): WorkloadBody => {
    const body = bodyOf(spec);
    const isFinished = status?.phase === 'Succeeded' || status?.phase === 'Failed';
    // https://kubernetes.io/docs/concepts/workloads/pods/#static-pods: they cannot refer to a ServiceAccount.
    const isMirror = metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined;
    return { ...body, isFinished, serviceAccount: isMirror ? null : body.serviceAccount };
  });

/** A Deployment, DaemonSet, StatefulSet, ReplicaSet, ReplicationController or Job. */
export const templateBody = z
  .object({
    spec: z.object({ template, replicas: z.number().nullish() }),
    status: z
      .object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })).nullish() })
      .nullish()
      .catch(null),
  })
  .transform(({ spec, status }): WorkloadBody => {
    const isFinished = (status?.conditions ?? []).some(
      ({ type, status: state }) => (type === 'Complete' || type === 'Failed') && state === 'True',
    );
    return { ...bodyOf(spec.template.spec), isFinished, replicas: spec.replicas ?? null };
  });

export const cronJobBody = z
  .object({ spec: z.object({ jobTemplate: z.object({ spec: z.object({ template }) }) }) })
  .transform(({ spec }): WorkloadBody => bodyOf(spec.jobTemplate.spec.template.spec));

function bodyOf(spec: z.output<typeof podSpec>): WorkloadBody {
  const sources = (spec.volumes ?? []).flatMap(({ projected }) => projected?.sources ?? []);
  return {
    // https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
    serviceAccount:
      [spec.serviceAccountName, spec.serviceAccount].find((name) => (name ?? '') !== '') ?? 'default',
    automount: spec.automountServiceAccountToken ?? null,
    projectsToken: sources.some(({ serviceAccountToken }) => (serviceAccountToken ?? null) !== null),
    isFinished: false,
    replicas: null,
  };
}
