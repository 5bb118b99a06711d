import { sign, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { canonicalText } from '#ledger/canonical.ts';
import { keyIdOf } from '#ledger/keys.ts';
import { RevocationError } from '#model/errors.ts';
import type { Instant } from '#model/system.ts';
import { planDigest, type Guard, type Plan } from './plan.ts';

/** Somebody's word that a plan may be carried out: a detached signature over the plan's digest. */
export interface Approval {
  readonly plan: string;
  readonly approver: string;
  readonly time: Instant;
  /** The guards that hold the plan and that the approver overrules. */
  readonly overrules: readonly Guard['id'][];
  readonly key: string;
  readonly signature: string;
}

/** Somebody who may approve, with the public key that the configuration names. */
export interface Approver {
  readonly name: string;
  readonly key: KeyObject;
}

/** Approves a plan. Throws RevocationError where the approver asked for it, or a guard cannot be overruled. */
export function approve(
  plan: Plan,
  options: {
    readonly approver: string;
    readonly overrules: readonly Guard['id'][];
    readonly time: Instant;
    readonly key: KeyObject;
  },
): Approval {
  const { approver, overrules, time, key } = options;
  if (same(approver, plan.requester))
    throw new RevocationError(`${approver} asked for this revocation and cannot approve it`);
  const refusal = plan.guards.find(({ verdict }) => verdict === 'refuse');
  if (refusal !== undefined) {
    throw new RevocationError(`nobody can approve it: ${refusal.identityUid}: ${refusal.text}`);
  }
  const content = { plan: planDigest(plan), approver, time, overrules: [...overrules], key: keyIdOf(key) };
  const signature = sign(null, Buffer.from(canonicalText(content)), key).toString('base64');
  return { ...content, signature };
}

const approvalSchema = z.strictObject({
  plan: z.string(),
  approver: z.string().min(1),
  time: z.iso.datetime(),
  overrules: z.array(
    z.enum([
      'in-use',
      'use-unknown',
      'last-administrator',
      'break-glass',
      'provider-managed',
      'own-identity',
      'not-read',
      'irreversible',
    ]),
  ),
  key: z.string(),
  signature: z.base64(),
});

/** An approval from its file's text. Throws RevocationError. */
export function parseApproval(text: string, file: string): Approval {
  try {
    return approvalSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new RevocationError(`${file}: not an approval`, {
      hint: 'nhi revoke approve writes one.',
      cause: error,
    });
  }
}

/**
 * Checks that a plan has what it takes: enough approvals by different people who may approve and did not ask for it,
 * each signed over this very plan, and none of its guards in the way. Throws RevocationError that says what is missing.
 */
export function checkApprovals(
  plan: Plan,
  approvals: readonly Approval[],
  approvers: readonly Approver[],
): void {
  const digest = planDigest(plan);
  for (const approval of approvals) checkApproval(approval, plan, digest, approvers);
  const names = new Set(approvals.map(({ approver }) => approver.toLowerCase()));
  if (names.size < plan.approvals) {
    throw new RevocationError(`the plan needs ${plan.approvals} approvals and has ${names.size}`, {
      hint: `nhi revoke approve ${plan.id}`,
    });
  }
  const refusal = plan.guards.find(({ verdict }) => verdict === 'refuse');
  if (refusal !== undefined) throw new RevocationError(`refused: ${refusal.identityUid}: ${refusal.text}`);
  const overruled = new Set(approvals.flatMap(({ overrules }) => overrules));
  const held = plan.guards.find(({ verdict, id }) => verdict === 'hold' && !overruled.has(id));
  if (held !== undefined) {
    throw new RevocationError(`held: ${held.identityUid}: ${held.text}`, {
      hint: `An approver can overrule it: nhi revoke approve ${plan.id} --overrule ${held.id}`,
    });
  }
}

function checkApproval(approval: Approval, plan: Plan, digest: string, approvers: readonly Approver[]): void {
  const { approver, signature, ...rest } = approval;
  const who = `the approval by ${approver}`;
  if (approval.plan !== digest) {
    throw new RevocationError(`${who} is for another plan`, {
      hint: 'The plan was changed, or made again, since. What was approved is what is carried out.',
    });
  }
  if (same(approver, plan.requester)) throw new RevocationError(`${who} is by who asked for it`);
  const known = approvers.find(({ name }) => name === approver);
  if (known === undefined || keyIdOf(known.key) !== approval.key) {
    throw new RevocationError(`${who} is by nobody who may approve`, {
      hint: 'Approvers and their keys stand under `revocation.approvers` in the configuration.',
    });
  }
  const signed = Buffer.from(canonicalText({ ...rest, approver, overrules: [...approval.overrules] }));
  if (!verify(null, signed, known.key, Buffer.from(signature, 'base64'))) {
    throw new RevocationError(`${who} has a signature that does not fit`);
  }
}

function same(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
