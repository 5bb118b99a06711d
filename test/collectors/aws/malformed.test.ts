import { describe, expect, it } from 'vitest';
import {
  allowing,
  arn,
  attached,
  complaints,
  details,
  DETAILS,
  importFiles,
  only,
  policy,
  printed,
  role,
  statuses,
  user,
} from './importing.ts';

describe('a malformed entity', () => {
  it.each<[string, string]>([
    ['5', ': expected object, received number'],
    ['{"UserName":"x"}', '.Arn: expected string, received undefined'],
    ['{"Arn":7}', '.Arn: expected string, received number'],
    ['{"Arn":"arn:aws:iam::111122223333:role/x"}', '.Arn: expected the ARN of a user'],
    ['{"Arn":"arn:aws:iam::111122223333:user/"}', '.Arn: expected the ARN of a user'],
    ['{"Arn": nonsense}', ': not valid JSON'],
  ])('%s is reported with its place, and the rest is read', async (text, problem) => {
    const rows = await importFiles({
      'd.json': `{"UserDetailList":[${text},${JSON.stringify(user('ok'))}]}`,
    });
    expect(rows('identities').map(({ uid }) => uid)).toEqual([arn('user/ok')]);
    expect(complaints(rows)).toEqual([`aws/d.json: UserDetailList[0] at byte 19${problem}`]);
    expect(statuses(rows, 'identities')[DETAILS]).toBe('partial');
    expect(statuses(rows, 'grants')[DETAILS]).toBe('partial');
  });

  it('in a part loses that part alone', async () => {
    const rows = await importFiles({
      'd.json': details({
        users: [
          user('u', {
            CreateDate: 'yesterday',
            Tags: [
              { Key: 'a', Value: 1 },
              { Key: 'b', Value: '2' },
            ],
            AttachedManagedPolicies: 'none',
            UserPolicyList: [{ PolicyDocument: {} }],
            PermissionsBoundary: {},
            GroupList: [7],
          }),
        ],
      }),
    });
    expect(only(rows('identities'))).toMatchObject({ uid: arn('user/u'), createdAt: null, tags: { b: '2' } });
    const place = 'aws/d.json: UserDetailList[0] at byte 34: ';
    expect(complaints(rows)).toEqual([
      `${place}Tags[0].Value: expected string, received number`,
      `${place}CreateDate: expected a date`,
      `${place}GroupList[0]: expected string, received number`,
      `${place}AttachedManagedPolicies: expected array, received string`,
      `${place}UserPolicyList[0].PolicyName: expected string, received undefined`,
      `${place}PermissionsBoundary.PermissionsBoundaryArn: expected string, received undefined`,
    ]);
  });

  it('is counted instead of listed where there are very many', async () => {
    const rows = await importFiles({
      'd.json': `{"Policies":[{"PolicyVersionList":[]},${'7,'.repeat(500)}8]}`,
    });
    const details500 = rows('coverage').filter(
      ({ feed, status }) => feed === 'roles' && status === 'partial',
    );
    expect(details500).toHaveLength(101);
    expect(details500.at(-1)?.detail).toBe('and 402 more like these');
  });
});

describe('a policy document', () => {
  it.each<[string, unknown, string]>([
    ['a number', 7, 'expected a policy document, found a number'],
    ['a list', [], 'expected a policy document, found a list'],
    ['nothing', undefined, 'expected a policy document, found nothing'],
    ['garbage', 'garbage', 'a policy document that is not valid JSON'],
    [
      'percent-encoded garbage',
      '%7B%22Version%22',
      'a policy document that is not valid JSON at character 10',
    ],
    ['broken percent-encoding', '%7B%2', 'a policy document whose percent-encoding is broken'],
    ['a percent-encoded text', '%22x%22', 'expected a policy document, found a string'],
    ['very deep', `{"a":${'['.repeat(100_000)}`, 'a policy document that is nested deeper than 64 levels'],
  ])('that is %s is kept as a role that nobody could read', async (_, document, problem) => {
    const rows = await importFiles({ 'd.json': details({ policies: [policy(arn('policy/P'), document)] }) });
    expect(only(rows('roles'))).toMatchObject({ uid: arn('policy/P'), document: null, breadth: null });
    expect(complaints(rows).join()).toContain(`the document of v1: ${problem}`);
    expect(statuses(rows, 'roles')[DETAILS]).toBe('partial');
  });

  it('with a statement that is not understood is kept, and its breadth is unknown', async () => {
    const document = { Statement: [{ Effect: 'Perhaps', Action: '*', Resource: '*' }] };
    const rows = await importFiles({ 'd.json': details({ policies: [policy(arn('policy/P'), document)] }) });
    expect(only(rows('roles'))).toMatchObject({ document, breadth: null });
    expect(complaints(rows).join()).toContain('Statement[0].Effect');
  });

  it('of a role that trusts is reported, and the class of the role is unknown', async () => {
    const rows = await importFiles({
      'd.json': details({ roles: [role('r', { AssumeRolePolicyDocument: '%' })] }),
    });
    expect(only(rows('identities'))).toMatchObject({
      class: 'unknown',
      classReason: 'its trust policy was not understood',
    });
    expect(only(rows('resourcePolicies')).document).toBeNull();
    expect(statuses(rows, 'trusts')[DETAILS]).toBe('partial');
  });

  it('whose default version is missing is reported', async () => {
    const lacking = policy(arn('policy/P'), {}, { DefaultVersionId: 'v7' });
    const rows = await importFiles({ 'd.json': details({ policies: [lacking] }) });
    expect(only(rows('roles')).document).toBeNull();
    expect(complaints(rows).join()).toContain('expected the default version v7');
  });
});

