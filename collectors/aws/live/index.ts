import { defineLiveReader } from '#contract/live.ts';
import type { AwsTarget } from '#model/target/aws.ts';
import { detect } from './detect.ts';
import { permissions } from './permissions.ts';
import { probe } from './probe.ts';
import { read } from './read.ts';

/** Reads AWS accounts live, with the SDK. */
export const awsLive = defineLiveReader<AwsTarget>({ read, probe, permissions, detect });
