import { describe, expect, it } from 'vitest';
import { failure, googleServer } from './google-server.ts';
import { credential, gcpAction } from './subjects.ts';

const DELETE = gcpAction('delete-api-key');
const NAME = 'projects/p/locations/global/keys/k1';
const PARAMETERS = { key: NAME };

describe('deleting an API key', () => {
  it('is for API keys, not for those of service accounts', () => {
    expect(DELETE.parametersFor(credential({ raw: { name: NAME } }))).toEqual(PARAMETERS);
    expect(DELETE.parametersFor(credential({ uid: `gcp:${NAME}`, raw: null }))).toEqual(PARAMETERS);
    expect(DELETE.parametersFor(credential())).toBeNull();
  });

  it('leaves a key that can be brought back, and brings it back', async () => {
    const server = await googleServer({ [NAME]: { name: NAME } });
    const before = await DELETE.read(PARAMETERS, server.context);
    expect(before).toEqual({ present: true, done: false, document: { key: NAME } });
    await DELETE.act(PARAMETERS, before, server.context);
    expect(await DELETE.read(PARAMETERS, server.context)).toEqual({
      present: false,
      done: true,
      document: null,
    });
    server.state.objects.set(NAME, { name: NAME, deleteTime: '2026-11-20T00:00:00Z' });
    expect(await DELETE.read(PARAMETERS, server.context)).toMatchObject({ done: true });
    await DELETE.undo?.(PARAMETERS, before, server.context);
    expect(await DELETE.read(PARAMETERS, server.context)).toEqual(before);
    const calls = server.requests.length;
    await DELETE.undo?.(PARAMETERS, before, server.context);
    expect(server.requests.slice(calls)).toEqual([`GET /v2/${NAME}`]);
  });

  it('says that a key was deleted too long ago', async () => {
    const { context } = await googleServer({});
    const undone = DELETE.undo?.(PARAMETERS, { present: true, done: false, document: null }, context);
    await expect(undone).rejects.toMatchObject({ failure: 'failed' });
  });

  it('names the right that is missing', async () => {
    const server = await googleServer({ [NAME]: { name: NAME } });
    server.intercept = (method) => (method === 'DELETE' ? failure(403, 'PERMISSION_DENIED', 'no') : null);
    const before = await DELETE.read(PARAMETERS, server.context);
    await expect(DELETE.act(PARAMETERS, before, server.context)).rejects.toMatchObject({
      failure: 'denied',
      missingPermission: 'apikeys.keys.delete',
    });
  });
});
