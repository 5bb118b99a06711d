import { resolve } from 'node:path';
import type { Collector } from '#contract/collector.ts';
import type { Snapshot } from '#store/read/open-snapshot.ts';
import { differences, type Differences } from './differences.ts';
import { merged, NOTHING, type Proposal, type Unknown } from './proposal.ts';
import { manifestProposal, terraformProposals } from './proposals.ts';
import { propose } from './propose.ts';
import { sourcesIn, type SourcesOf } from './sources.ts';
import { readPlan } from './terraform/read-plan.ts';

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
  const { asOf } = base.info;
  const proposal = merged(await proposals(options));
  const { staging, notInSnapshot } = await propose({ base, asOf, proposal, folder, toolVersion, signal });
  // Another version may derive something else from the same facts, which no code has changed.
  const again =
    base.info.toolVersion === toolVersion
      ? null
      : await propose({ base, asOf, proposal: NOTHING, folder, toolVersion, signal });
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
  const { cwd, cluster } = options;
  const { asOf } = options.base.info;
  const code = { ...options, asOf };
  const found: Proposal[] = [];
  if (options.plan !== null) {
    const plan = await readPlan(resolve(cwd, options.plan), options.plan);
    found.push(...(await terraformProposals(plan, cluster, code)));
  }
  if (options.manifests !== null)
    found.push(await manifestProposal(resolve(cwd, options.manifests), cluster, code));
  return found;
}
