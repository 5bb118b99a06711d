import type { AccessRecords } from '../engine.ts';
import type { Json, Uid } from '#model/system.ts';
import { parseArn } from './arn.ts';
import { parseDocument, type PolicyDocument } from './document.ts';
import { recently } from './recently.ts';

type Row<T extends keyof AccessRecords> = AccessRecords[T][number];

/** What the engine may take for granted where the records do not say. */
export interface AwsAssumptions {
  /** `none`: an account whose organisation was not collected belongs to none, so that no SCP or RCP limits it. */
  readonly organization?: 'none' | 'unknown';
  /** The time of the requests, for conditions on time; without it they are open. */
  readonly asOf?: string;
}

/** The AWS part of the records, to be looked things up in. Only what is asked for is ever indexed. */
export interface Estate {
  readonly assumptions: AwsAssumptions;
  /** A policy document of the records taken apart; those asked for of late are remembered. */
  readonly documentOf: (document: Json) => PolicyDocument;
  /** The document of a policy of the records; null where it was not collected. */
  readonly policyDocument: (roleUid: Uid) => { readonly document: PolicyDocument | null };
  readonly identities: ReadonlyMap<Uid, Row<'identities'>>;
  readonly roles: ReadonlyMap<Uid, Row<'roles'>>;
  readonly groups: ReadonlyMap<Uid, Row<'groups'>>;
  readonly scopes: ReadonlyMap<Uid, Row<'scopes'>>;
  readonly grants: ReadonlyMap<Uid, readonly Row<'grants'>[]>;
  readonly groupsOf: ReadonlyMap<Uid, readonly Uid[]>;
  /** By the identity or scope that they limit. */
  readonly guardrails: ReadonlyMap<Uid, readonly Row<'guardrails'>[]>;
  /** By the resource that they hang on, trust policies by the role. */
  readonly resourcePolicies: ReadonlyMap<Uid, readonly Row<'resourcePolicies'>[]>;
  /** The resources that have policies, by the service whose actions these are about; `sts`: the roles. */
  readonly policedResources: ReadonlyMap<string, readonly Uid[]>;
  /** By the scope that they are about; rows about no scope in particular are left out. */
  readonly coverage: ReadonlyMap<Uid, readonly Row<'coverage'>[]>;
  /** The roles by `<account>/<name>`: a session's ARN has the name without the path. */
  readonly rolesByName: ReadonlyMap<string, Row<'identities'>>;
}

/** How many documents stay taken apart: more than an account shares, fewer than its inline policies may be. */
const DOCUMENTS = 4096;

/** Indexes the AWS rows of the records; rows of other systems are left out. */
export function buildEstate(records: AccessRecords, assumptions: AwsAssumptions): Estate {
  const ours = <T extends { readonly system: string | null }>(rows: readonly T[]): readonly T[] =>
    rows.every(({ system }) => system === 'aws') ? rows : rows.filter(({ system }) => system === 'aws');
  const byUid =
    <T extends { readonly uid: Uid; readonly system: string }>(rows: readonly T[]) =>
    () =>
      new Map(ours(rows).map((row) => [row.uid, row]));
  const estate: Estate = lazily<Estate>({
    assumptions: () => assumptions,
    documentOf: () => recently(DOCUMENTS, parseDocument),
    policyDocument: () =>
      recently(DOCUMENTS, (roleUid) => {
        const document = estate.roles.get(roleUid)?.document ?? null;
        return { document: document === null ? null : parseDocument(document) };
      }),
    identities: byUid(records.identities),
    roles: byUid(records.roles),
    groups: byUid(records.groups),
    scopes: byUid(records.scopes),
    grants: () => groupBy(ours(records.grants), ({ principalUid }) => principalUid),
    groupsOf: () =>
      mapValues(
        groupBy(ours(records.memberships), ({ memberUid }) => memberUid),
        (rows) => rows.map(({ groupUid }) => groupUid),
      ),
    guardrails: () => groupBy(ours(records.guardrails), ({ targetUid }) => targetUid),
    resourcePolicies: () => groupBy(ours(records.resourcePolicies), ({ resourceUid }) => resourceUid),
    policedResources: () => resourcesByService(ours(records.resourcePolicies)),
    coverage: () => groupBy(ours(records.coverage), ({ scopeUid }) => scopeUid ?? ''),
    rolesByName: () =>
      new Map(
        ours(records.identities)
          .filter(({ kind }) => kind === 'iam-role')
          .map((row) => [`${parseArn(row.uid)?.account}/${row.name}`, row]),
      ),
  });
  return estate;
}

function resourcesByService(policies: readonly Row<'resourcePolicies'>[]): Map<string, readonly Uid[]> {
  const byService = groupBy(policies, ({ kind, resourceUid }) =>
    kind === 'trust' ? 'sts' : (parseArn(resourceUid)?.service ?? ''),
  );
  return mapValues(byService, (rows) => [...new Set(rows.map(({ resourceUid }) => resourceUid))]);
}

/** The object whose every property is made when it is first read. */
function lazily<T extends object>(makers: { readonly [K in keyof T]: () => T[K] }): T {
  // Filled in property by property below: each gets the getter that its maker stands for.
  const target = {} as T;
  // Object.keys gives text; the keys of `makers` are those of T.
  for (const key of Object.keys(makers) as (keyof T)[]) {
    Object.defineProperty(target, key, {
      configurable: true,
      enumerable: true,
      get: () => {
        const value = makers[key]();
        Object.defineProperty(target, key, { value, enumerable: true });
        return value;
      },
    });
  }
  return target;
}

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => Uid): Map<Uid, T[]> {
  const groups = new Map<Uid, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

function mapValues<K, V, W>(map: ReadonlyMap<K, V>, change: (value: V) => W): Map<K, W> {
  return new Map(Array.from(map, ([key, value]) => [key, change(value)]));
}
