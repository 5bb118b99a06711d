import { describe, expect, it } from 'vitest';
import type { FormerAccess } from '#contract/action.ts';
import type { Json } from '#model/system.ts';
import { attachQuarantine } from '#playbooks/actions/aws/attach-quarantine.ts';
import { simulator } from '#playbooks/actions/aws/simulator.ts';
import { xml, xmlError } from '../../collectors/aws/live/server.ts';
import { grant, identity } from '../rows.ts';
import { iamServer, USER, type IamServer } from './iam-server.ts';

const user = identity({ uid: USER, kind: 'iam-user', name: 'app' });

function former(...statements: Json[]): FormerAccess {
  const document = { Version: '2012-10-17', Statement: statements };
  const roleUid = 'arn:aws:iam::111111111111:policy/p';
  const held = grant(user, { uid: 'g', roleUid }, { uid: roleUid, name: 'p', document });
  return { identity: user.row, grants: [{ grant: held.row, role: held.role }] };
}

/** A server that decides by the action. */
async function deciding(decisions: Record<string, string>): Promise<IamServer> {
  const server = await iamServer();
  server.aws.on('iam:GetUser', () => xml('GetUser', '<User><UserId>AIDA</UserId></User>'));
  server.aws.on('iam:GetUserPolicy', () => xmlError(404, 'NoSuchEntity'));
  server.aws.on('iam:SimulatePrincipalPolicy', ({ input }) => {
    const names = Object.entries(input).filter(([key]) => key.startsWith('ActionNames.'));
    const members = names.map(([, name]) => {
      const decision = decisions[String(name)] ?? 'explicitDeny';
      return `<member><EvalActionName>${String(name)}</EvalActionName><EvalDecision>${decision}</EvalDecision></member>`;
    });
    return xml('SimulatePrincipalPolicy', `<EvaluationResults>${members.join('')}</EvaluationResults>`);
  });
  return server;
}

const allow = (Action: Json, Resource: Json = '*') => ({ Effect: 'Allow', Action, Resource });

describe('the policy simulator', () => {
  it('is asked about every former action on its resources', async () => {
    const server = await deciding({ 's3:GetObject': 'allowed' });
    const asked = former(allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::b/*'), allow('sns:Publish'));
    expect(await simulator.ask(asked, server.context)).toEqual({
      asked: 3,
      denied: 2,
      allowed: ['s3:GetObject on arn:aws:s3:::b/*'],
      unknown: [],
    });
  });

  it('says what an implicit denial leaves open', async () => {
    const server = await deciding({ 'sns:Publish': 'implicitDeny' });
    const check = await simulator.ask(former(allow('sns:Publish')), server.context);
    expect(check).toMatchObject({ asked: 1, denied: 1, allowed: [] });
    expect(check.unknown).toEqual([
      'what resource policies and trust policies allow without an explicit deny',
    ]);
  });

  it('takes no wildcards, but a quarantine that is in place denies them all', async () => {
    const server = await deciding({});
    const asked = former(allow('s3:*'));
    expect(await simulator.ask(asked, server.context)).toMatchObject({
      denied: 0,
      unknown: ['s3:* on *: the simulator takes no wildcards'],
    });
    let text = '';
    server.aws.on('iam:PutUserPolicy', ({ input }) => {
      text = String(input['PolicyDocument']);
      return xml('PutUserPolicy', '');
    });
    const before = { present: true, done: false, document: { policy: null } };
    await attachQuarantine.act({ identity: USER }, before, server.context);
    const encoded = encodeURIComponent(text);
    server.aws.on('iam:GetUserPolicy', () =>
      xml('GetUserPolicy', `<PolicyDocument>${encoded}</PolicyDocument>`),
    );
    expect(await simulator.ask(asked, server.context)).toMatchObject({ asked: 1, denied: 1, unknown: [] });
  });

  it('need not be asked about who is not there', async () => {
    const server = await iamServer();
    server.aws.on('iam:GetUser', () => xmlError(404, 'NoSuchEntity'));
    const check = await simulator.ask(former(allow('s3:*'), allow('sns:Publish')), server.context);
    expect(check).toEqual({ asked: 2, denied: 2, allowed: [], unknown: [] });
  });

  it('cannot be asked about a policy that was not collected', async () => {
    const server = await deciding({});
    const held = grant(user, { uid: 'g', roleUid: 'arn:p' });
    const unread = { identity: user.row, grants: [{ grant: held.row, role: null }] };
    expect(await simulator.ask(unread, server.context)).toMatchObject({
      asked: 0,
      unknown: ['g: what arn:p allowed is not known'],
    });
  });
});
