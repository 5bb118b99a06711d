import { z } from 'zod';
import { CAPABILITIES, type Capability } from '#model/entitlement.ts';

/** What a kind of change does to the verdict. */
export type PlanMode = 'fail' | 'warn' | 'ignore';

/** What code that is to be deployed may change, with every default filled in. */
export interface PlanPolicy {
  /** Whoever gains one of these fails. */
  readonly failOn: ReadonlySet<Capability>;
  /** New ways to become an administrator. */
  readonly newPaths: PlanMode;
  /** Guardrails that go or change. */
  readonly guardrails: PlanMode;
  /** Grants to everyone, or to somebody outside. */
  readonly openGrants: PlanMode;
  /** What is known only after applying, and gains that are not certain to be any. */
  readonly unknowns: PlanMode;
}

const mode = z.enum(['fail', 'warn', 'ignore']);

const DEFAULT_FAIL_ON = ['admin', 'identity-admin', 'escalate', 'impersonate', 'secret-read'] as const;

/** The `plan:` section of a policy file. */
export const planPolicySchema = z
  .strictObject({
    fail_on: z.array(z.enum(CAPABILITIES)).default([...DEFAULT_FAIL_ON]),
    new_paths: mode.default('fail'),
    guardrails: mode.default('fail'),
    open_grants: mode.default('fail'),
    unknowns: mode.default('warn'),
  })
  .prefault({});

/** The section as the gate uses it. */
export function planPolicy(written: z.output<typeof planPolicySchema>): PlanPolicy {
  return {
    failOn: new Set(written.fail_on),
    newPaths: written.new_paths,
    guardrails: written.guardrails,
    openGrants: written.open_grants,
    unknowns: written.unknowns,
  };
}
