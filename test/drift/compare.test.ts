import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import { causesOf, sidesOf } from '#drift/causes.ts';
import { allChanges, compare } from '#drift/compare.ts';
import { able, step } from '../estates/access.ts';
import { accessKey, arn, attached, awsRole, awsUser, policy, trust } from '../estates/aws.ts';
import { notRead } from '../estates/estate.ts';
import { pairOf } from './pair.ts';

const APP = arn('user/app');
const SCOPE = 'aws:111111111111';
const base: readonly PartialRows[] = [
  awsUser('app'),
  accessKey('app', 'AK1'),
  able(APP, 'data-read', { scopeUid: SCOPE }),
];

async function changesOf(before: readonly PartialRows[], after: readonly PartialRows[]) {
  const changes = await allChanges(compare(await pairOf(before, after)));
  return changes.map(({ kind, direction, identityUid, key }) =>
    [
      direction,
      kind,
      identityUid.replace(/^arn:aws:iam::\d+:/u, ''),
      key.replaceAll(/arn:aws:iam::\d+:/gu, ''),
    ].join(' '),
  );
}

describe('drift', () => {
  it('is nothing where nothing changed', async () => {
    expect(await changesOf(base, base)).toEqual([]);
  });

  it('is a capability that was gained, and one that became certain', async () => {
    const maybe = able(APP, 'secret-read', { scopeUid: SCOPE, certainty: 'conditional' });
    const sure = able(APP, 'secret-read', { scopeUid: SCOPE });
    expect(await changesOf(base, [...base, sure])).toEqual([
      `gained entitlement user/app secret-read on ${SCOPE}`,
    ]);
    expect(await changesOf([...base, maybe], [...base, sure])).toEqual([
      `gained entitlement user/app secret-read on ${SCOPE}`,
    ]);
    expect(await changesOf([...base, sure], [...base, maybe])).toEqual([
      `lost entitlement user/app secret-read on ${SCOPE}`,
    ]);
  });

  it('is an identity, a credential and a way of becoming another that were not there', async () => {
    const after = [
      ...base,
      awsRole('next'),
      accessKey('app', 'AK2'),
      step(APP, arn('role/next'), 'assume-role'),
    ];
    expect(await changesOf(base, after)).toEqual([
      'gained identity role/next role/next',
      'gained credential user/app AK2',
      'gained edge user/app becomes role/next by assume-role',
    ]);
  });

  it('is a credential that was enabled again, and one that was disabled', async () => {
    const off = [awsUser('app'), accessKey('app', 'AK1', { enabled: false })];
    const on = [awsUser('app'), accessKey('app', 'AK1')];
    expect(await changesOf(off, on)).toEqual(['gained credential user/app AK1']);
    expect(await changesOf(on, off)).toEqual(['lost credential user/app AK1']);
  });

  it('is a trust that lost its condition, and no trust that was only written in another statement', async () => {
    const condition = { StringEquals: { 'sts:ExternalId': 'x' } };
    const wide = trust('app', 't1', { trusted: '*', condition: null });
    const narrow = trust('app', 't1', { trusted: '*', condition });
    expect(await changesOf([awsRole('app'), narrow], [awsRole('app'), wide])).toEqual([
      'gained trust role/app trusts * by sts:AssumeRole',
      `lost trust role/app trusts * by sts:AssumeRole if ${JSON.stringify(condition)}`,
    ]);
    const moved = trust('app', 'statement-2', { trusted: '*', condition });
    expect(await changesOf([awsRole('app'), narrow], [awsRole('app'), moved])).toEqual([]);
  });

  it('is no renamed policy, split role or reordered statement that gives the same', async () => {
    const one = [
      ...base,
      policy('logs', { document: { Statement: ['a', 'b'] } }),
      attached('user/app', 'logs'),
    ];
    const renamed = [
      ...base,
      policy('logs-v2', { document: { Statement: ['b', 'a'] } }),
      attached('user/app', 'logs-v2'),
    ];
    expect(await changesOf(one, renamed)).toEqual([]);
  });

  it('is a guardrail that was taken away or says something else, and none that was only reordered', async () => {
    const guard = (document: object): PartialRows => ({
      guardrails: [
        {
          uid: 'g',
          system: 'aws',
          scopeUid: SCOPE,
          kind: 'service-control-policy',
          targetUid: SCOPE,
          document: document as never,
        },
      ],
    });
    const before = guard({ Statement: [{ Action: ['a', 'b'] }, { Action: 'c' }] });
    expect(await changesOf([...base, before], base)).toEqual([
      `lost guardrail ${SCOPE} service-control-policy`,
    ]);
    const other = guard({ Statement: [{ Action: ['a'] }] });
    expect(await changesOf([...base, before], [...base, other])).toEqual([
      `changed guardrail ${SCOPE} service-control-policy`,
    ]);
    const reordered = guard({ Statement: [{ Action: 'c' }, { Action: ['b', 'a'] }] });
    expect(await changesOf([...base, before], [...base, reordered])).toEqual([]);
  });

  it('is unknown, not lost, where the scope was not read this time, and not gained where it was not read before', async () => {
    const gap = [awsUser('app'), notRead('credentials', SCOPE)];
    const seen = [awsUser('app'), accessKey('app', 'AK1')];
    expect(await changesOf(seen, gap)).toEqual(['unknown credential user/app AK1']);
    expect(await changesOf(gap, seen)).toEqual(['unknown credential user/app AK1']);
  });
});

