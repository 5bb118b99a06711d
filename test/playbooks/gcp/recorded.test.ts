import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Json } from '#model/system.ts';
import { failure, googleServer, type GoogleServer } from './google-server.ts';
import { gcpAction } from './subjects.ts';

const RECORDED = join(process.cwd(), '../shared/data/gcp/recorded');
const EMAILS = 'projects/cloud-custodian/serviceAccounts';

interface Reply {
  readonly status: number;
  readonly body: Json;
}

/** A reply as it was recorded. */
function recorded(scenario: string, file: string): Reply {
  const text = readFileSync(join(RECORDED, scenario, `${file}.json`), 'utf8');
  // The recordings' own shape; what is wrong with it shows.
  const { headers, body } = JSON.parse(text) as { headers: { status: string }; body: Json };
  return { status: Number(headers.status), body };
}

/** Answers by method and the name's end alone, with what was recorded. */
function replay(server: GoogleServer, replies: Record<string, Reply>): void {
  server.intercept = (method, name) =>
    replies[`${method} ${name.includes(':') ? name.slice(name.lastIndexOf(':') + 1) : ''}`.trim()] ??
    failure(500, 'INTERNAL', `not recorded: ${method} ${name}`);
}

describe.skipIf(!existsSync(RECORDED))('what Google answered (skipped without ../shared/data)', () => {
  it('shows a key, takes its deletion, and shows that it is gone', async () => {
    const server = await googleServer({});
    const name = `${EMAILS}/test-cutodian-scc@cloud-custodian.iam.gserviceaccount.com`;
    const file = (method: string, rest: string) =>
      recorded('iam-delete-service-account-key', `${method}-v1-${name.replaceAll('/', '-')}-keys${rest}`);
    const { body } = file('get', '_1');
    const [key = null] = typeof body === 'object' && body !== null ? [body].flat() : [];
    const listed = JSON.parse(JSON.stringify(key)) as { keys: Json[] };
    const action = gcpAction('delete-service-account-key');
    const parameters = { key: `${name}/keys/2` };
    replay(server, { GET: { status: 200, body: listed.keys[0] ?? null } });
    const before = await action.read(parameters, server.context);
    expect(before).toEqual({ present: true, done: false, document: parameters });
    replay(server, { DELETE: file('delete', '-2_1') });
    await action.act(parameters, before, server.context);
    replay(server, { GET: file('get', '-2_1') });
    expect(await action.read(parameters, server.context)).toMatchObject({ present: false, done: true });
  });

  it('takes the disabling and the enabling of an account', async () => {
    const server = await googleServer({});
    const account = `${EMAILS}/test-sa-actions@cloud-custodian.iam.gserviceaccount.com`;
    const parameters = { account, uniqueId: '110148766213080050189' };
    const action = gcpAction('disable-service-account');
    const path = account.replaceAll('/', '-');
    const off = (file: string) => recorded('iam-service-account-disable', file);
    const on = (file: string) => recorded('iam-service-account-enable', file);
    replay(server, { GET: on(`get-v1-${path}_1`) });
    const before = await action.read(parameters, server.context);
    expect(before).toMatchObject({ present: true, done: false });
    replay(server, { 'POST disable': off(`post-v1-${path}-disable_1`) });
    await action.act(parameters, before, server.context);
    replay(server, { GET: off(`get-v1-${path}_1`) });
    expect(await action.read(parameters, server.context)).toMatchObject({ present: true, done: true });
    replay(server, { 'POST enable': on(`post-v1-${path}-enable_1`) });
    await action.undo?.(parameters, before, server.context);
    replay(server, { GET: on(`get-v1-${path}_1`) });
    expect(await action.read(parameters, server.context)).toEqual(before);
  });

  it('takes a member out of a policy, and loses nobody else’s change', async () => {
    const file = (name: string) =>
      recorded('project-set-iam-policy', `post-v1-projects-cloud-custodian-${name}`);
    const server = await googleServer({});
    // The recording adds this member; what was read after it is what it is taken out of.
    const policy = JSON.parse(JSON.stringify(file('getIamPolicy_3').body)) as { etag: string; bindings: [] };
    server.state.policies.set('projects/cloud-custodian', policy);
    const action = gcpAction('remove-member');
    const parameters = {
      resource: 'projects/cloud-custodian',
      role: 'roles/automl.admin',
      member: 'user:mediapills@gmail.com',
      condition: null,
    };
    const before = await action.read(parameters, server.context);
    server.beforeSet = () => {
      server.state.policies.set('projects/cloud-custodian', { ...policy, etag: 'BwWP6/SoJ90=' });
    };
    const acted = action.act(parameters, before, server.context);
    await expect(acted).rejects.toMatchObject({ failure: 'conflict' });
    server.beforeSet = () => undefined;
    await action.act(parameters, before, server.context);
    const original = JSON.parse(JSON.stringify(file('getIamPolicy_1').body)) as { bindings: Json };
    const now = server.state.policies.get('projects/cloud-custodian');
    expect(now).toMatchObject({ bindings: original.bindings });
    await action.undo?.(parameters, before, server.context);
    const after = server.state.policies.get('projects/cloud-custodian');
    expect({ ...after, etag: policy.etag }).toEqual(policy);
  });
});
