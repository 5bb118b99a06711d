import { describe, expect, it } from 'vitest';
import { contextAt, failure, googleServer, type Binding } from './google-server.ts';
import { ACCOUNT, ACCOUNT_UID, EMAIL, gcpAction, grant, trust } from './subjects.ts';

const REMOVE = gcpAction('remove-member');
const UNTRUST = gcpAction('remove-trusted-member');
const APP = `serviceAccount:${EMAIL}`;
const BEN = 'user:ben@acme.example';
const CONDITION = { title: 'nights', expression: 'request.time.getHours() < 6' };
const PARAMETERS = { resource: 'projects/p', role: 'roles/viewer', member: APP, condition: null };

const BINDINGS: readonly Binding[] = [
  { role: 'roles/viewer', members: [APP, BEN] },
  { role: 'roles/viewer', members: [BEN, APP], condition: CONDITION },
  { role: 'roles/editor', members: [APP] },
  { role: 'roles/owner', members: [BEN] },
];
const policy = (bindings = BINDINGS) => ({
  version: 3,
  etag: 'AAAA',
  bindings,
  auditConfigs: [{ service: 'allServices' }],
});

describe('removing a member of an allow policy', () => {
  it('is for bindings on scopes and on service accounts', () => {
    expect(REMOVE.parametersFor(grant())).toEqual(PARAMETERS);
    for (const scope of ['folders/2', 'organizations/1']) {
      expect(REMOVE.parametersFor(grant({ scopeUid: `gcp:${scope}` }))).toMatchObject({ resource: scope });
    }
    expect(REMOVE.parametersFor(grant({ resourceUid: `//iam.googleapis.com/${ACCOUNT}` }))).toMatchObject({
      resource: ACCOUNT,
    });
    expect(REMOVE.parametersFor(grant({ condition: CONDITION }))).toMatchObject({ condition: CONDITION });
    expect(REMOVE.parametersFor(grant({ resourceUid: '//storage.googleapis.com/b' }))).toBeNull();
    expect(REMOVE.parametersFor(grant({ state: 'eligible' }))).toBeNull();
    expect(REMOVE.parametersFor(grant({ system: 'aws' }))).toBeNull();
  });

  it.each([
    ['one of several members', PARAMETERS],
    ['the only member', { ...PARAMETERS, role: 'roles/editor' }],
    ['a member under a condition', { ...PARAMETERS, condition: CONDITION }],
  ])('takes %s away, and puts exactly that back', async (_name, parameters) => {
    const { context, state } = await googleServer({}, { 'projects/p': policy() });
    const before = await REMOVE.read(parameters, context);
    expect(before).toMatchObject({ present: true, done: false });
    await REMOVE.act(parameters, before, context);
    expect(await REMOVE.read(parameters, context)).toEqual({ present: false, done: true, document: null });
    const left = state.policies.get('projects/p')?.bindings ?? [];
    expect(left.flatMap(({ members }) => members)).toHaveLength(5);
    expect(JSON.stringify(left)).not.toContain('[]');
    await REMOVE.undo?.(parameters, before, context);
    expect(await REMOVE.read(parameters, context)).toEqual(before);
    expect({ ...state.policies.get('projects/p'), etag: 'AAAA' }).toEqual(policy());
  });

  it('leaves the policy as it was to the letter when several steps are undone, the last one first', async () => {
    const { context, state } = await googleServer({}, { 'projects/p': policy() });
    const steps = [
      PARAMETERS,
      { ...PARAMETERS, role: 'roles/editor' },
      { ...PARAMETERS, condition: CONDITION },
    ];
    const before = [];
    for (const each of steps) {
      const found = await REMOVE.read(each, context);
      before.push(found);
      await REMOVE.act(each, found, context);
    }
    expect(JSON.stringify(state.policies.get('projects/p'))).not.toContain(APP);
    for (const at of [2, 1, 0]) {
      const [parameters, kept] = [steps[at], before[at]];
      if (parameters !== undefined && kept !== undefined) await REMOVE.undo?.(parameters, kept, context);
    }
    expect(JSON.stringify(state.policies.get('projects/p')?.bindings)).toBe(JSON.stringify(BINDINGS));
  });

  it('is not disturbed by other steps on the same policy: the document tells of its member alone', async () => {
    const { context } = await googleServer({}, { 'projects/p': policy() });
    const other = { ...PARAMETERS, role: 'roles/editor' };
    const before = await REMOVE.read(other, context);
    await REMOVE.act(PARAMETERS, await REMOVE.read(PARAMETERS, context), context);
    expect((await REMOVE.read(other, context)).document).toEqual(before.document);
  });

  it('finds an address however it is written, and puts it back as it was written', async () => {
    const written = 'serviceAccount:App@P.iam.gserviceaccount.com';
    const bindings = [{ role: 'roles/viewer', members: [written] }];
    const { context, state } = await googleServer({}, { 'projects/p': policy(bindings) });
    const before = await REMOVE.read(PARAMETERS, context);
    await REMOVE.act(PARAMETERS, before, context);
    expect(state.policies.get('projects/p')?.bindings).toEqual([]);
    await REMOVE.undo?.(PARAMETERS, before, context);
    expect(state.policies.get('projects/p')?.bindings).toEqual(bindings);
  });

  it('undoes into a policy that changed since without touching what is new', async () => {
    const { context, state } = await googleServer({}, { 'projects/p': policy() });
    const before = await REMOVE.read(PARAMETERS, context);
    await REMOVE.act(PARAMETERS, before, context);
    const added = [{ role: 'roles/browser', members: [BEN] }];
    state.policies.set('projects/p', policy(added));
    await REMOVE.undo?.(PARAMETERS, before, context);
    const now = state.policies.get('projects/p')?.bindings ?? [];
    expect(now).toContainEqual(added[0]);
    expect(now).toContainEqual({ role: 'roles/viewer', members: [APP] });
    const calls = JSON.stringify(now);
    await REMOVE.undo?.(PARAMETERS, before, context);
    expect(JSON.stringify(state.policies.get('projects/p')?.bindings)).toBe(calls);
  });

  it('is a conflict where somebody sets the policy in between', async () => {
    const server = await googleServer({}, { 'projects/p': policy() });
    const before = await REMOVE.read(PARAMETERS, server.context);
    server.beforeSet = () => server.state.policies.set('projects/p', { ...policy(), etag: 'BBBB' });
    await expect(REMOVE.act(PARAMETERS, before, server.context)).rejects.toMatchObject({
      failure: 'conflict',
    });
    expect(server.state.policies.get('projects/p')?.bindings).toEqual(BINDINGS);
  });

  it('never sets a policy that came without an etag or is not understood', async () => {
    const server = await googleServer({});
    for (const body of [{ bindings: [] }, { etag: 'A', bindings: 'all' }, null]) {
      server.intercept = () => ({ status: 200, body });
      await expect(REMOVE.read(PARAMETERS, server.context)).rejects.toMatchObject({ failure: 'failed' });
    }
  });

  it.each([
    ['projects/p', 'resourcemanager.projects'],
    ['folders/2', 'resourcemanager.folders'],
    ['organizations/1', 'resourcemanager.organizations'],
    [ACCOUNT, 'iam.serviceAccounts'],
  ])('names the right that is missing on %s', async (resource, kind) => {
    const server = await googleServer({}, { [resource]: policy() });
    const parameters = { ...PARAMETERS, resource };
    const before = await REMOVE.read(parameters, server.context);
    const refuse = (verb: string) => {
      server.intercept = (_method, name) =>
        name.endsWith(verb) ? failure(403, 'PERMISSION_DENIED', 'no') : null;
    };
    refuse(':setIamPolicy');
    await expect(REMOVE.act(parameters, before, server.context)).rejects.toMatchObject({
      missingPermission: `${kind}.setIamPolicy`,
    });
    refuse(':getIamPolicy');
    await expect(REMOVE.read(parameters, server.context)).rejects.toMatchObject({
      missingPermission: `${kind}.getIamPolicy`,
    });
    expect(REMOVE.permissions).toEqual(
      expect.arrayContaining([`${kind}.getIamPolicy`, `${kind}.setIamPolicy`]),
    );
  });

  it('asks for conditions, which Google hides otherwise', async () => {
    const server = await googleServer({}, { [ACCOUNT]: policy() });
    await REMOVE.read({ ...PARAMETERS, resource: ACCOUNT }, server.context);
    expect(server.requests[0]).toContain('options.requestedPolicyVersion=3');
  });

  it('tells an unreachable system, and a policy on something else', async () => {
    await expect(REMOVE.read(PARAMETERS, contextAt('http://127.0.0.1:1'))).rejects.toMatchObject({
      failure: 'unreachable',
    });
    const elsewhere = { ...PARAMETERS, resource: 'buckets/b' };
    await expect(REMOVE.read(elsewhere, contextAt('http://127.0.0.1:1'))).rejects.toMatchObject({
      failure: 'refused',
    });
  });
});

