import { z } from 'zod';

/** The `kubernetes` entries of `targets`. */
export const kubernetesTargetSchema = z.strictObject({
  system: z.literal('kubernetes'),
  name: z.string().min(1).nullable().default(null).describe("The cluster's name; left out: the context's."),
  kubeconfig: z.string().min(1).nullable().default(null).describe('Left out: what kubectl would use.'),
  context: z.string().min(1).nullable().default(null).describe('Left out: the current context.'),
  inCluster: z.boolean().default(false).describe("Read with the pod's own ServiceAccount."),
  namespaces: z
    .array(z.string().min(1))
    .min(1)
    .nullable()
    .default(null)
    .describe('Only these namespaces; left out: the whole cluster.'),
  concurrency: z.int().min(1).max(64).default(8).describe('Calls at once.'),
});
