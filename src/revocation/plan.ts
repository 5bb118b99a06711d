import { z } from 'zod';
import type { Parameters, Phase } from '#contract/action.ts';
import { canonicalDigest } from '#ledger/canonical.ts';
import { RevocationError } from '#model/errors.ts';
import { SYSTEMS, type Instant, type Json, type System, type Uid } from '#model/system.ts';

/** One change of one object. */
export interface PlanStep {
  /** `s1`, `s2`, … in the order of doing. */
  readonly id: string;
  readonly action: string;
  readonly phase: Phase;
  readonly system: System;
  readonly identityUid: Uid;
  /** The row of the snapshot that it is about. */
  readonly subjectUid: Uid;
  readonly title: string;
  /** What access it ends, as the action says. */
  readonly closes: 'subject' | 'all-access' | 'sessions';
  readonly parameters: Parameters;
  /** Digest of the object's state when the plan was made; null: it was not read, and nothing is done before it is. */
  readonly before: string | null;
  readonly undoable: boolean;
  readonly settleSeconds: number;
}

/** A way into the identity, or out of it to others. */
export interface Way {
  readonly direction: 'in' | 'out';
  readonly kind: 'credential' | 'trust' | 'become' | 'grant' | 'group-grant' | 'session';
  readonly identityUid: Uid;
  readonly uid: Uid;
  readonly what: string;
  /** The steps that close it; empty: none does. */
  readonly closedBy: readonly string[];
}

/** What could still be reached once all steps are done. */
export interface Residual {
  /** `identity` can still do this, by what no step takes away. */
  readonly entitlements: readonly {
    readonly identityUid: Uid;
    readonly capability: string;
    readonly scopeUid: Uid;
    readonly via: readonly Uid[];
  }[];
  /** Identities that could still be become, or that could still become it. */
  readonly edges: readonly { readonly fromUid: Uid; readonly toUid: Uid; readonly via: string }[];
  /** What the graph cannot tell, in a few words each. */
  readonly unknown: readonly string[];
}

/** Why a plan must not, or not yet, be carried out. `refuse` cannot be overruled; `hold` can be, by an approver. */
export interface Guard {
  readonly id:
    | 'in-use'
    | 'last-administrator'
    | 'break-glass'
    | 'provider-managed'
    | 'own-identity'
    | 'use-unknown'
    | 'not-read'
    | 'irreversible';
  readonly verdict: 'refuse' | 'hold' | 'note';
  readonly identityUid: Uid;
  readonly text: string;
}

/** A revocation, worked out and not yet done. Its digest is what approvers sign. */
export interface Plan {
  readonly version: 1;
  readonly id: string;
  readonly createdAt: Instant;
  readonly validUntil: Instant;
  readonly requester: string;
  readonly reason: string;
  readonly snapshot: { readonly id: string; readonly asOf: Instant };
  readonly playbook: string;
  /** The identity that was asked for first, then its twins in other systems, with why they are taken for it. */
  readonly identities: readonly {
    readonly uid: Uid;
    readonly system: System;
    readonly scopeUid: Uid;
    readonly why: string;
  }[];
  readonly ways: readonly Way[];
  readonly steps: readonly PlanStep[];
  readonly residual: Residual;
  readonly guards: readonly Guard[];
  /** How many approvals it takes. */
  readonly approvals: number;
}

/** Where an identity of a plan lives; steps act there and nowhere else. */
export function scopeIn({ identities }: Plan, uid: Uid): Uid {
  return identities.find((each) => each.uid === uid)?.scopeUid ?? '';
}

/** A plan's digest: SHA-256 of its canonical JSON. */
export function planDigest(plan: Plan): string {
  // A plan is JSON by its type; the compiler does not take interfaces for JSON.
  return canonicalDigest(plan as unknown as Json);
}

const uid = z.string().min(1);
const system = z.enum(SYSTEMS);
const parameters = z.record(z.string(), z.json());

const planSchema = z.strictObject({
  version: z.literal(1),
  id: z.string().regex(/^[a-z\d-]{1,80}$/u),
  createdAt: z.iso.datetime(),
  validUntil: z.iso.datetime(),
  requester: z.string().min(1),
  reason: z.string(),
  snapshot: z.strictObject({ id: z.string(), asOf: z.string() }),
  playbook: z.string(),
  identities: z.array(z.strictObject({ uid, system, scopeUid: uid, why: z.string() })).min(1),
  ways: z.array(
    z.strictObject({
      direction: z.enum(['in', 'out']),
      kind: z.enum(['credential', 'trust', 'become', 'grant', 'group-grant', 'session']),
      identityUid: uid,
      uid,
      what: z.string(),
      closedBy: z.array(z.string()),
    }),
  ),
  steps: z.array(
    z.strictObject({
      id: z.string().regex(/^s\d+$/u),
      action: z.string(),
      phase: z.enum(['contain', 'remove', 'delete']),
      system,
      identityUid: uid,
      subjectUid: uid,
      title: z.string(),
      closes: z.enum(['subject', 'all-access', 'sessions']),
      parameters,
      before: z.string().nullable(),
      undoable: z.boolean(),
      settleSeconds: z.number().min(0),
    }),
  ),
  residual: z.strictObject({
    entitlements: z.array(
      z.strictObject({ identityUid: uid, capability: z.string(), scopeUid: uid, via: z.array(uid) }),
    ),
    edges: z.array(z.strictObject({ fromUid: uid, toUid: uid, via: z.string() })),
    unknown: z.array(z.string()),
  }),
  guards: z.array(
    z.strictObject({
      id: z.enum([
        'in-use',
        'last-administrator',
        'break-glass',
        'provider-managed',
        'own-identity',
        'use-unknown',
        'not-read',
        'irreversible',
      ]),
      verdict: z.enum(['refuse', 'hold', 'note']),
      identityUid: uid,
      text: z.string(),
    }),
  ),
  approvals: z.int().min(0),
});

/** A plan from its file's text. Throws RevocationError that says what is wrong and where. */
export function parsePlan(text: string, file: string): Plan {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RevocationError(`${file}: not JSON`, { hint: 'Make the plan again with nhi revoke plan.' });
  }
  const parsed = planSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RevocationError(`${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a plan'}`, {
    hint: 'A plan is not edited by hand: make it again with nhi revoke plan.',
  });
}
