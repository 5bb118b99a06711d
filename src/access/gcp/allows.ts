import type { Reason } from '#model/decision.ts';
import type { Attributes, Truth } from './cel/evaluate.ts';
import { holds } from './condition.ts';
import { basicRoleMembers } from './convenience.ts';
import type { Binding, Estate } from './estate.ts';
import { gapReasons } from './gap-reasons.ts';
import { ancestors, type Place } from './hierarchy.ts';
import { includesPermission } from './permission.ts';
import type { Principal } from './principal.ts';

/** What allow policies say to a request. */
export interface Allows {
  readonly verdict: 'allowed' | 'conditional' | 'unknown' | 'denied';
  readonly reasons: readonly Reason[];
  /** What could have allowed it and was not collected. */
  readonly gaps: readonly Reason[];
}

/** The union of all allow policies at the place and above it: nothing below takes away what stands above. */
export function allowsFor(
  estate: Estate,
  principal: Principal,
  action: string,
  place: Place,
  attributes: Attributes,
): Allows {
  const found = bindingsAt(estate, place)
    .filter(({ member }) => principal.members.has(member) || basicRoleMembers(estate, member, principal))
    .map((binding) => ({ binding, truth: truthOf(binding, action, attributes) }));
  const withTruth = (truth: Truth | 'missing') =>
    found.filter((each) => each.truth === truth).map(({ binding }) => binding);
  const certain = withTruth('true');
  if (certain.length > 0)
    return { verdict: 'allowed', reasons: certain.map((each) => reasonFor(each, 'allow')), gaps: [] };
  const open = withTruth('open');
  if (open.length > 0)
    return { verdict: 'conditional', reasons: open.map((each) => reasonFor(each, 'condition')), gaps: [] };
  const missing = withTruth('missing');
  if (missing.length > 0)
    return { verdict: 'unknown', reasons: missing.map((each) => reasonFor(each, 'missing')), gaps: [] };
  const text = `no allow policy on ${place.resource ?? place.scopes[0] ?? 'it'} or above gives ${action}`;
  return {
    verdict: 'denied',
    reasons: [{ kind: 'no-allow', source: null, text }],
    gaps: allowGaps(estate, principal, action, place, attributes),
  };
}

function truthOf(
  { permissions, condition }: Binding,
  action: string,
  attributes: Attributes,
): Truth | 'missing' {
  const met = holds(condition, attributes);
  if (met === 'false') return 'false';
  if (permissions === null) return 'missing';
  return includesPermission(permissions, action) ? met : 'false';
}

function bindingsAt(estate: Estate, { recordedAs, scopes }: Place): Binding[] {
  const onResource =
    recordedAs === null
      ? []
      : ancestors(recordedAs).flatMap((name) => estate.bindingsByResource.get(name) ?? []);
  return [...onResource, ...scopes.flatMap((uid) => estate.bindingsByScope.get(uid) ?? [])];
}

/** Policies that were not read, and groups of which nobody knows whether the principal is in them. */
function allowGaps(
  estate: Estate,
  principal: Principal,
  action: string,
  place: Place,
  attributes: Attributes,
): Reason[] {
  const gaps = gapReasons(estate, 'grants', place.scopes, 'allow policies are not all known');
  if (!place.complete)
    gaps.push({
      kind: 'missing',
      source: place.scopes.at(-1) ?? null,
      text: 'what stands above it was not collected',
    });
  const groupGap = place.scopes.map((uid) => estate.gap('groups', uid)).find((gap) => gap !== null);
  if (groupGap === undefined) return gaps;
  const viaGroups = bindingsAt(estate, place).filter(
    (binding) =>
      /^(?:group|domain|principalSet):/u.test(binding.member) &&
      !principal.members.has(binding.member) &&
      truthOf(binding, action, attributes) !== 'false',
  );
  return [
    ...gaps,
    ...viaGroups.map(({ grantUid, member }) => ({
      kind: 'missing',
      source: grantUid,
      text: `whether the principal is in ${member} is not known: ${groupGap}`,
    })),
  ];
}

function reasonFor(
  { grantUid, roleUid, member, scopeUid, resource, condition }: Binding,
  kind: string,
): Reason {
  const where = resource ?? scopeUid;
  const what =
    kind === 'missing'
      ? 'whose permissions are not known'
      : kind === 'condition'
        ? `if ${condition?.title ?? ''}`
        : '';
  return {
    kind,
    source: grantUid,
    text: `${roleUid.replace(/^gcp:/u, '')} to ${member} on ${where} ${what}`.trim(),
  };
}
