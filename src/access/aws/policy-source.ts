import type { Uid } from '#model/system.ts';
import type { PolicyDocument } from './document.ts';
import type { Estate } from './estate.ts';

/** A policy that takes part in a decision. */
export interface PolicySource {
  /** The policy's uid, or the guardrail's or resource policy's that holds the document itself. */
  readonly uid: Uid;
  /** What people call it, to stand in a sentence. */
  readonly title: string;
  /** null: it was not collected. */
  readonly document: PolicyDocument | null;
  /** The grant that gives it to the principal; null: none does, it is no identity policy. */
  readonly grant: Uid | null;
}

/** The policies that an identity has itself and through its groups. Order does not matter. */
export function identityPolicies(estate: Estate, identityUid: Uid): PolicySource[] {
  return holdersOf(estate, identityUid).flatMap((holder) =>
    (estate.grants.get(holder) ?? [])
      .filter(({ state }) => state === 'active')
      .map((grant): PolicySource => {
        const group = holder === identityUid ? '' : ` of group ${estate.groups.get(holder)?.name ?? holder}`;
        return { ...policyOf(estate, grant.roleUid, group), grant: grant.uid };
      }),
  );
}

/** The documents of the policies that an identity has itself and through its groups; null: not collected. */
export function identityDocuments(estate: Estate, identityUid: Uid): (PolicyDocument | null)[] {
  const documents: (PolicyDocument | null)[] = [];
  addHeld(estate, identityUid, documents);
  for (const group of estate.groupsOf.get(identityUid) ?? []) addHeld(estate, group, documents);
  return documents;
}

function addHeld(estate: Estate, holder: Uid, documents: (PolicyDocument | null)[]): void {
  for (const { roleUid, state } of estate.grants.get(holder) ?? []) {
    if (state === 'active') documents.push(estate.policyDocument(roleUid).document);
  }
}

/** The permissions boundary of an identity, as a policy; null: it has none. */
export function boundaryOf(estate: Estate, identityUid: Uid): PolicySource | null {
  const guardrail = estate.guardrails.get(identityUid)?.find(({ kind }) => kind === 'permission-boundary');
  return guardrail === undefined ? null : guardrailPolicy(estate, guardrail);
}

/** The policy that a guardrail names or holds. */
export function guardrailPolicy(
  estate: Estate,
  guardrail: NonNullable<ReturnType<Estate['guardrails']['get']>>[number],
): PolicySource {
  if (guardrail.roleUid !== null) return policyOf(estate, guardrail.roleUid, '');
  const document = guardrail.document === null ? null : estate.documentOf(guardrail.document);
  return { uid: guardrail.uid, title: `policy ${guardrail.uid}`, document, grant: null };
}

function holdersOf(estate: Estate, identityUid: Uid): readonly Uid[] {
  const groups = estate.groupsOf.get(identityUid);
  return groups === undefined ? [identityUid] : [identityUid, ...groups];
}

function policyOf(estate: Estate, roleUid: Uid, holder: string): PolicySource {
  const role = estate.roles.get(roleUid);
  const kind = role?.kind === 'inline-policy' ? 'inline policy' : 'policy';
  return {
    uid: roleUid,
    title: `${kind} ${role?.name ?? roleUid}${holder}`,
    document: estate.policyDocument(roleUid).document,
    grant: null,
  };
}