describe('a damaged file', () => {
  const text = printed(details({ users: [user('a'), user('b')], roles: [role('r')] }));

  it('that is cut off gives what comes before, and every feed of its account is incomplete', async () => {
    const rows = await importFiles({ 'd.json': text.slice(0, text.indexOf('"RoleId"')) });
    expect(rows('identities').map(({ name }) => name)).toEqual(['a', 'b']);
    expect(complaints(rows).at(-1)).toMatch(
      /^aws\/d\.json: the text ends inside RoleDetailList\[0\] that starts at byte \d+$/u,
    );
    for (const feed of ['identities', 'groups', 'roles', 'grants', 'trusts', 'usages'] as const) {
      expect(statuses(rows, feed)[DETAILS]).toBe('partial');
    }
  });

  it('with a bracket too many is read up to there', async () => {
    const rows = await importFiles({
      'd.json': text.replace('"GroupDetailList": [', '"GroupDetailList": [}'),
    });
    expect(rows('identities').map(({ name }) => name)).toEqual(['a', 'b']);
    expect(complaints(rows).at(-1)).toMatch(/expected no "\}" here$/u);
  });

  it('of nothing but brackets ends in a complaint', async () => {
    const rows = await importFiles({ 'd.json': `{"UserDetailList":[${'['.repeat(3_000_000)}` });
    expect(complaints(rows)).toEqual([
      'aws/d.json: the text ends inside UserDetailList[0] that starts at byte 19',
    ]);
  });

  it('with an entity that nests without end is read around it', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const rows = await importFiles({
      'd.json': `{"UserDetailList":[${deep},${JSON.stringify(user('ok'))}]}`,
    });
    expect(rows('identities').map(({ name }) => name)).toEqual(['ok']);
    expect(complaints(rows)).toEqual([
      'aws/d.json: UserDetailList[0] at byte 19: nested deeper than 64 levels',
    ]);
  });

  it('in Latin-1 is read with what cannot be read replaced, and says so', async () => {
    const tagged = details({ users: [user('u', { Tags: [{ Key: 'name', Value: 'Zoë' }] })] });
    const rows = await importFiles({ 'd.json': Buffer.from(printed(tagged), 'latin1') });
    expect(only(rows('identities')).tags).toEqual({ name: 'Zo\uFFFD' });
    expect(complaints(rows).join()).toContain('not UTF-8');
  });

  it('in UTF-32 is refused and named', async () => {
    const utf32 = Buffer.from(
      printed(details({}))
        .split('')
        .flatMap((char) => [char.charCodeAt(0), 0, 0, 0]),
    );
    const rows = await importFiles({ 'd.json': utf32 });
    expect(complaints(rows)).toEqual(['aws/d.json: the text is in UTF-32, which is not read']);
    expect(new Set(rows('coverage').map(({ scopeUid }) => scopeUid))).toEqual(new Set([null]));
  });
});

describe('odd names', () => {
  it('of several entities are read once, the first one', async () => {
    const twice = details({ users: [user('u'), user('u', { UserId: 'AIDAOTHER' })] });
    const rows = await importFiles({ 'd.json': twice });
    expect(only(rows('identities')).providerId).toBe('AIDAEXAMPLEUSER00000');
    expect(complaints(rows).join()).toContain(`${arn('user/u')} had been read before, the first one is kept`);
  });

  it('with control characters and markup stay what they are', async () => {
    const name = '<img src=x>\u001B[31m\u0000;DROP';
    const rows = await importFiles({
      'd.json': details({ users: [user(name, { Tags: [{ Key: name, Value: name }] })] }),
    });
    expect(only(rows('identities'))).toMatchObject({ name, tags: { [name]: name } });
  });

  it('like __proto__ are members like any other', async () => {
    const document = `{"Statement":[],"__proto__":{"Statement":"x"}}`;
    const text = printed(details({ users: [user('u', { Tags: [{ Key: '__proto__', Value: 'p' }] })] }));
    const rows = await importFiles({
      'd.json': text,
      'e.json': JSON.stringify(details({ policies: [policy(arn('policy/P'), document)] })),
    });
    expect(Object.entries(only(rows('identities')).tags)).toEqual([['__proto__', 'p']]);
    expect(JSON.stringify(only(rows('roles')).document)).toBe(document);
    expect(only(rows('roles')).breadth).toBe('limited');
  });

  it('of an ARN without an account belong to the account of the file', async () => {
    const homeless = user('h', {
      Arn: 'arn:aws:iam::aws:user/h',
      GroupList: ['g'],
      AttachedManagedPolicies: [attached(arn('policy/P'))],
    });
    const rows = await importFiles({
      'd.json': {
        UserDetailList: [homeless, user('u')],
        GroupDetailList: [{ Arn: 'arn:aws:iam::aws:group/g' }],
        RoleDetailList: [],
        Policies: [policy(arn('policy/P'), allowing('*'))],
      },
    });
    expect(new Set(rows('identities').map(({ scopeUid }) => scopeUid)).size).toBe(1);
    expect(only(rows('memberships')).groupUid).toBe('arn:aws:iam::aws:group/g');
    expect(complaints(rows).join()).toContain('names no account, it is taken to be of 111122223333');
  });
});
