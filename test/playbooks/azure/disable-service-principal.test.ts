import { describe, expect, it } from 'vitest';
import { azureActionsWith } from '../../../playbooks/actions/azure/index.ts';
import { azureServer, contextAt, failure, goodToken, TENANT, tokenFor } from './azure-server.ts';
import { application, azureAction, credential, principal, SP } from './subjects.ts';

const DISABLE = azureAction('disable-service-principal');
const PARAMETERS = { tenant: TENANT, id: SP };
const OTHER = '99999999-eeee-4eee-8eee-999999999999';

async function withPrincipal(fields = {}) {
  const server = await azureServer();
  server.objects.set(`servicePrincipals/${SP}`, { id: SP, accountEnabled: true, tags: ['kept'], ...fields });
  return { server, context: server.context, principal: () => server.objects.get(`servicePrincipals/${SP}`) };
}

const forIdentity = (row: ReturnType<typeof principal>) =>
  DISABLE.parametersFor({ table: 'identities', row });

describe('disabling a service principal', () => {
  it('is for service principals of the customer, and not for managed identities', () => {
    expect(forIdentity(principal())).toEqual(PARAMETERS);
    expect(forIdentity(principal({ kind: 'managed-identity' }))).toBeNull();
    expect(forIdentity(principal({ managedBy: 'provider' }))).toBeNull();
    expect(forIdentity(application())).toBeNull();
    expect(DISABLE.parametersFor(credential({}))).toBeNull();
  });

  it('ends all access, is read as done, and is undone to what was there before', async () => {
    const { context, principal: now } = await withPrincipal();
    const before = await DISABLE.read(PARAMETERS, context);
    expect(before).toEqual({ present: true, done: false, document: { accountEnabled: true } });
    await DISABLE.act(PARAMETERS, before, context);
    expect(now()).toMatchObject({ accountEnabled: false });
    expect(await DISABLE.read(PARAMETERS, context)).toMatchObject({ done: true });
    await DISABLE.undo?.(PARAMETERS, before, context);
    expect(now()).toEqual({ id: SP, accountEnabled: true, tags: ['kept'] });
    expect(await DISABLE.read(PARAMETERS, context)).toEqual(before);
    expect(DISABLE.closes).toBe('all-access');
  });

  it('refuses an object that turns out to be a managed identity', async () => {
    const { context } = await withPrincipal({ servicePrincipalType: 'ManagedIdentity' });
    const refused = DISABLE.read(PARAMETERS, context);
    await expect(refused).rejects.toMatchObject({ failure: 'refused' });
    await expect(refused).rejects.toThrow('a managed identity cannot be disabled');
  });

  it('leaves a service principal disabled that was so before, and cannot bring back one that is gone', async () => {
    const { context, server } = await withPrincipal({ accountEnabled: false });
    const before = await DISABLE.read(PARAMETERS, context);
    expect(before.done).toBe(true);
    await DISABLE.undo?.(PARAMETERS, before, context);
    expect(server.requests).toHaveLength(1);
    server.objects.clear();
    expect(await DISABLE.read(PARAMETERS, context)).toEqual({ present: false, done: true, document: null });
    const undone = DISABLE.undo?.(PARAMETERS, { ...before, done: false }, context);
    await expect(undone).rejects.toMatchObject({ failure: 'failed' });
  });

  it('names the right that is missing, and tells an unreachable system', async () => {
    const { context, server } = await withPrincipal();
    server.intercept = () => failure(403, 'Authorization_RequestDenied');
    await expect(DISABLE.read(PARAMETERS, context)).rejects.toMatchObject({
      failure: 'denied',
      missingPermission: 'Application.ReadWrite.All',
    });
    await expect(DISABLE.read(PARAMETERS, contextAt('http://127.0.0.1:1'))).rejects.toMatchObject({
      failure: 'unreachable',
    });
  });
});

describe('the credentials that act', () => {
  it('are refused for another tenant, where the object would look as if it were gone', async () => {
    const { context, server } = await withPrincipal();
    if (context.target.system !== 'azure') throw new Error('not Azure');
    const elsewhere = contextAt(context.target.graphEndpoint, OTHER);
    await expect(DISABLE.read(PARAMETERS, elsewhere)).rejects.toMatchObject({ failure: 'refused' });
    const [foreign] = azureActionsWith(async () => Promise.resolve(tokenFor(OTHER)));
    const unset = contextAt(context.target.graphEndpoint, null);
    await expect(foreign?.read(PARAMETERS, unset)).rejects.toMatchObject({ failure: 'refused' });
    expect(server.requests).toEqual([]);
    const [own] = azureActionsWith(goodToken);
    expect(await own?.read(PARAMETERS, unset)).toMatchObject({ present: true });
  });
});
