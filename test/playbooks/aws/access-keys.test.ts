import { describe, expect, it } from 'vitest';
import { deactivateAccessKey } from '#playbooks/actions/aws/deactivate-access-key.ts';
import { deleteAccessKey } from '#playbooks/actions/aws/delete-access-key.ts';
import { xml, xmlError } from '../../collectors/aws/live/server.ts';
import { iamServer, KEY, USER } from './iam-server.ts';

const PARAMETERS = { user: USER, id: KEY };

describe('aws/deactivate-access-key', () => {
  it('sets a key inactive and active again, and sends nothing where it is so already', async () => {
    const server = await iamServer();
    const before = await deactivateAccessKey.read(PARAMETERS, server.context);
    expect(before).toEqual({ present: true, done: false, document: { status: 'Active' } });
    await deactivateAccessKey.act(PARAMETERS, before, server.context);
    expect(server.status).toBe('Inactive');
    expect(await deactivateAccessKey.read(PARAMETERS, server.context)).toMatchObject({ done: true });
    await deactivateAccessKey.undo?.(PARAMETERS, before, server.context);
    expect(server.status).toBe('Active');
    const sent = server.calls().length;
    await deactivateAccessKey.undo?.(PARAMETERS, before, server.context);
    expect(server.calls().slice(sent)).toEqual(['iam:ListAccessKeys']);
  });

  it('is done where the key or its user is gone, and cannot be undone then', async () => {
    const server = await iamServer();
    const before = await deactivateAccessKey.read(PARAMETERS, server.context);
    server.status = null;
    const gone = { present: false, done: true, document: null };
    expect(await deactivateAccessKey.read(PARAMETERS, server.context)).toEqual(gone);
    await expect(deactivateAccessKey.undo?.(PARAMETERS, before, server.context)).rejects.toMatchObject({
      failure: 'failed',
    });
    server.aws.on('iam:ListAccessKeys', () => xmlError(404, 'NoSuchEntity'));
    expect(await deactivateAccessKey.read(PARAMETERS, server.context)).toEqual(gone);
  });

  it('leaves its object to the deletion of the same plan as it was', async () => {
    const server = await iamServer();
    const before = await deleteAccessKey.read(PARAMETERS, server.context);
    await deactivateAccessKey.act(PARAMETERS, before, server.context);
    expect(await deleteAccessKey.read(PARAMETERS, server.context)).toEqual(before);
    await deleteAccessKey.act(PARAMETERS, before, server.context);
    expect(server.status).toBeNull();
    await deleteAccessKey.act(PARAMETERS, before, server.context);
  });
});

describe('a change in AWS', () => {
  it.each([
    ['is not sent twice where the answer was lost', () => 'cut' as const, 'unreachable', 1],
    ['is not sent twice where the server failed', () => xmlError(500, 'ServiceFailure'), 'failed', 1],
    ['is sent again where it was throttled', () => xmlError(400, 'Throttling'), 'throttled', 6],
    ['stops at a quota', () => xmlError(409, 'LimitExceeded'), 'failed', 1],
    ['stops at a conflict', () => xmlError(409, 'DeleteConflict'), 'conflict', 1],
  ])('%s', async (_what, answer, failure, times) => {
    const server = await iamServer();
    const before = await deactivateAccessKey.read(PARAMETERS, server.context);
    server.aws.on('iam:UpdateAccessKey', answer);
    const act = deactivateAccessKey.act(PARAMETERS, before, server.context);
    await expect(act).rejects.toMatchObject({ name: 'ActionError', failure });
    expect(server.calls().filter((call) => call === 'iam:UpdateAccessKey')).toHaveLength(times);
  });

  it('names the right that is missing', async () => {
    const server = await iamServer();
    const message = `User: arn:aws:iam::1:user/x is not authorized to perform: iam:UpdateAccessKey on resource: ${USER}`;
    server.aws.on('iam:UpdateAccessKey', () => ({
      ...xml('', ''),
      status: 403,
      body: `<ErrorResponse><Error><Code>AccessDenied</Code><Message>${message}</Message></Error></ErrorResponse>`,
    }));
    const before = { present: true, done: false, document: null };
    await expect(deactivateAccessKey.act(PARAMETERS, before, server.context)).rejects.toMatchObject({
      failure: 'denied',
      missingPermission: 'iam:UpdateAccessKey',
    });
  });
});

describe('the account that is acted in', () => {
  it('is entered by the role for member accounts, with the external id', async () => {
    const target = { accounts: ['111111111111'], memberRole: 'nhi', externalId: 'x-1' };
    const server = await iamServer(target, 'arn:aws:sts::999999999999:assumed-role/hub/x');
    expect(await deactivateAccessKey.read(PARAMETERS, server.context)).toMatchObject({ present: true });
    const assumed = server.aws.received.find(({ call }) => call === 'sts:AssumeRole');
    expect(assumed?.input).toMatchObject({
      RoleArn: 'arn:aws:iam::111111111111:role/nhi',
      ExternalId: 'x-1',
    });
    expect(server.aws.received.at(-1)?.key).toBe('member-111111111111');
  });

  it('is that of the object and no other', async () => {
    const server = await iamServer({}, 'arn:aws:sts::999999999999:assumed-role/hub/x');
    await expect(deactivateAccessKey.read(PARAMETERS, server.context)).rejects.toMatchObject({
      failure: 'refused',
      message: 'the credentials are of the account 999999999999, not of 111111111111',
    });
    expect(server.calls()).toEqual([]);
  });

  it('is not changed by the identity that is to be revoked', async () => {
    const server = await iamServer({}, USER);
    const read = deactivateAccessKey.read(PARAMETERS, server.context);
    await expect(read).rejects.toMatchObject({ failure: 'refused' });
  });

  it.each(['', 'arn:aws:s3:::bucket', 'arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/R'])(
    'is not entered for %j',
    async (user) => {
      const server = await iamServer();
      const read = deactivateAccessKey.read({ user, id: KEY }, server.context);
      await expect(read).rejects.toMatchObject({ failure: 'refused' });
      expect(server.aws.received).toEqual([]);
    },
  );
});
