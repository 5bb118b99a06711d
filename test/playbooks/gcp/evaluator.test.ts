import { describe, expect, it } from 'vitest';
import type { FormerAccess } from '#contract/action.ts';
import type { Grant } from '#model/grant.ts';
import { gcpEvaluatorWith } from '../../../playbooks/actions/gcp/index.ts';
import { failure, goodToken, googleServer, type Binding } from './google-server.ts';
import { account, ACCOUNT, EMAIL, grant } from './subjects.ts';

const EVALUATOR = gcpEvaluatorWith(goodToken);
const APP = `serviceAccount:${EMAIL}`;

/** The account held viewer on its project, or what else is said. */
function former(...grants: Partial<Grant>[]): FormerAccess {
  const rows = (grants.length === 0 ? [{}] : grants).flatMap((fields) => {
    const subject = grant(fields);
    return subject.table === 'grants' ? [{ grant: subject.row, role: null }] : [];
  });
  return { identity: account(), grants: rows };
}

/** A project in a folder of an organisation, with what their policies bind. */
async function world(
  bindings: Record<string, readonly Binding[]> = {},
  own: { [field: string]: string | boolean } = {},
) {
  return googleServer(
    {
      [ACCOUNT]: { name: ACCOUNT, uniqueId: '1001', ...own },
      'projects/p': { parent: 'folders/2' },
      'folders/2': { parent: 'organizations/1' },
    },
    Object.fromEntries(Object.entries(bindings).map(([name, list]) => [name, { etag: 'A', bindings: list }])),
  );
}

describe('the allow policies of Google Cloud, read again', () => {
  it('refuse what nothing binds, from the resource up to the organisation', async () => {
    const { context, requests } = await world();
    expect(await EVALUATOR.ask(former(), context)).toEqual({
      asked: 1,
      denied: 1,
      allowed: [],
      unknown: [],
    });
    const read = ['projects/p', 'folders/2', 'organizations/1'].map(
      (name) => `POST /v3/${name}:getIamPolicy`,
    );
    expect(requests.filter((each) => each.includes('getIamPolicy'))).toEqual(read);
  });

  it.each(['projects/p', 'folders/2', 'organizations/1'])('allow what is bound on %s', async (name) => {
    const { context } = await world({ [name]: [{ role: 'roles/viewer', members: [APP] }] });
    expect(await EVALUATOR.ask(former(), context)).toMatchObject({
      denied: 0,
      allowed: [`roles/viewer on ${name}`],
    });
  });

  it('allow what everybody has', async () => {
    const { context } = await world({ 'projects/p': [{ role: 'roles/viewer', members: ['allUsers'] }] });
    expect((await EVALUATOR.ask(former(), context)).allowed).toEqual(['roles/viewer on projects/p']);
  });

  it('refuse everything to an account that is disabled, gone, or another one by the same name', async () => {
    const bound = { 'projects/p': [{ role: 'roles/viewer', members: [APP] }] };
    const shut = { asked: 1, denied: 1, allowed: [], unknown: [] };
    for (const own of [{ disabled: true }, { uniqueId: '2002' }]) {
      const { context } = await world(bound, own);
      expect(await EVALUATOR.ask(former(), context)).toEqual(shut);
    }
    const { context, state } = await world(bound);
    state.objects.delete(ACCOUNT);
    expect(await EVALUATOR.ask(former(), context)).toEqual(shut);
  });

  it('say what they cannot tell: groups, other roles, and policies that are not read', async () => {
    const { context } = await world({
      'projects/p': [{ role: 'roles/editor', members: [APP] }],
      'folders/2': [{ role: 'roles/owner', members: ['group:ops@acme.example'] }],
    });
    const bucket = { resourceUid: '//storage.googleapis.com/b', roleUid: 'gcp:roles/storage.admin' };
    const check = await EVALUATOR.ask(former({}, bucket), context);
    expect(check).toMatchObject({ denied: 0, allowed: [] });
    expect(check.unknown).toEqual([
      'roles/storage.admin on //storage.googleapis.com/b: its policy is not read',
      'roles/editor on projects/p is held as well: what it gives is not compared',
      'roles/owner on folders/2 is held by group:ops@acme.example: whether it is in there is not asked',
    ]);
  });

  it('say which right is missing where one cannot be read', async () => {
    const server = await world();
    server.intercept = (_method, name) =>
      name === 'folders/2:getIamPolicy' ? failure(403, 'PERMISSION_DENIED', 'no') : null;
    const { unknown, denied } = await EVALUATOR.ask(former(), server.context);
    expect(denied).toBe(0);
    expect(unknown).toEqual([
      'roles/viewer on projects/p: not read, needs resourcemanager.folders.getIamPolicy',
    ]);
    expect(EVALUATOR.permissions).toContain('resourcemanager.folders.getIamPolicy');
  });
});
