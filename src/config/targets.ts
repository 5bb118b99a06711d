import { z } from 'zod';
import type { Target } from '#model/target.ts';
import { awsTargetSchema } from './targets/aws.ts';
import { azureTargetSchema } from './targets/azure.ts';
import { gcpTargetSchema } from './targets/gcp.ts';
import { kubernetesTargetSchema } from './targets/kubernetes.ts';

// What the schemas give is what collectors take.
const targetSchema = z.discriminatedUnion('system', [
  awsTargetSchema,
  azureTargetSchema,
  gcpTargetSchema,
  kubernetesTargetSchema,
]) satisfies z.ZodType<Target>;

/** A target with nothing set: what is read where the configuration does not name one. */
export function defaultTarget(system: Target['system']): Target {
  return targetSchema.parse({ system });
}

/** Systems to read live, in order. */
export const targetsSchema = z
  .array(targetSchema)
  .default([])
  .describe('Systems that `nhi scan` reads live when no --import is given.');
