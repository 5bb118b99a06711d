import { describe, expect, it } from 'vitest';
import { ACCOUNT, arn, complaints, details, importFiles, user } from './importing.ts';

const GITHUB = arn('oidc-provider/token.actions.githubusercontent.com');
const CLUSTER = arn('oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0DEF');

describe('OpenID Connect providers', () => {
  it('are scopes of their account, with what is known of them', async () => {
    const rows = await importFiles({
      'd.json': details({ users: [user('u')] }),
      'list.json': { OpenIDConnectProviderList: [{ Arn: GITHUB }, { Arn: CLUSTER }] },
      'github.json': {
        Url: 'token.actions.githubusercontent.com',
        ClientIDList: ['sts.amazonaws.com'],
        ThumbprintList: [],
        CreateDate: '2025-01-01T00:00:00+00:00',
        Tags: [{ Key: 'team', Value: 'platform' }],
      },
    });
    const providers = rows('scopes').filter(({ kind }) => kind === 'federation-provider');
    expect(providers).toMatchObject([
      {
        uid: GITHUB,
        name: 'token.actions.githubusercontent.com',
        parentUid: `aws:${ACCOUNT}`,
        tags: { team: 'platform' },
        raw: { ClientIDList: ['sts.amazonaws.com'], CreateDate: '2025-01-01T00:00:00.000Z' },
      },
      { uid: CLUSTER, name: 'oidc.eks.eu-west-1.amazonaws.com/id/0DEF', tags: {}, raw: null },
    ]);
  });

  it('are complaints where they cannot be tied to an account', async () => {
    const rows = await importFiles({
      'list.json': { OpenIDConnectProviderList: [{ Arn: 'arn:aws:iam::aws:role/x' }] },
      'one.json': { Url: 'gitlab.com', ClientIDList: [], ThumbprintList: [] },
      'two.json': { ClientIDList: [], ThumbprintList: [] },
    });
    expect(rows('scopes')).toEqual([]);
    expect(complaints(rows)).toEqual([
      'aws/list.json: OpenIDConnectProviderList: expected ARNs of providers',
      'aws/one.json: it does not say which account it is of, and no one list names its URL',
      'aws/two.json: the reply.Url: expected string, received undefined',
    ]);
  });
});
