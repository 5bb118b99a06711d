import { environmentOf } from '#collectors/shared/environment.ts';
import { observe, type Observation } from '#model/record.ts';
import { gcpMemberUid } from '#model/uid.ts';
import type { Held } from '../entities/entity.ts';
import type { Estate } from '../estate.ts';
import { labelsOf, memberOf, textOf } from '../fields.ts';
import { WORKLOAD_TYPES } from '../workload-types.ts';

/** What runs as service accounts; an account of Compute Engine's default is named as `default` and left out. */
export function* workloadRows({ holdings, naming, hierarchy }: Estate): Generator<Observation> {
  for (const held of holdings.get('workload') ?? []) {
    const { name, fields, assetType } = held;
    const type = WORKLOAD_TYPES[assetType ?? ''];
    const project = projectOf(held);
    if (type === undefined || project === undefined) continue;
    const scopeUid = naming.scopeUid(`projects/${project}`);
    const accounts = type.accounts(fields).flatMap((each) => accountIn(each) ?? []);
    const named = memberOf(fields, 'metadata') ?? fields;
    for (const email of new Set(accounts)) {
      yield observe('workloads', {
        uid: `gcp:${name.replace(/^\/\/[^/]+\//u, '')}`,
        system: 'gcp',
        scopeUid,
        identityUid: gcpMemberUid(`serviceAccount:${email}`),
        kind: type.kind,
        name: lastPart(textOf(named, 'name') ?? textOf(fields, 'id') ?? name),
        environment:
          environmentOf(labelsOf(named, 'labels')) ?? hierarchy.scopes.get(scopeUid)?.environment ?? null,
      });
    }
  }
}

/** The project that an asset's name or its ancestors tell; Cloud Run calls it the namespace. */
function projectOf({ name, fields, ancestors }: Held): string | undefined {
  const own = /\/(?:projects|apps)\/([^/]+)\//u.exec(name)?.[1];
  return (
    own ??
    ancestors[0]?.replace(/^projects\//u, '') ??
    textOf(memberOf(fields, 'metadata'), 'namespace') ??
    undefined
  );
}

/** Some services give the account's resource name for its address. */
function accountIn(said: string | null): string | null {
  const email = said === null ? null : lastPart(said).toLowerCase();
  return email?.includes('@') === true ? email : null;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
