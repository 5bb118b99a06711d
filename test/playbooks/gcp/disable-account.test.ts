import { describe, expect, it } from 'vitest';
import { failure, googleServer } from './google-server.ts';
import { account, ACCOUNT, credential, gcpAction } from './subjects.ts';

const DISABLE = gcpAction('disable-service-account');
const PARAMETERS = { account: ACCOUNT, uniqueId: '1001' };
const THERE = { [ACCOUNT]: { name: ACCOUNT, uniqueId: '1001', etag: 'MDEw' } };

const forAccount = (fields: Parameters<typeof account>[0]) =>
  DISABLE.parametersFor({ table: 'identities', row: account(fields) });

describe('disabling a service account', () => {
  it('is for service accounts that the customer looks after', () => {
    expect(forAccount({})).toEqual(PARAMETERS);
    expect(forAccount({ managedBy: 'provider' })).toBeNull();
    expect(forAccount({ kind: 'user', uid: 'gcp:user:ada@acme.example' })).toBeNull();
    expect(forAccount({ uid: 'gcp:serviceAccount:p.svc.id.goog[shop/web]' })).toBeNull();
    expect(forAccount({ scopeUid: 'gcp:organizations/1' })).toBeNull();
    expect(DISABLE.parametersFor(credential())).toBeNull();
  });

  it('ends all access, is read as done, and is undone to what was there before', async () => {
    const { context, state } = await googleServer(structuredClone(THERE));
    const before = await DISABLE.read(PARAMETERS, context);
    expect(before).toEqual({ present: true, done: false, document: { disabled: false } });
    await DISABLE.act(PARAMETERS, before, context);
    expect(state.objects.get(ACCOUNT)).toMatchObject({ disabled: true });
    expect(await DISABLE.read(PARAMETERS, context)).toMatchObject({ done: true });
    await DISABLE.undo?.(PARAMETERS, before, context);
    expect(state.objects.get(ACCOUNT)).toEqual(THERE[ACCOUNT]);
    expect(DISABLE.closes).toBe('all-access');
  });

  it('takes an account that was made again for another one', async () => {
    const { context } = await googleServer({ [ACCOUNT]: { name: ACCOUNT, uniqueId: '2002' } });
    expect(await DISABLE.read(PARAMETERS, context)).toEqual({ present: false, done: true, document: null });
  });

  it('cannot bring an account back that is gone', async () => {
    const { context } = await googleServer({});
    const undone = DISABLE.undo?.(PARAMETERS, { present: true, done: false, document: null }, context);
    await expect(undone).rejects.toMatchObject({ failure: 'failed' });
  });

  it('names the right that is missing', async () => {
    const server = await googleServer(structuredClone(THERE));
    const before = await DISABLE.read(PARAMETERS, server.context);
    server.intercept = () => failure(403, 'PERMISSION_DENIED', 'no');
    for (const [work, right] of [
      [DISABLE.act, 'iam.serviceAccounts.disable'],
      [DISABLE.undo, 'iam.serviceAccounts.enable'],
    ] as const) {
      await expect(work?.(PARAMETERS, before, server.context)).rejects.toMatchObject({
        failure: 'denied',
        missingPermission: right,
      });
    }
  });
});
