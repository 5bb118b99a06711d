import type { Coverage, Feed } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';
import { parseArn } from './arn.ts';
import { parseDocument, type PolicyDocument } from './document.ts';
import type { Estate } from './estate.ts';
import { isOrganizationCall, organizationOf } from './organization.ts';

/** What could not be taken into account, each thing once, sorted. */
export function gapsOf(estate: Estate): Coverage[] {
  return [
    ...policyGaps(estate),
    ...missingPolicies(estate),
    ...guardrailGaps(estate),
    ...resourcePolicyGaps(estate),
    ...organizationGaps(estate),
  ].toSorted(
    (a, b) => compare(a.scopeUid, b.scopeUid) || compare(a.feed, b.feed) || compare(a.detail, b.detail),
  );
}

/** Documents that are not understood. One that was not collected is a gap only where somebody holds it. */
function policyGaps({ roles }: Estate): Coverage[] {
  return [...roles.values()].flatMap(({ uid, scopeUid, document }) =>
    document === null
      ? []
      : problemsOf(parseDocument(document)).map((problem) =>
          gap('roles', scopeUid, `policy ${uid}: ${problem}`),
        ),
  );
}

function missingPolicies({ grants, roles }: Estate): Coverage[] {
  const missing = new Map<Uid, { readonly scopeUid: Uid; holders: number }>();
  for (const { roleUid, scopeUid } of [...grants.values()].flat()) {
    if ((roles.get(roleUid)?.document ?? null) !== null) continue;
    const entry = missing.get(roleUid) ?? { scopeUid, holders: 0 };
    entry.holders += 1;
    missing.set(roleUid, entry);
  }
  return [...missing].map(([uid, { scopeUid, holders }]) =>
    gap(
      'roles',
      scopeUid,
      `policy ${uid}: its document was not collected, and ${holders === 1 ? 'a grant gives' : `${holders} grants give`} it`,
    ),
  );
}

function guardrailGaps({ guardrails, roles }: Estate): Coverage[] {
  return [...guardrails.values()].flat().flatMap(({ kind, scopeUid, targetUid, roleUid, document, uid }) => {
    const held = roleUid === null ? document : (roles.get(roleUid)?.document ?? null);
    const what = `${kind} ${roleUid ?? uid} of ${targetUid}`;
    if (held === null) return [gap('guardrails', scopeUid, `${what}: its document was not collected`)];
    // What is wrong with a policy of the records is said there.
    return roleUid === null
      ? problemsOf(parseDocument(held)).map((problem) => gap('guardrails', scopeUid, `${what}: ${problem}`))
      : [];
  });
}

function resourcePolicyGaps({ resourcePolicies }: Estate): Coverage[] {
  return [...resourcePolicies.values()].flat().flatMap(({ kind, resourceUid, scopeUid, document }) => {
    const what = kind === 'trust' ? `trust policy of ${resourceUid}` : `policy of ${resourceUid}`;
    const feed = kind === 'trust' ? 'trusts' : 'resource-policies';
    if (document === null) return [gap(feed, scopeUid, `${what}: it was not collected`)];
    return problemsOf(parseDocument(document)).map((problem) => gap(feed, scopeUid, `${what}: ${problem}`));
  });
}

/** Where an account's SCPs and RCPs are not known, unless the collector has said so. */
function organizationGaps(estate: Estate): Coverage[] {
  const accounts = new Set([...estate.identities.values()].map(({ uid }) => parseArn(uid)?.account ?? ''));
  accounts.delete('');
  return [...accounts].flatMap((account) => {
    const { status, levels } = organizationOf(estate, account);
    const isSaid = levels
      .flatMap((uid) => estate.coverage.get(uid) ?? [])
      .some((row) => row.feed === 'guardrails' && isOrganizationCall(row.call) && row.status !== 'complete');
    if (status !== 'unknown' || isSaid) return [];
    const detail = `service and resource control policies of account ${account} were not collected: what its identities can do is told without them`;
    return [
      {
        ...gap('guardrails', `aws:${account}`, detail),
        call: 'organizations:ListPolicies',
        status: 'skipped',
      },
    ];
  });
}

function problemsOf({ problem, statements }: PolicyDocument): string[] {
  if (problem !== null) return [problem];
  return statements.flatMap((statement) => {
    const name = statement.sid === null ? `statement ${statement.index + 1}` : `statement ${statement.sid}`;
    return statement.problem === null ? [] : [`${name}: ${statement.problem}`];
  });
}

function gap(feed: Feed, scopeUid: Uid, detail: string): Coverage {
  return {
    system: 'aws',
    scopeUid,
    feed,
    call: 'access',
    status: 'partial',
    missingPermission: null,
    detail,
  };
}

function compare(a: string | null, b: string | null): number {
  return (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0;
}
