import { join } from 'node:path';
import type { Collector } from '#contract/collector.ts';
import { ConfigError, UsageError } from '#model/errors.ts';
import type { Instant, System } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';
import { awsProposal } from './aws/index.ts';
import { azureProposal } from './azure/index.ts';
import { googleProposal } from './google/index.ts';
import { knownIn } from './known.ts';
import { kubernetesProposal } from './kubernetes/index.ts';
import { manifestsProposal } from './kubernetes/manifests.ts';
import type { Proposal } from './proposal.ts';
import type { Plan } from './terraform/read-plan.ts';

/** What code is read over, and with what. */
export interface CodeContext {
  /** The snapshot that it names things of. */
  readonly base: Reader;
  readonly asOf: Instant;
  readonly collectors: readonly Collector[];
  /** A folder of this file's alone, which the caller removes. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** What the resources of a plan or state come to, one proposal for each system. `cluster` as `manifestProposal` has it. */
export async function terraformProposals(
  plan: Plan,
  cluster: string | null,
  context: CodeContext,
): Promise<Proposal[]> {
  const { base, folder, asOf, signal } = context;
  const known = knownIn(base);
  const found: Proposal[] = [];
  if (holds(plan, 'aws_')) {
    const collector = collectorFor('aws', context);
    found.push(await awsProposal(plan, known, { collector, folder, asOf, signal }));
  }
  if (holds(plan, 'google_')) found.push(await googleProposal(plan, known));
  if (holds(plan, 'azurerm_')) found.push(await azureProposal(plan, known));
  if (holds(plan, 'kubernetes_')) {
    const of = await clusterOf(base, cluster);
    const collector = collectorFor('kubernetes', context);
    found.push(await kubernetesProposal(plan, { collector, folder: join(folder, 'plan'), of, asOf, signal }));
  }
  return found;
}

/**
 * What Kubernetes manifests in a file or folder come to in a cluster; null: the only one of the snapshot. Throws
 * UsageError where there is no such cluster.
 */
export async function manifestProposal(
  path: string,
  cluster: string | null,
  context: CodeContext,
): Promise<Proposal> {
  const of = await clusterOf(context.base, cluster);
  const { asOf, signal } = context;
  return manifestsProposal(path, { collector: collectorFor('kubernetes', context), of, asOf, signal });
}

function collectorFor(system: System, { collectors }: CodeContext): Collector {
  const collector = collectors.find((each) => each.system === system);
  if (collector === undefined) throw new Error(`There is no collector for ${system}.`);
  return collector;
}

function holds({ resources }: Plan, prefix: string): boolean {
  return resources.some(({ type }) => type.startsWith(prefix));
}

async function clusterOf(base: Reader, cluster: string | null): Promise<string> {
  const clusters = (await knownIn(base).scopes('kubernetes', 'cluster')).map(({ name }) => name);
  const [only, ...others] = clusters;
  if (cluster !== null) {
    if (clusters.includes(cluster)) return cluster;
    throw new UsageError(`--cluster ${cluster}: the snapshot has no such cluster`, {
      hint: `It has: ${clusters.join(', ') || 'none'}`,
    });
  }
  if (only !== undefined && others.length === 0) return only;
  throw new ConfigError(
    only === undefined
      ? 'the snapshot has no Kubernetes cluster to put these objects into'
      : `the snapshot has ${clusters.length} Kubernetes clusters`,
    {
      hint:
        only === undefined ? 'Scan the cluster first.' : `Name one with --cluster: ${clusters.join(', ')}`,
    },
  );
}
