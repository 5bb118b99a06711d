import { observe, type Observation } from '#model/record.ts';
import { entraUid } from '#model/uid.ts';
import type { Held, Holdings } from '../estate.ts';
import { textOf } from '../files/fields.ts';
import type { EntityKind } from '../files/sort.ts';
import { application, identity, owners, servicePrincipal, user } from './directory.ts';
import { directoryRole, group, members } from './groups-and-roles.ts';
import { accessPolicies } from './access-policies.ts';
import { appRoleGrant, armGrant, consentGrant, directoryGrant } from './grants.ts';
import { groupEligibilities } from './group-eligibilities.ts';
import { hierarchy } from './hierarchy.ts';
import type { Knowledge } from './knowledge.ts';
import { armIdentity, denyAssignment, federatedCredential, roleDefinition } from './resources.ts';
import { keyedResource } from './local-access.ts';
import { resourceTags } from './resource-tags.ts';
import { RESOURCE_ID_TAG } from './tags.ts';
import { credentialActivity, lastUses, signInActivity } from './usages.ts';
import { workloads } from './workloads.ts';

/** Every row that the entities make; `unread` is told of those that lack what a row needs. */
export function* rowsOf(
  holdings: Holdings,
  tenant: string,
  kinds: ReadonlyMap<string, string>,
  unread: (held: Held) => void,
): Generator<Observation> {
  const of = (kind: EntityKind): readonly Held[] => holdings.get(kind) ?? [];
  const pairs = (kind: EntityKind, from: string, to: string): Map<string, string> =>
    new Map(of(kind).map(({ fields }) => [textOf(fields, from) ?? '', textOf(fields, to) ?? '']));
  const home = { system: 'azure', scopeUid: `entra:${tenant}` } as const;
  const known: Knowledge = {
    tenant,
    kinds,
    home,
    templateOf: new Map(
      of('directory-role').map(({ fields: f }) => [
        textOf(f, 'id') ?? '',
        textOf(f, 'templateId') ?? textOf(f, 'id') ?? '',
      ]),
    ),
    principalOfApp: pairs('service-principal', 'appId', 'id'),
    tagsOf: resourceTags(holdings),
    lastUses: lastUses(holdings, tenant),
  };
  function* each(kind: EntityKind, make: (held: Held) => Observation | null): Generator<Observation> {
    for (const held of of(kind)) {
      const row = make(held);
      if (row === null) unread(held);
      else yield row;
    }
  }

  yield* hierarchy(holdings, tenant);
  yield* each('role-definition', ({ fields }) => roleDefinition(fields));
  yield* each('role-assignment', ({ fields }) => armGrant(fields, false, known));
  yield* each('eligibility', ({ fields }) => armGrant(fields, true, known));
  yield* each('deny-assignment', ({ fields }) => denyAssignment(fields));
  yield* each('directory-role', ({ fields }) => directoryRole(fields, known));
  yield* each('directory-assignment', ({ fields }) => directoryGrant(fields, false, known));
  yield* each('directory-eligibility', ({ fields }) => directoryGrant(fields, true, known));
  const assignments = { arm: of('role-assignment'), directory: of('directory-assignment') };
  yield* groupEligibilities(of('group-eligibility'), assignments, known);
  yield* each('app-role-assignment', ({ fields }) => appRoleGrant(fields, known));
  yield* each('consent', ({ fields }) => consentGrant(fields, known));
  yield* each('credential-activity', ({ fields }) => credentialActivity(fields, known));
  for (const { fields } of of('sign-in-activity')) {
    // Applications sign in that have no principal here any more.
    const row = signInActivity(fields, known);
    if (row !== null) yield row;
  }
  for (const kind of ['member-of', 'owner-of'] as const) {
    for (const { fields, context } of of(kind)) {
      const [, set = '', parent = ''] = /(\w+?)s\('([0-9a-f-]{36})'\)/iu.exec(context) ?? [];
      const uid = entraUid(tenant, set, parent);
      yield* (kind === 'member-of' ? members : owners)([fields], uid, known);
    }
  }
  for (const held of of('service-principal')) yield* withId(held, (id) => servicePrincipal(held, id, known));
  for (const held of of('application')) yield* withId(held, (id) => application(held, id, known));
  for (const held of of('group')) yield* withId(held, (id) => group(held.fields, id, known));
  for (const { fields } of of('user')) {
    const id = textOf(fields, 'id');
    if (id !== null) yield observe('identities', user(fields, id, known));
  }
  yield* managedIdentities();
  for (const { fields } of of('vault')) yield* accessPolicies(fields, known);
  for (const { fields } of of('keyed-resource')) yield* keyedResource(fields, known);
  for (const { fields } of running()) yield* workloads(fields, known);
  yield* each('federated-credential', ({ fields, context }) => {
    const parent = /applications\('?([0-9a-f-]{36})'?\)/iu.exec(context)?.[1];
    if (parent === undefined) return null;
    const uid = entraUid(tenant, 'application', parent);
    return federatedCredential(
      fields,
      `${uid}/federated-credential/${textOf(fields, 'id') ?? ''}`,
      uid,
      home,
    );
  });

  function* withId(held: Held, make: (id: string) => Iterable<Observation>): Generator<Observation> {
    const id = textOf(held.fields, 'id');
    if (id === null) unread(held);
    else yield* make(id);
  }

  /** Resources that may have an identity; one that is listed with its settings may stand in both lists. */
  function running(): readonly Held[] {
    return [...of('resource'), ...of('keyed-resource'), ...of('vault')];
  }

  function* managedIdentities(): Generator<Observation> {
    const inDirectory = new Set(
      of('service-principal').map(({ fields }) => textOf(fields, 'id')?.toLowerCase()),
    );
    const principalOf = new Map<string, string>();
    for (const held of [...of('managed-identity'), ...running()]) {
      const found = armIdentity(held.fields, known);
      if (found === null) continue;
      const { id, principal } = found;
      principalOf.set(id, principal);
      const objectId = principal.slice(principal.lastIndexOf(':') + 1);
      if (inDirectory.has(objectId)) continue;
      const row = identity(held.fields, objectId, principal, 'managed-identity', known);
      const { tags, environment } = known.tagsOf(id);
      yield observe('identities', { ...row, environment, tags: { ...tags, [RESOURCE_ID_TAG]: id } });
    }
    yield* each('arm-federated-credential', ({ fields }) => {
      const id = textOf(fields, 'id')?.toLowerCase();
      const identityUid =
        id === undefined
          ? undefined
          : principalOf.get(id.replace(/\/federatedidentitycredentials\/.*$/u, ''));
      return id === undefined || identityUid === undefined
        ? null
        : federatedCredential(fields, id, identityUid, home);
    });
  }
}
