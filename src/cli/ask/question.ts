import { z } from 'zod';
import type { CloudRequest, KubernetesRequest } from '#access/engine.ts';
import type { System } from '#model/system.ts';

/** A question about access, and the system that must answer it. */
export type Question =
  | { readonly system: 'kubernetes'; readonly request: KubernetesRequest }
  | { readonly system: Exclude<System, 'kubernetes'>; readonly request: CloudRequest };

const name = z.string().max(4096);

const kubernetesLine = z.object({
  principal: name,
  groups: z.array(name).optional(),
  scope: name.optional(),
  verb: name,
  path: name.optional(),
  group: name.optional(),
  resource: name.optional(),
  subresource: name.optional(),
  name: name.optional(),
  namespace: name.optional(),
});

const cloudLine = z.object({
  principal: name,
  action: name,
  resource: name.nullish().transform((value) => value ?? null),
  scope: name.optional(),
  context: z.record(z.string(), z.array(z.string())).optional(),
});

/** One line of `nhi can --batch`: any id, the system where it is not plain, and the question. */
const batchLine = z.looseObject({
  id: z.union([z.string(), z.number()]).nullish(),
  system: z.enum(['aws', 'azure', 'gcp', 'kubernetes']).optional(),
});

/** A line of a batch that was understood, or why it was not. */
export type BatchLine =
  | { readonly id: string | number | null; readonly question: Question }
  | { readonly id: string | number | null; readonly problem: string };

/** Reads one line of a batch; never throws. */
export function parseBatchLine(line: string): BatchLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { id: null, problem: 'not valid JSON' };
  }
  const head = batchLine.safeParse(value);
  if (!head.success) return { id: null, problem: z.prettifyError(head.error) };
  const id = head.data.id ?? null;
  const system = head.data.system ?? systemOf(head.data);
  if (system === null) return { id, problem: 'no "system", and the principal does not tell it' };
  const parsed = (system === 'kubernetes' ? kubernetesLine : cloudLine).safeParse(value);
  if (!parsed.success) return { id, problem: z.prettifyError(parsed.error) };
  // The schema was chosen by the system; a question with an absent key is not one with an undefined value.
  const request = withoutUndefined(parsed.data);
  return { id, question: { system, request } as Question };
}

/** The system that a question is for, as far as its own words tell. */
export function systemOf(question: Readonly<Record<string, unknown>>): System | null {
  const { verb, principal = '' } = question;
  if (typeof verb === 'string') return 'kubernetes';
  if (typeof principal !== 'string') return null;
  if (/^(?:k8s:|system:)/u.test(principal)) return 'kubernetes';
  if (principal.startsWith('arn:')) return 'aws';
  if (/^(?:entra:|\/(?:subscriptions|providers)\/)/iu.test(principal)) return 'azure';
  if (
    /^(?:gcp:|(?:serviceAccount|user|group|domain|principal|principalSet):|all(?:Authenticated)?Users$)/u.test(
      principal,
    )
  ) {
    return 'gcp';
  }
  return null;
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;
}
