import { defineLiveReader } from '#contract/live.ts';
import type { AzureTarget } from '#model/target/azure.ts';
import { detect } from './detect.ts';
import { permissions } from './permissions.ts';
import { probe } from './probe.ts';
import { read } from './read.ts';

/** Reads a tenant live: its subscriptions from Azure Resource Manager, its directory from Microsoft Graph. */
export const azureLive = defineLiveReader<AzureTarget>({ read, probe, permissions, detect });