describe('the causes of drift', () => {
  it('are the grants and policies that changed, with both texts', async () => {
    const allow = (action: string) => ({ Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
    const before = [
      awsUser('app'),
      policy('logs', { document: allow('s3:Get*') }),
      attached('user/app', 'logs'),
    ];
    const after = [
      awsUser('app'),
      policy('logs', { document: allow('*') }),
      policy('more'),
      attached('user/app', 'logs'),
      attached('user/app', 'more'),
      able(APP, 'admin', { scopeUid: SCOPE }),
    ];
    const pair = await pairOf(before, after);
    const causes = await causesOf(await allChanges(compare(pair)), sidesOf(pair));
    expect(causes.get(APP)?.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'grant more',
      'role logs',
      'role more',
    ]);
    expect(causes.get(APP)?.find(({ name }) => name === 'logs')).toMatchObject({
      before: JSON.stringify({ Statement: [{ Action: 's3:Get*', Effect: 'Allow', Resource: '*' }] }),
      after: JSON.stringify({ Statement: [{ Action: '*', Effect: 'Allow', Resource: '*' }] }),
    });
  });

  it('are each identity’s own, where several hold the same by themselves or through a group', async () => {
    const member: PartialRows = { memberships: [{ groupUid: arn('group/g'), memberUid: arn('user/in') }] };
    const rights = (v: number) => policy('shared', { document: { v } });
    const held = [awsUser('in'), awsUser('own'), awsUser('left'), attached('group/g', 'shared'), member];
    const before = [...held, rights(1), attached('user/own', 'shared'), attached('user/left', 'shared')];
    const more = ['in', 'own', 'left'].map((name) => able(arn(`user/${name}`), 'secret-read'));
    const after = [...held, rights(2), attached('user/own', 'shared'), ...more];
    const pair = await pairOf(before, after);
    const causes = await causesOf(await allChanges(compare(pair)), sidesOf(pair));
    const told = [...causes].map(([uid, own]) => [
      uid,
      ...own.map(({ kind, before: was, after: is }) => `${kind} ${was} ${is}`),
    ]);
    expect(Object.fromEntries(told.map(([uid, ...own]) => [uid, own]))).toEqual({
      [arn('user/in')]: ['role {"v":1} {"v":2}'],
      [arn('user/own')]: ['role {"v":1} {"v":2}'],
      [arn('user/left')]: [expect.stringMatching(/^grant .+ null$/u), 'role {"v":1} null'],
    });
  });

  it('say where the provider itself changed its policy', async () => {
    const provided = (document: object) =>
      policy('ReadOnly', { managedBy: 'provider', document: document as never });
    const before = [awsUser('app'), provided({ v: 1 }), attached('user/app', 'ReadOnly')];
    const after = [
      awsUser('app'),
      provided({ v: 2 }),
      attached('user/app', 'ReadOnly'),
      able(APP, 'secret-read'),
    ];
    const pair = await pairOf(before, after);
    const causes = await causesOf(await allChanges(compare(pair)), sidesOf(pair));
    expect(causes.get(APP)).toMatchObject([{ kind: 'role', managedBy: 'provider' }]);
  });
});
