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
  const folders = new Map<string, FolderFacts>();
  for (const file of files.filter(({ kind }) => kind === 'kubernetes-facts')) {
    const folder = folders.get(dirname(file.path)) ?? { facts: NO_FACTS, problems: [] };
    folders.set(dirname(file.path), folder);
    const read = await readFacts(file, signal);
    if (typeof read === 'string') folder.problems.push(`${file.label}: ${read}`);
    else merge(folder, read, file.label);
  }

  const clusters = new Map<string, { facts: FolderFacts; files: RecognisedFile[] }>();
  const nameOfFacts = namesOfFacts([...folders.values()]);
  for (const file of files) {
    const named = nearest(dirname(file.path), folders);
    // A colon would end the name within uids.
    const name = ((named === null ? null : nameOfFacts(named.facts)) ?? nameOf(file)).replaceAll(':', '-');
    const own = named ?? folders.get(dirname(file.path)) ?? { facts: NO_FACTS, problems: [] };
    const cluster = clusters.get(name) ?? { facts: own, files: [] };
    clusters.set(name, cluster);
    if (file.kind !== 'kubernetes-facts') cluster.files.push(file);
  }
  return [...clusters].map(([name, { facts, files: own }]) => ({
    name,
    facts: facts.facts,
    files: own,
    problems: facts.problems,
  }));
}

interface FolderFacts {
  facts: ClusterFacts;
  readonly problems: string[];
}

/** The folder, or the nearest one above it, whose facts have a name. */
function nearest(folder: string, folders: ReadonlyMap<string, FolderFacts>): FolderFacts | null {
  for (let at = folder; ; at = dirname(at)) {
    const found = folders.get(at);
    if (found?.facts.name !== undefined && found.facts.name !== null) return found;
    if (at === dirname(at) || at.endsWith(sep)) return null;
  }
}

/** Two clusters of EKS may have one name in two regions or accounts: then the ARN's parts go with it. */
function namesOfFacts(folders: readonly FolderFacts[]): (facts: ClusterFacts) => string | null {
  const arns = new Map<string, Set<string>>();
  for (const { facts } of folders) {
    if (facts.name === null || facts.arn === null) continue;
    arns.set(facts.name, (arns.get(facts.name) ?? new Set()).add(facts.arn));
  }
  return ({ name, arn }) => {
    if (name === null || arn === null || (arns.get(name)?.size ?? 0) < 2) return name;
    const [, , , region = '', account = ''] = arn.split(':');
    return `${name}.${region}.${account}`;
  };
}

/** What is known first stays; only what knows the cluster's ARN knows its name better. */
function merge(folder: FolderFacts, next: ClusterFacts, label: string): void {
  const { facts } = folder;
  if (facts.arn !== null && next.arn !== null && facts.arn !== next.arn) {
    folder.problems.push(`${label}: describes another cluster than the files beside it do, and is left out`);
    return;
  }
  folder.facts = {
    name: next.arn === null ? (facts.name ?? next.name) : next.name,
    arn: facts.arn ?? next.arn,
    version: facts.version ?? next.version,
    issuer: facts.issuer ?? next.issuer,
    authenticationMode: facts.authenticationMode ?? next.authenticationMode,
  };
}
