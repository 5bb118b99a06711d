import { describe, expect, it } from 'vitest';
import type { Subject } from '#contract/action.ts';
import { awsActions } from '#playbooks/actions/aws/index.ts';
import { credential, grant, identity, trust } from '../rows.ts';

const USER = 'arn:aws:iam::111111111111:user/services/app';
const ROLE = 'arn:aws:iam::111111111111:role/worker';
const user = identity({ uid: USER, kind: 'iam-user', name: 'app' });
const role = identity({ uid: ROLE, kind: 'iam-role', name: 'worker' });

/** What each action that is for a row would do to it. */
function asked(subject: Subject): Record<string, unknown> {
  const all = awsActions.map(({ id, parametersFor }) => [id, parametersFor(subject)] as const);
  return Object.fromEntries(all.filter(([, parameters]) => parameters !== null));
}

describe('AWS actions', () => {
  it('take an access key by its id', () => {
    const parameters = { user: USER, id: 'AKIAIOSFODNN7EXAMPLE' };
    const key = credential(user, { kind: 'access-key', name: 'AKIAIOSFODNN7EXAMPLE' });
    expect(asked(key)).toEqual({
      'aws/deactivate-access-key': parameters,
      'aws/delete-access-key': parameters,
    });
  });

  it('are not for a key of which only the slot of a report is known', () => {
    expect(asked(credential(user, { kind: 'access-key', name: 'access key 1' }))).toEqual({});
  });

  it('are not for the keys of the root user', () => {
    const root = identity({ uid: 'arn:aws:iam::111111111111:root', kind: 'root-user', name: 'root' });
    expect(asked(credential(root, { kind: 'access-key', name: 'AKIAIOSFODNN7EXAMPLE' }))).toEqual({});
    expect(asked(root)).toEqual({});
  });

  it('take an API key of Bedrock by the id that ends its uid', () => {
    const parameters = { user: USER, id: 'ACCAEXAMPLE12345678' };
    const uid = `${USER}/bedrock-api-key/ACCAEXAMPLE12345678`;
    expect(asked(credential(user, { kind: 'bedrock-api-key', uid, name: 'alias' }))).toEqual({
      'aws/deactivate-service-credential': parameters,
      'aws/delete-service-credential': parameters,
    });
  });

  it('tell signing certificates by the second in which they were uploaded', () => {
    const createdAt = '2024-03-01T10:00:00.000Z';
    expect(asked(credential(user, { kind: 'signing-certificate', createdAt }))).toMatchObject({
      'aws/delete-signing-certificate': { id: '2024-03-01T10:00:00Z' },
    });
    expect(asked(credential(user, { kind: 'signing-certificate', createdAt: null }))).toEqual({});
  });

  it('contain and delete a user as a whole, and take it out of its groups', () => {
    expect(Object.keys(asked(user))).toEqual([
      'aws/attach-quarantine',
      'aws/revoke-sessions',
      'aws/remove-from-groups',
      'aws/delete-user',
    ]);
  });

  it('detach a managed policy and delete an inline one', () => {
    const policy = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    expect(asked(grant(role, { kind: 'attached-policy', roleUid: policy }))).toEqual({
      'aws/detach-managed-policy': { identity: ROLE, policy },
    });
    expect(asked(grant(role, { kind: 'inline-policy', roleUid: `${ROLE}/inline/a b` }))).toEqual({
      'aws/delete-inline-policy': { identity: ROLE, policy: 'a b' },
    });
  });

  it('leave the policies alone with which they contain', () => {
    for (const name of ['NhiAuditorQuarantine', 'NhiAuditorRevokedSessions']) {
      expect(asked(grant(role, { kind: 'inline-policy', roleUid: `${ROLE}/inline/${name}` }))).toEqual({});
    }
  });

  it('are not for policies that a group holds', () => {
    const principalUid = 'arn:aws:iam::111111111111:group/g';
    expect(asked(grant(user, { kind: 'attached-policy', principalUid, principalKind: 'group' }))).toEqual({});
  });

  it('take a party out of a trust policy with its condition, and touch no trust that is only claimed', () => {
    const condition = { StringEquals: { 'sts:ExternalId': 'x' } };
    const row = { trusted: 'aws:222222222222', mechanism: 'sts:AssumeRole', condition } as const;
    expect(asked(trust(role, { ...row, certainty: 'conditional' }))).toEqual({
      'aws/remove-trust-statement': {
        role: ROLE,
        trusted: 'aws:222222222222',
        condition,
        notPrincipal: null,
      },
    });
    expect(asked(trust(role, { ...row, certainty: 'claimed' }))).toEqual({});
    expect(asked(trust(role, { ...row, mechanism: 'eks-auth:AssumeRoleForPodIdentity' }))).toEqual({});
  });

  it.each([
    'aws-service-role/x.amazonaws.com/AWSServiceRoleForX',
    'aws-reserved/sso.amazonaws.com/AWSReservedSSO_x',
  ])('are not for the role %s', (path) => {
    const uid = `arn:aws:iam::111111111111:role/${path}`;
    expect(asked(identity({ uid, kind: 'iam-role', name: path.split('/').at(-1) ?? '' }))).toEqual({});
  });
});
