import type { Scope } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';
import { awsAccountUid } from '#model/uid.ts';
import { listOf, textOf } from '../parts.ts';
import type { Reply } from '../session.ts';
import type { MemberAccount, OrganizationReading } from './organization.ts';

/** The units and accounts of an organisation. */
export interface Tree {
  readonly scopes: readonly Scope[];
  readonly accounts: ReadonlyMap<string, MemberAccount>;
  /** The uids of roots, units and accounts by their ids, by which policies name their targets. */
  readonly uidOf: ReadonlyMap<string, Uid>;
  /** The types of policies that are enabled; null: not known. */
  readonly policyTypes: ReadonlySet<string> | null;
}

/** Deeper than AWS allows. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
const MAX_DEPTH = 8;

/** Goes down from the root, level by level. */
export async function readTree(reading: OrganizationReading, organizationUid: Uid): Promise<Tree> {
  const scopes: Scope[] = [];
  const accounts = new Map<string, MemberAccount>();
  const uidOf = new Map<string, Uid>();
  let policyTypes: Set<string> | null = null;

  const addUnit = (item: Reply, parentUid: Uid): string | null => {
    const [uid, id] = [textOf(item, 'Arn'), textOf(item, 'Id')];
    if (uid === null || id === null || uidOf.has(id)) return null;
    uidOf.set(id, uid);
    scopes.push({
      uid,
      system: 'aws',
      kind: 'organizational-unit',
      name: textOf(item, 'Name') ?? id,
      parentUid,
      environment: null,
      tags: {},
      raw: null,
    });
    return id;
  };
  const addAccount = (item: Reply, parentUid: Uid | null): void => {
    const id = textOf(item, 'Id');
    if (id === null || !/^\d{12}$/u.test(id)) {
      return reading.lost('organizations:ListAccountsForParent', '', 'expected an account');
    }
    const state = textOf(item, 'State') ?? textOf(item, 'Status') ?? 'ACTIVE';
    uidOf.set(id, awsAccountUid(id));
    accounts.set(id, { id, name: textOf(item, 'Name') ?? id, parentUid, state });
  };

  const descend = async (id: string, depth: number): Promise<void> => {
    const uid = uidOf.get(id);
    if (uid === undefined) return;
    const input = { ParentId: id };
    for await (const page of reading.pages('organizations:ListAccountsForParent', input, id)) {
      for (const item of listOf(page, 'Accounts')) addAccount(item, uid);
    }
    const units: string[] = [];
    for await (const page of reading.pages('organizations:ListOrganizationalUnitsForParent', input, id)) {
      for (const item of listOf(page, 'OrganizationalUnits'))
        units.push(...[addUnit(item, uid) ?? []].flat());
    }
    if (depth < MAX_DEPTH) await Promise.all(units.map((unit) => descend(unit, depth + 1)));
  };

  for await (const page of reading.pages('organizations:ListRoots', {}, '')) {
    for (const root of listOf(page, 'Roots')) {
      policyTypes ??= new Set();
      for (const type of listOf(root, 'PolicyTypes')) {
        if (type['Status'] === 'ENABLED') policyTypes.add(textOf(type, 'Type') ?? '');
      }
      const id = addUnit(root, organizationUid);
      if (id !== null) await descend(id, 0);
    }
  }
  return { scopes, accounts, uidOf, policyTypes };
}
