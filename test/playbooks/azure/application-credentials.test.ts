import { describe, expect, it } from 'vitest';
import type { Json } from '#model/system.ts';
import { azureServer, failure, TENANT } from './azure-server.ts';
import { APP, application, azureAction, credential, grant, principal, SP } from './subjects.ts';

const SECRET = azureAction('remove-application-password');
const CERTIFICATE = azureAction('remove-application-certificate');
const PARAMETERS = { tenant: TENANT, collection: 'applications', id: APP, keyId: 'k1' };

const certificate = (keyId: string): { [field: string]: Json } => ({
  keyId,
  type: 'AsymmetricX509Cert',
  usage: 'Verify',
  key: `certificate of ${keyId}`,
});

async function withKeys() {
  const server = await azureServer();
  server.objects.set(`applications/${APP}`, {
    id: APP,
    passwordCredentials: [{ keyId: 'k1' }, { keyId: 'k2' }],
    keyCredentials: [certificate('k1'), certificate('k2')],
  });
  const owner = () => server.objects.get(`applications/${APP}`);
  return { server, context: server.context, owner };
}

describe('the actions on credentials of applications', () => {
  it('are for secrets and certificates of applications and service principals, each for its own', () => {
    const secret = credential({ raw: { keyId: 'k1' } });
    const key = credential({ kind: 'certificate', raw: { keyId: 'k1' } });
    expect(SECRET.parametersFor(secret)).toEqual(PARAMETERS);
    expect(SECRET.parametersFor(credential({ raw: null }))).toEqual(PARAMETERS);
    expect(CERTIFICATE.parametersFor(key)).toEqual(PARAMETERS);
    expect(SECRET.parametersFor(key)).toBeNull();
    expect(CERTIFICATE.parametersFor(secret)).toBeNull();
    expect(SECRET.parametersFor(credential({ raw: { keyId: 'k1' } }, principal()))).toEqual({
      ...PARAMETERS,
      collection: 'servicePrincipals',
      id: SP,
    });
    expect(SECRET.parametersFor(grant({}))).toBeNull();
  });

  it('leave what belongs to managed identities to Azure, and other systems alone', () => {
    const managed = principal({ kind: 'managed-identity' });
    const key = credential({ kind: 'certificate', raw: { keyId: 'k1' } }, managed);
    expect(CERTIFICATE.parametersFor(key)).toBeNull();
    const elsewhere = credential({ raw: { keyId: 'k1' } }, application({ system: 'aws' }));
    expect(SECRET.parametersFor(elsewhere)).toBeNull();
  });

  it.each([
    ['secret', SECRET],
    ['certificate', CERTIFICATE],
  ])('read a %s as done when it, or its application, is gone', async (_name, action) => {
    const { context, server } = await withKeys();
    const before = await action.read(PARAMETERS, context);
    expect(before).toEqual({ present: true, done: false, document: { keyId: 'k1' } });
    const receipt = await action.act(PARAMETERS, before, context);
    expect(receipt.requestId).toMatch(/^r\d+$/u);
    const gone = { present: false, done: true, document: null };
    expect(await action.read(PARAMETERS, context)).toEqual(gone);
    expect(await action.act(PARAMETERS, before, context)).toEqual({ requestId: null });
    server.objects.clear();
    expect(await action.read(PARAMETERS, context)).toEqual(gone);
    expect(action.undo).toBeUndefined();
  });

  it.each([
    ['secret', SECRET, 'POST'],
    ['certificate', CERTIFICATE, 'PATCH'],
  ])('name the right that removing a %s takes', async (_name, action, method) => {
    const { context, server } = await withKeys();
    const before = await action.read(PARAMETERS, context);
    server.intercept = (asked) => (asked === method ? failure(403, 'Authorization_RequestDenied') : null);
    await expect(action.act(PARAMETERS, before, context)).rejects.toMatchObject({
      failure: 'denied',
      missingPermission: 'Application.ReadWrite.All',
    });
  });
});

describe('removing a secret', () => {
  it('leaves the others', async () => {
    const { context, owner } = await withKeys();
    await SECRET.act(PARAMETERS, await SECRET.read(PARAMETERS, context), context);
    expect(owner()?.['passwordCredentials']).toEqual([{ keyId: 'k2' }]);
  });
});

describe('removing a certificate', () => {
  it('writes the others back as they were', async () => {
    const { context, owner } = await withKeys();
    await CERTIFICATE.act(PARAMETERS, await CERTIFICATE.read(PARAMETERS, context), context);
    expect(owner()?.['keyCredentials']).toEqual([certificate('k2')]);
  });

  it('refuses where the others cannot be read, and so would be lost', async () => {
    const { context, owner } = await withKeys();
    const before = await CERTIFICATE.read(PARAMETERS, context);
    const hidden = [certificate('k1'), { ...certificate('k2'), key: null }];
    Object.assign(owner() ?? {}, { keyCredentials: hidden });
    await expect(CERTIFICATE.act(PARAMETERS, before, context)).rejects.toMatchObject({ failure: 'refused' });
    expect(owner()?.['keyCredentials']).toEqual(hidden);
  });

  it('is a conflict where the list is not what was written', async () => {
    const { context, server, owner } = await withKeys();
    const before = await CERTIFICATE.read(PARAMETERS, context);
    const asked = server.requests.length;
    server.intercept = (method) => {
      if (method === 'GET' && server.requests.length > asked + 2)
        Object.assign(owner() ?? {}, { keyCredentials: [certificate('k3')] });
      return null;
    };
    await expect(CERTIFICATE.act(PARAMETERS, before, context)).rejects.toMatchObject({ failure: 'conflict' });
  });
});
