import { awsAuthSteps, certificateSteps, webhookSteps } from './cluster.ts';
import { impersonationSteps } from './impersonation.ts';
import { bindSteps, escalateSteps, everythingSteps } from './roles.ts';
import type { Technique } from './step.ts';
import { missingAccountSteps, tokenSteps } from './tokens.ts';
import { runningPodSteps, workloadSteps } from './workloads.ts';

/** Every way to become others that RBAC allows. */
export const TECHNIQUES: readonly Technique[] = [
  everythingSteps,
  workloadSteps,
  runningPodSteps,
  tokenSteps,
  missingAccountSteps,
  impersonationSteps,
  bindSteps,
  escalateSteps,
  certificateSteps,
  webhookSteps,
  awsAuthSteps,
];