describe('removing whoever may become a service account', () => {
  const POOL = 'principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/gh/*';
  const GKE = 'serviceAccount:p.svc.id.goog[shop/web]';

  it('is for federated members, and for others where the role is known', () => {
    for (const member of [POOL, GKE]) {
      expect(UNTRUST.parametersFor(trust({ trusted: `gcp:${member}` }))).toEqual({
        resource: ACCOUNT,
        role: 'roles/iam.workloadIdentityUser',
        member,
        condition: null,
      });
    }
    const role = 'roles/iam.serviceAccountTokenCreator';
    const said = trust({ trusted: ACCOUNT_UID, raw: { role, member: BEN } });
    expect(UNTRUST.parametersFor(said)).toMatchObject({ role, member: BEN });
    expect(UNTRUST.parametersFor(trust({ trusted: ACCOUNT_UID }))).toBeNull();
    expect(UNTRUST.parametersFor(trust({ trusted: `gcp:${GKE}`, certainty: 'claimed' }))).toBeNull();
    expect(UNTRUST.parametersFor(grant())).toBeNull();
  });

  it('takes the member out of the account’s own policy and leaves the others', async () => {
    const bindings = [{ role: 'roles/iam.workloadIdentityUser', members: [GKE, POOL] }];
    const { context, state } = await googleServer({}, { [ACCOUNT]: policy(bindings) });
    const parameters = UNTRUST.parametersFor(trust({ trusted: `gcp:${GKE}` }));
    if (parameters === null) throw new Error('not for it');
    const before = await UNTRUST.read(parameters, context);
    await UNTRUST.act(parameters, before, context);
    expect(state.policies.get(ACCOUNT)?.bindings).toEqual([{ ...bindings[0], members: [POOL] }]);
    await UNTRUST.undo?.(parameters, before, context);
    expect(state.policies.get(ACCOUNT)?.bindings).toEqual(bindings);
  });
});
