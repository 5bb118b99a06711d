import { describe, expect, it } from 'vitest';
import { revokeSessions } from '#playbooks/actions/aws/revoke-sessions.ts';
import { xml, xmlError } from '../../collectors/aws/live/server.ts';
import { iamServer, USER } from './iam-server.ts';

/** A server that keeps the one inline policy of `app`, read with a clock. */
async function serverAt(now: string) {
  const server = await iamServer();
  let policy: string | null = null;
  server.aws.on('iam:GetUserPolicy', () => {
    if (policy === null) return xmlError(404, 'NoSuchEntity');
    const document = encodeURIComponent(policy);
    return xml('GetUserPolicy', `<PolicyDocument>${document}</PolicyDocument>`);
  });
  server.aws.on('iam:GetUser', () => xml('GetUser', '<User><UserId>AIDAEXAMPLE</UserId></User>'));
  server.aws.on('iam:PutUserPolicy', ({ input }) => {
    policy = String(input['PolicyDocument']);
    return xml('PutUserPolicy', '');
  });
  const context = { ...server.context, clock: { ...server.context.clock, now: () => Date.parse(now) } };
  return { context, policy: () => policy };
}

describe('aws/revoke-sessions', () => {
  it('is done again where an earlier plan did it, whose policy spares the sessions that were issued since', async () => {
    const { context, policy } = await serverAt('2026-11-20T12:00:00.000Z');
    const first = { identity: USER, plannedAt: '2026-11-20T11:00:00.000Z' };
    await revokeSessions.act(first, await revokeSessions.read(first, context), context);
    expect(policy()).toContain('"aws:TokenIssueTime":"2026-11-20T12:00:00.000Z"');
    expect((await revokeSessions.read(first, context)).done).toBe(true);
    const later = { identity: USER, plannedAt: '2026-11-20T12:00:00.001Z' };
    expect((await revokeSessions.read(later, context)).done).toBe(false);
  });

  it('counts for plans that carry no time whenever it was done', async () => {
    const { context } = await serverAt('2026-11-20T12:00:00.000Z');
    const parameters = { identity: USER };
    await revokeSessions.act(parameters, await revokeSessions.read(parameters, context), context);
    expect((await revokeSessions.read(parameters, context)).done).toBe(true);
  });
});
