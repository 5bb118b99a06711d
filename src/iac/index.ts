import { join, resolve } from 'node:path';
import type { Collector } from '#contract/collector.ts';
import { ConfigError, UsageError } from '#model/errors.ts';
import type { System } from '#model/system.ts';
import type { Snapshot } from '#store/read/open-snapshot.ts';
import { awsProposal } from './aws/index.ts';
import { azureProposal } from './azure/index.ts';
import { differences, type Differences } from './differences.ts';
import { googleProposal } from './google/index.ts';
import { knownIn } from './known.ts';
import { kubernetesProposal } from './kubernetes/index.ts';
import { manifestsProposal } from './kubernetes/manifests.ts';
import { merged, NOTHING, type Proposal, type Unknown } from './proposal.ts';
import { propose } from './propose.ts';
import { sourcesIn, type SourcesOf } from './sources.ts';
import { readPlan, type Plan } from './terraform/read-plan.ts';

/** What is to be deployed, and over what. */
export interface IacOptions {
  readonly base: Snapshot;
  /** A plan as `terraform show -json` prints it; null: none. */
  readonly plan: string | null;
  /** A file or folder of Kubernetes manifests; null: none. */
  readonly manifests: string | null;
  /** The cluster that Kubernetes' objects go to; null: the only one of the snapshot. */
  readonly cluster: string | null;
  readonly cwd: string;
  readonly collectors: readonly Collector[];
  /** A folder of this run alone, which the caller removes. */
  readonly folder: string;
  readonly toolVersion: string;
  readonly signal: AbortSignal;
}

/** What deploying would change. */
export interface Deployment extends Differences {
  readonly unknowns: readonly Unknown[];
  readonly sourcesOf: SourcesOf;
}

/** Works out the state that code proposes over a snapshot, and the difference in effective access. Needs no network. */
export async function deployment(options: IacOptions): Promise<Deployment> {
  const { base, folder, toolVersion, signal } = options;
  const proposal = merged(await proposals(options));
  const { staging, notInSnapshot } = await propose({ base, proposal, folder, toolVersion, signal });
  // Another version may derive something else from the same facts, which no code has changed.
  const again =
    base.info.toolVersion === toolVersion
      ? null
      : await propose({ base, proposal: NOTHING, folder, toolVersion, signal });
  try {
    const before = again?.staging ?? base;
    const stale = notInSnapshot.map((uid) => ({
      address: proposal.sources.get(uid) ?? uid,
      what: `${uid} is there according to the code and not in the snapshot: it counts as new`,
    }));
    return {
      ...(await differences(before, staging)),
      unknowns: [...proposal.unknowns, ...stale],
      sourcesOf: await sourcesIn([before, staging], proposal),
    };
  } finally {
    await staging.discard();
    await again?.staging.discard();
  }
}

async function proposals(options: IacOptions): Promise<Proposal[]> {
  const { base, folder, cwd, signal } = options;
  const { asOf } = base.info;
  const known = knownIn(base);
  const collectorFor = (system: System): Collector => {
    const collector = options.collectors.find((each) => each.system === system);
    if (collector === undefined) throw new Error(`There is no collector for ${system}.`);
    return collector;
  };
  const found: Proposal[] = [];
  if (options.plan !== null) {
    const plan = await readPlan(resolve(cwd, options.plan), options.plan);
    if (holds(plan, 'aws_'))
      found.push(await awsProposal(plan, known, { collector: collectorFor('aws'), folder, asOf, signal }));
    if (holds(plan, 'google_')) found.push(await googleProposal(plan, known));
    if (holds(plan, 'azurerm_')) found.push(await azureProposal(plan, known));
    if (holds(plan, 'kubernetes_')) {
      const of = await clusterOf(options);
      const collector = collectorFor('kubernetes');
      found.push(
        await kubernetesProposal(plan, { collector, folder: join(folder, 'plan'), of, asOf, signal }),
      );
    }
  }
  if (options.manifests !== null) {
    const of = await clusterOf(options);
    const path = resolve(cwd, options.manifests);
    found.push(await manifestsProposal(path, { collector: collectorFor('kubernetes'), of, asOf, signal }));
  }
  return found;
}

function holds({ resources }: Plan, prefix: string): boolean {
  return resources.some(({ type }) => type.startsWith(prefix));
}

async function clusterOf({ base, cluster }: IacOptions): Promise<string> {
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
