import { dirname, sep } from 'node:path';
import type { CollectContext, RecognisedFile } from '#contract/collector.ts';
import { type ClusterFacts, NO_FACTS, readFacts } from './facts.ts';

/** The files of one cluster, with what they say of it. */
export interface ClusterFiles {
  readonly name: string;
  readonly facts: ClusterFacts;
  readonly files: readonly RecognisedFile[];
  /** Files of facts that could not be read, and facts that contradict each other. */
  readonly problems: readonly string[];
}

/**
 * Sorts files by the cluster that they are from. A file of facts that has a name (`aws eks describe-cluster`, a
 * kubeconfig) names the cluster of every file in its folder and the folders below, the nearest one counting; where there
 * is none, `nameOf` says. Files with the same name are of one cluster.
 */
export async function byCluster(
  files: readonly RecognisedFile[],
  { nameOf, signal }: CollectContext,
): Promise<readonly ClusterFiles[]> {
  const folders = new Map<string, ClusterFacts>();
  const problems = new Map<string, string>();
  for (const file of files.filter(({ kind }) => kind === 'kubernetes-facts')) {
    const known = folders.get(dirname(file.path)) ?? NO_FACTS;
    const read = await readFacts(file, signal);
    const problem = typeof read === 'string' ? read : areOfTwoClusters(known, read) ? OF_ANOTHER : null;
    if (problem !== null) problems.set(file.path, `${file.label}: ${problem}`);
    else if (typeof read !== 'string') folders.set(dirname(file.path), merged(known, read));
  }

  const clusters = new Map<string, MutableClusterFiles>();
  const nameOfFacts = namesOfFacts([...folders.values()]);
  for (const file of files) {
    const named = nearest(dirname(file.path), folders);
    // A colon would end the name within uids.
    const name = ((named === null ? null : nameOfFacts(named)) ?? nameOf(file)).replaceAll(':', '-');
    const facts = named ?? folders.get(dirname(file.path)) ?? NO_FACTS;
    const cluster = clusters.get(name) ?? { name, facts, files: [], problems: [] };
    clusters.set(name, cluster);
    const problem = problems.get(file.path);
    if (file.kind !== 'kubernetes-facts') cluster.files.push(file);
    else if (problem !== undefined) cluster.problems.push(problem);
  }
  return [...clusters.values()];
}

interface MutableClusterFiles extends ClusterFiles {
  readonly files: RecognisedFile[];
  readonly problems: string[];
}

const OF_ANOTHER = 'describes another cluster than the files beside it do, and is left out';

/** The folder, or the nearest one above it, whose facts have a name. */
function nearest(folder: string, folders: ReadonlyMap<string, ClusterFacts>): ClusterFacts | null {
  for (let at = folder; ; at = dirname(at)) {
    const found = folders.get(at);
    if (found !== undefined && found.name !== null) return found;
    if (at === dirname(at) || at.endsWith(sep)) return null;
  }
}

/** Two clusters of EKS may have one name in two regions or accounts: then the ARN's parts go with it. */
function namesOfFacts(all: readonly ClusterFacts[]): (facts: ClusterFacts) => string | null {
  const arns = new Map<string, Set<string>>();
  for (const { name, arn } of all) {
    if (name !== null && arn !== null) arns.set(name, (arns.get(name) ?? new Set()).add(arn));
  }
  return ({ name, arn }) => {
    if (name === null || arn === null || (arns.get(name)?.size ?? 0) < 2) return name;
    const [, , , region = '', account = ''] = arn.split(':');
    return `${name}.${region}.${account}`;
  };
}

function areOfTwoClusters(known: ClusterFacts, next: ClusterFacts): boolean {
  return known.arn !== null && next.arn !== null && known.arn !== next.arn;
}

/** What is known first stays; only what knows the cluster's ARN knows its name better. */
function merged(known: ClusterFacts, next: ClusterFacts): ClusterFacts {
  return {
    name: next.arn === null ? (known.name ?? next.name) : next.name,
    arn: known.arn ?? next.arn,
    version: known.version ?? next.version,
    issuer: known.issuer ?? next.issuer,
    authenticationMode: known.authenticationMode ?? next.authenticationMode,
  };
}
