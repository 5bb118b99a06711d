import type { Uid } from './system.ts';

/** What an identity can do, in words that mean the same in every system. */
export const CAPABILITIES = [
  'admin',
  'identity-admin',
  'escalate',
  'impersonate',
  'credential-create',
  'secret-read',
  'data-read',
  'data-write',
  'data-delete',
  'compute-run',
  'network-change',
  'logging-tamper',
  'policy-guardrail-remove',
  'metadata-read',
] as const;

export type Capability = (typeof CAPABILITIES)[number];

/** How sure an answer about access is. `conditional`: depends on a condition that only a request can settle. */
export type Certainty = 'certain' | 'conditional' | 'unknown';

/** `identityUid` has `capability` over `scopeUid`. */
export interface Entitlement {
  readonly identityUid: Uid;
  readonly capability: Capability;
  readonly scopeUid: Uid;
  readonly certainty: Certainty;
  /** The grants (or trusts) that give it, sorted. */
  readonly via: readonly Uid[];
}

/** One step of becoming: whoever is `fromUid` can act as `toUid`. */
export interface BecomeEdge {
  readonly fromUid: Uid;
  readonly toUid: Uid;
  /** The technique: `assume-role`, `irsa`, `pass-role-lambda`, `create-access-key`, `token-request`, … */
  readonly via: string;
  /** The permissions that the step uses. */
  readonly permissions: readonly string[];
  readonly certainty: 'certain' | 'conditional';
  /** The grants, trusts or policies that it rests on. */
  readonly evidence: readonly Uid[];
}
