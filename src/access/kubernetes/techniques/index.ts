import { awsAuthSteps, certificateSteps, webhookSteps } from './cluster.ts';
import { groupSteps, impersonationSteps, mastersSteps } from './impersonation.ts';
import { bindSteps, escalateSteps, everythingSteps } from './roles.ts';
import type { Technique } from './step.ts';
import { missingAccountSteps, tokenSteps } from './tokens.ts';
import { hostPathSteps, nodeProxySteps, runningPodSteps, workloadSteps } from './workloads.ts';

/** The ways that lead beyond one's place: whoever has one can `escalate`. */
export const ESCALATIONS: readonly Technique[] = [
  mastersSteps,
  bindSteps,
  escalateSteps,
  nodeProxySteps,
  hostPathSteps,
  certificateSteps,
  webhookSteps,
  awsAuthSteps,
];

/** Every way to become others that RBAC allows. */
export const TECHNIQUES: readonly Technique[] = [
  everythingSteps,
  workloadSteps,
  runningPodSteps,
  tokenSteps,
  missingAccountSteps,
  impersonationSteps,
  groupSteps,
  ...ESCALATIONS,
];

/** What is worth saying of who can do everything in a place already: how that leads out of it. */
export const OF_ADMINS: readonly Technique[] = [everythingSteps, groupSteps, mastersSteps];
