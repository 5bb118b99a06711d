/** A cluster to read live. */
export interface KubernetesTarget {
  readonly system: 'kubernetes';
  /** The cluster's name in uids; null: the context's cluster. */
  readonly name: string | null;
  /** The kubeconfig file; null: what kubectl would use. */
  readonly kubeconfig: string | null;
  /** The context; null: the current one. */
  readonly context: string | null;
  /** Read with the ServiceAccount of the pod that this runs in. */
  readonly inCluster: boolean;
  /** Read these namespaces alone; null: the whole cluster. */
  readonly namespaces: readonly string[] | null;
  /** Calls at once. */
  readonly concurrency: number;
}
