import { describe, expect, it } from 'vitest';
import { contextAt, failure, googleServer } from './google-server.ts';
import { credential, gcpAction, KEY } from './subjects.ts';

const DISABLE = gcpAction('disable-service-account-key');
const DELETE = gcpAction('delete-service-account-key');
const PARAMETERS = { key: KEY };

describe('the actions on keys of service accounts', () => {
  it('are for keys that the customer manages, by name or else by uid', () => {
    for (const action of [DISABLE, DELETE]) {
      expect(action.parametersFor(credential())).toEqual(PARAMETERS);
      expect(action.parametersFor(credential({ raw: null }))).toEqual(PARAMETERS);
      expect(action.parametersFor(credential({ raw: { name: `//iam.googleapis.com/${KEY}` } }))).toEqual(
        PARAMETERS,
      );
      expect(action.parametersFor(credential({ raw: { name: KEY, keyType: 'SYSTEM_MANAGED' } }))).toBeNull();
      expect(action.parametersFor(credential({ uid: 'x', raw: null }))).toBeNull();
      expect(action.parametersFor(credential({ system: 'aws' }))).toBeNull();
    }
  });

  it('refuse a name that leads elsewhere', async () => {
    const { context, requests } = await googleServer({});
    const astray = { key: 'projects/p/serviceAccounts/../../v1/keys/k' };
    await expect(DISABLE.read(astray, context)).rejects.toMatchObject({ failure: 'refused' });
    expect(requests).toEqual([]);
  });
});

describe('disabling a key', () => {
  it('is read as done afterwards, and undone to what was there before', async () => {
    const { context, state } = await googleServer({ [KEY]: { name: KEY } });
    const before = await DISABLE.read(PARAMETERS, context);
    expect(before).toEqual({ present: true, done: false, document: { disabled: false } });
    await DISABLE.act(PARAMETERS, before, context);
    expect(await DISABLE.read(PARAMETERS, context)).toMatchObject({ done: true });
    await DISABLE.undo?.(PARAMETERS, before, context);
    expect(await DISABLE.read(PARAMETERS, context)).toEqual(before);
    expect(state.objects.get(KEY)).toEqual({ name: KEY });
  });

  it('leaves a key disabled that was so before', async () => {
    const { context, requests } = await googleServer({ [KEY]: { name: KEY, disabled: true } });
    const before = await DISABLE.read(PARAMETERS, context);
    await DISABLE.undo?.(PARAMETERS, before, context);
    expect(requests).toHaveLength(1);
  });

  it('cannot bring a key back that is gone', async () => {
    const { context } = await googleServer({});
    const undone = DISABLE.undo?.(PARAMETERS, { present: true, done: false, document: null }, context);
    await expect(undone).rejects.toMatchObject({ failure: 'failed' });
  });

  it('names the right that is missing', async () => {
    const server = await googleServer({ [KEY]: { name: KEY } });
    const before = await DISABLE.read(PARAMETERS, server.context);
    server.intercept = () => failure(403, 'PERMISSION_DENIED', 'no');
    await expect(DISABLE.read(PARAMETERS, server.context)).rejects.toMatchObject({
      failure: 'denied',
      missingPermission: 'iam.serviceAccountKeys.get',
    });
    await expect(DISABLE.act(PARAMETERS, before, server.context)).rejects.toMatchObject({
      failure: 'denied',
      missingPermission: 'iam.serviceAccountKeys.disable',
    });
  });

  it('says of an API that is switched off that it failed, not that a right is missing', async () => {
    const server = await googleServer({});
    server.intercept = () => ({
      status: 403,
      body: { error: { code: 403, message: 'off', details: [{ reason: 'SERVICE_DISABLED' }] } },
    });
    await expect(DISABLE.read(PARAMETERS, server.context)).rejects.toMatchObject({
      failure: 'failed',
      missingPermission: null,
    });
  });

  it('tells an unreachable system from a refusal', async () => {
    const context = contextAt('http://127.0.0.1:1');
    await expect(DISABLE.read(PARAMETERS, context)).rejects.toMatchObject({ failure: 'unreachable' });
  });
});

describe('deleting a key', () => {
  it('is done when the key is gone, told by its name alone, and cannot be undone', async () => {
    const { context } = await googleServer({ [KEY]: { name: KEY } });
    const before = await DELETE.read(PARAMETERS, context);
    expect(before.document).toEqual({ key: KEY });
    await gcpAction('disable-service-account-key').act(PARAMETERS, before, context);
    expect(await DELETE.read(PARAMETERS, context)).toEqual(before);
    await DELETE.act(PARAMETERS, before, context);
    expect(await DELETE.read(PARAMETERS, context)).toEqual({ present: false, done: true, document: null });
    expect(DELETE.undo).toBeUndefined();
  });

  it('finds nothing to do for a key that somebody else deleted', async () => {
    const { context } = await googleServer({});
    const receipt = await DELETE.act(PARAMETERS, { present: true, done: false, document: null }, context);
    expect(receipt).toEqual({ requestId: null });
  });

  it('names the right that is missing', async () => {
    const server = await googleServer({});
    server.intercept = () => failure(403, 'PERMISSION_DENIED', 'no');
    const acted = DELETE.act(PARAMETERS, { present: true, done: false, document: null }, server.context);
    await expect(acted).rejects.toMatchObject({ missingPermission: 'iam.serviceAccountKeys.delete' });
  });
});
