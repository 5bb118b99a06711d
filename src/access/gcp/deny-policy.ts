import type { AccessRecords } from '../engine.ts';
import type { Json, Uid } from '#model/system.ts';
import { holds, readCondition, type Condition } from './condition.ts';
import type { Attributes, Truth } from './cel/evaluate.ts';
import { denyCovers } from './permission.ts';
import type { Principal } from './principal.ts';

/** A deny policy (https://cloud.google.com/iam/docs/deny-overview). */
export interface DenyPolicy {
  readonly uid: Uid;
  readonly rules: readonly DenyRule[];
  /** Why it, or a rule of it, could not be read; null: all of it was. */
  readonly problem: string | null;
}

interface DenyRule {
  readonly principals: readonly string[];
  readonly exceptPrincipals: readonly string[];
  readonly permissions: readonly string[];
  readonly exceptPermissions: readonly string[];
  readonly condition: Condition | null;
}

/** Reads the document of a deny policy as the API gives it. */
export function readDenyPolicy({ uid, document }: AccessRecords['guardrails'][number]): DenyPolicy {
  const rules = field(document, 'rules');
  if (!Array.isArray(rules)) return { uid, rules: [], problem: 'its rules were not collected' };
  const read = rules.map((rule: Json) => readRule(field(rule, 'denyRule')));
  const good = read.filter((rule) => rule !== null);
  return { uid, rules: good, problem: good.length === read.length ? null : 'a rule of it is not understood' };
}

/**
 * Whether the policy denies a permission to a principal: open where a condition is (resource tags are not collected)
 * or the policy was not read whole.
 */
export function denies(
  policy: DenyPolicy,
  principal: Principal,
  action: string,
  attributes: Attributes,
): Truth {
  const results = policy.rules.map((rule) => ruleDenies(rule, principal, action, attributes));
  if (results.includes('true')) return 'true';
  return results.includes('open') || policy.problem !== null ? 'open' : 'false';
}

function ruleDenies(rule: DenyRule, { denyForms }: Principal, action: string, attributes: Attributes): Truth {
  const names = (principals: readonly string[]) => principals.some((each) => denyForms.has(each));
  const covers = (permissions: readonly string[]) => permissions.some((each) => denyCovers(each, action));
  if (!names(rule.principals) || names(rule.exceptPrincipals)) return 'false';
  if (!covers(rule.permissions) || covers(rule.exceptPermissions)) return 'false';
  return holds(rule.condition, attributes);
}

function readRule(raw: Json): DenyRule | null {
  const principals = texts(field(raw, 'deniedPrincipals'));
  const permissions = texts(field(raw, 'deniedPermissions'));
  const exceptPrincipals = texts(field(raw, 'exceptionPrincipals'));
  const exceptPermissions = texts(field(raw, 'exceptionPermissions'));
  if (principals === null || permissions === null || exceptPrincipals === null || exceptPermissions === null)
    return null;
  return {
    principals: principals.map((each) => each.toLowerCase()),
    exceptPrincipals: exceptPrincipals.map((each) => each.toLowerCase()),
    permissions,
    exceptPermissions,
    condition: readCondition(field(raw, 'denialCondition')),
  };
}

/** A member of an object; null where there is none. */
export function field(raw: Json, name: string): Json {
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) return null;
  return (raw as { readonly [key: string]: Json })[name] ?? null;
}

/** A list of texts; an absent one is empty, anything else null. */
export function texts(raw: Json): readonly string[] | null {
  if (raw === null) return [];
  return Array.isArray(raw) && raw.every((each): each is string => typeof each === 'string') ? raw : null;
}
