import type { Coverage } from '#model/scope.ts';
import type { System } from '#model/system.ts';
import type { addressPart } from '../../inert-text.ts';
import type { PageData, PageDetails, PageFinding, PageIdentity } from '../data.ts';

/** The page's data with the ways to find things in it. */
export interface PageModel {
  readonly data: PageData;
  readonly identity: (uid: string | null) => PageIdentity | undefined;
  /** The identity of an address, as `identityAddress` writes it. */
  readonly identityAt: (address: string) => PageIdentity | undefined;
  readonly identityAddress: (identity: PageIdentity) => string;
  readonly findingsOf: (uid: string) => readonly PageFinding[];
  /** What it has row by row; undefined: the page does not carry it. */
  readonly details: (uid: string) => PageDetails | undefined;
  readonly scopeName: (uid: string) => string;
  /** System and scope in words. */
  readonly where: (row: { readonly system: System | null; readonly scopeUid: string | null }) => string;
  /** The gaps of the scope an identity lives in, of those above it, and those without a scope in its system. */
  readonly gapsOf: (identity: PageIdentity) => readonly Coverage[];
  /** Gaps that belong to no system: they could be about anything. */
  readonly unplacedGaps: number;
  readonly rule: (id: string) => { readonly about: string; readonly remedy: string } | undefined;
  readonly capability: (name: string) => string | undefined;
}

/** Indexes the data. Runs in the page. */
export function createModel(data: PageData, address: typeof addressPart): PageModel {
  const identities = new Map(data.identities.map((identity) => [identity.uid, identity]));
  const addresses = new Map(data.identities.map((identity) => [address(identity.uid), identity]));
  const [scopes, rules] = [new Map(data.scopes), new Map(data.rules)];
  const [capabilities, systems] = [new Map(data.capabilities), new Map(data.systems)];
  const details = new Map(data.details);
  const findings = new Map<string, PageFinding[]>();
  for (const finding of data.findings) {
    if (finding.identityUid === null) continue;
    const those = findings.get(finding.identityUid);
    if (those === undefined) findings.set(finding.identityUid, [finding]);
    else those.push(finding);
  }

  function homes(scopeUid: string): ReadonlySet<string> {
    const seen = new Set<string>();
    for (
      let at: string | null = scopeUid;
      at !== null && !seen.has(at);
      at = scopes.get(at)?.parentUid ?? null
    ) {
      seen.add(at);
    }
    return seen;
  }

  return {
    data,
    identity: (uid) => (uid === null ? undefined : identities.get(uid)),
    identityAt: (text) => addresses.get(text),
    identityAddress: (identity) => `#/identity/${address(identity.uid)}`,
    findingsOf: (uid) => findings.get(uid) ?? [],
    details: (uid) => details.get(uid),
    scopeName: (uid) => scopes.get(uid)?.name ?? uid,
    where: ({ system, scopeUid }) => {
      const title = system === null ? 'Unplaced' : (systems.get(system) ?? system);
      return scopeUid === null ? title : `${title} · ${scopes.get(scopeUid)?.name ?? scopeUid}`;
    },
    gapsOf: ({ system, scopeUid }) => {
      const near = homes(scopeUid);
      return data.gaps.filter((gap) =>
        gap.scopeUid === null ? gap.system === system : near.has(gap.scopeUid),
      );
    },
    unplacedGaps: data.gaps.filter((gap) => gap.system === null).length,
    rule: (id) => rules.get(id),
    capability: (name) => capabilities.get(name),
  };
}
