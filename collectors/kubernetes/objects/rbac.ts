import { z } from 'zod';
import type { Json } from '#model/system.ts';

/** The rules of a Role or ClusterRole, as they are; what they mean is for others to say. */
export interface RoleBody {
  readonly rules: readonly Json[];
  readonly aggregationRule: { readonly [key: string]: Json } | null;
}

/** Whom a binding names. The namespace is a ServiceAccount's only. */
export interface SubjectBody {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | null;
  readonly raw: Json;
}

/** What a RoleBinding or ClusterRoleBinding says. */
export interface BindingBody {
  readonly roleRef: { readonly kind: string; readonly name: string; readonly raw: Json };
  readonly subjects: readonly SubjectBody[];
  /** The places, from 1, of subjects that are not shaped like any. */
  readonly malformed: readonly number[];
}

// What JSON and YAML readers give is JSON.
const json = z.custom<Json>(() => true);
const jsonObject = z.custom<{ readonly [key: string]: Json }>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

export const roleBody = z
  .object({ rules: z.array(json).nullish(), aggregationRule: jsonObject.nullish() })
  .transform(({ rules, aggregationRule }): RoleBody => ({
    rules: rules ?? [],
    aggregationRule: aggregationRule ?? null,
  }));

const subject = z.object({
  kind: z.string().min(1),
  name: z.string().min(1),
  namespace: z.string().nullish(),
});

export const bindingBody = z
  .object({
    roleRef: z.object({ kind: z.string().min(1), name: z.string().min(1) }).and(jsonObject),
    subjects: z.array(json).nullish(),
  })
  .transform(({ roleRef, subjects }): BindingBody => {
    const parsed = (subjects ?? []).map((raw) => ({ raw, result: subject.safeParse(raw) }));
    return {
      roleRef: { kind: roleRef.kind, name: roleRef.name, raw: roleRef },
      subjects: parsed.flatMap(({ raw, result }) =>
        result.success ? [{ ...result.data, namespace: result.data.namespace ?? null, raw }] : [],
      ),
      malformed: parsed.flatMap(({ result }, index) => (result.success ? [] : [index + 1])),
    };
  });
