import type { Json, System, Uid } from './system.ts';

/** A place that holds identities or bounds rights: an account, a cluster, a namespace, a project, a subscription. */
export interface Scope {
  readonly uid: Uid;
  readonly system: System;
  /** `account`, `organization`, `organizational-unit`, `cluster`, `namespace`, `tenant`, `subscription`, `project`, `folder`, … */
  readonly kind: string;
  readonly name: string;
  readonly parentUid: Uid | null;
  readonly environment: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly raw: Json;
}

/** The parts of the model that a source can supply and a rule can need. */
export const FEEDS = [
  'identities',
  'groups',
  'credentials',
  'roles',
  'grants',
  'trusts',
  'guardrails',
  'resource-policies',
  'usages',
  'owners',
  'workloads',
] as const;

export type Feed = (typeof FEEDS)[number];

/** How reading one feed of one scope went. A feed that nobody tried to read has a row too: `skipped`. */
export interface Coverage {
  readonly system: System | null;
  /** null: the scope could not be told, for example from a file that nobody understands. */
  readonly scopeUid: Uid | null;
  readonly feed: Feed | null;
  /** The API call or the kind of file. */
  readonly call: string;
  readonly status: 'complete' | 'partial' | 'denied' | 'failed' | 'skipped';
  readonly missingPermission: string | null;
  /** What is missing and where (file, entity, position), in one line. */
  readonly detail: string | null;
}
