import { defineLiveReader } from '#contract/live.ts';
import type { KubernetesTarget } from '#model/target/kubernetes.ts';
import { detect } from './detect.ts';
import { permissions } from './permissions.ts';
import { probe } from './probe.ts';
import { read } from './read.ts';

/** Reads clusters live, from their API servers. */
export const kubernetesLive = defineLiveReader<KubernetesTarget>({ read, probe, permissions, detect });
