import { defineLiveReader } from '#contract/live.ts';
import type { GcpTarget } from '#model/target/gcp.ts';
import { detect } from './detect.ts';
import { permissions } from './permissions.ts';
import { probe } from './probe.ts';
import { read } from './read.ts';

/** Reads organisations and projects of Google Cloud live. */
export const gcpLive = defineLiveReader<GcpTarget>({ read, probe, permissions, detect });
