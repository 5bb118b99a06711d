import { z } from 'zod';
import type { AccessRecords } from '../engine.ts';

/** Whether an admission policy or webhook may forbid an operation that RBAC allows: then it is `conditional`. */
export type Admission = (operation: Operation, group: string, resource: string) => 'certain' | 'conditional';

/** What admission sees; it never sees reads. */
export type Operation = 'CREATE' | 'UPDATE';

/**
 * Reads which operations are looked at before they are admitted
 * (https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#matching-requests-rules).
 * What a policy decides, and for which objects, only a request can show. Where guardrails were not collected
 * (`isPartial`), anything may be looked at.
 */
export function admissionOf(guardrails: AccessRecords['guardrails'], isPartial: boolean): Admission {
  if (isPartial) return () => 'conditional';
  const rules = guardrails
    .filter(({ kind }) => kind === 'admission-policy')
    .flatMap(({ document }) => rulesOf(document));
  return (operation, group, resource) =>
    rules.some((rule) => matches(rule, operation, group, resource)) ? 'conditional' : 'certain';
}

type AdmissionRule = z.infer<typeof rule>;

function matches(rule: AdmissionRule, operation: Operation, group: string, resource: string): boolean {
  const [base = '', subresource] = resource.split('/');
  const resources =
    subresource === undefined ? ['*', '*/*', base] : ['*/*', `${base}/*`, `*/${subresource}`, resource];
  return (
    hasAny(rule.operations, ['*', operation]) &&
    hasAny(rule.apiGroups, ['*', group]) &&
    hasAny(rule.resources, resources)
  );
}

function hasAny(list: readonly string[] | null | undefined, wanted: readonly string[]): boolean {
  return (list ?? []).some((entry) => wanted.includes(entry));
}

const strings = z.array(z.string()).nullish();
const rule = z.object({ operations: strings, apiGroups: strings, resources: strings });
const rules = z.array(rule).nullish();
const policy = z.object({
  spec: z.object({ matchConstraints: z.object({ resourceRules: rules }).nullish() }),
});
const webhooks = z.object({ webhooks: z.array(z.object({ rules })) });

/** What cannot be read may look at anything. */
const ANYTHING: AdmissionRule = { operations: ['*'], apiGroups: ['*'], resources: ['*/*'] };

function rulesOf(document: AccessRecords['guardrails'][number]['document']): readonly AdmissionRule[] {
  const asPolicy = policy.safeParse(document);
  if (asPolicy.success) return asPolicy.data.spec.matchConstraints?.resourceRules ?? [];
  const asWebhooks = webhooks.safeParse(document);
  return asWebhooks.success ? asWebhooks.data.webhooks.flatMap((webhook) => webhook.rules ?? []) : [ANYTHING];
}
