import { describe, expect, it } from 'vitest';
import { actorOf } from '#access/aws/become/asking/actor.ts';
import { candidates } from '#access/aws/become/asking/candidates.ts';
import { powersOf } from '#access/aws/become/asking/powers.ts';
import { viewsOf } from '#access/aws/become/asking/views.ts';
import { buildEstate } from '#access/aws/estate.ts';
import type { Json } from '#model/system.ts';
import { allow, arnOf, becomingRecords, edgesOf, HOME, trust, waysIn, type Becoming } from './estate.ts';

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index));

/** As many users as roles; everyone may pass and assume every role, by a policy of its own that differs from all others. */
function crowd(count: number): Becoming {
  const own = (index: string): Json[] => [
    allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction', 'sts:AssumeRole']),
    allow('s3:GetObject', `arn:aws:s3:::bucket-${index}/*`),
  ];
  return {
    identities: Object.fromEntries(
      names(count).flatMap((index) => [
        [`user/u${index}`, { policies: own(index) }],
        [`role/r${index}`, { trust: trust('lambda.amazonaws.com', HOME) }],
      ]),
    ),
  };
}

describe('the number of edges', () => {
  it('grows with the number of identities, not with that of pairs', () => {
    const [few, many] = [edgesOf(crowd(40)), edgesOf(crowd(160))];
    expect(waysIn(many, 'user/u3', 'role/r150')).toContain('pass-role-lambda');
    expect(waysIn(many, 'user/u3', 'role/r150')).toContain('assume-role');
    expect(many.length / few.length).toBeLessThanOrEqual(4.2);
    expect(many.length).toBeLessThan(160 * 160);
  });

  it('stays the same for whoever may do it to all but one, who are asked about one by one', () => {
    const deny: Json = [{ Effect: 'Deny', Action: 'iam:PassRole', Resource: arnOf('role/r7') }];
    const { identities, ...rest } = crowd(40);
    const edges = edgesOf({
      ...rest,
      identities: { ...identities, 'user/u0': { policies: [allow(['iam:PassRole', 'lambda:*']), deny] } },
    });
    expect(waysIn(edges, 'user/u0', 'role/r7')).not.toContain('pass-role-lambda');
    expect(waysIn(edges, 'user/u0', 'role/r8')).toContain('pass-role-lambda');
    expect(waysIn(edges, 'user/u1', 'role/r7')).toContain('pass-role-lambda');
  });
});

describe('what may be spent', () => {
  const roles = names(20).map((index) => arnOf(`role/r${index}`));
  const deny: Json = [{ Effect: 'Deny', Action: 'iam:PassRole', Resource: roles[3] ?? '' }];
  const world = {
    identities: {
      'user/ann': { policies: [allow('iam:PassRole'), deny] },
      ...Object.fromEntries(names(20).map((index) => [`role/r${index}`, {}])),
    },
  };

  function passable(questions: number, targets: number) {
    const { asIs } = viewsOf(buildEstate(becomingRecords(world), {}));
    const ann = actorOf(asIs, arnOf('user/ann'), arnOf('user/ann'));
    if (ann === null) throw new Error('Ann is in the records.');
    return powersOf({ questions, targets }).among(ann, 'iam:PassRole', candidates('roles', roles)).targets;
  }

  it('is enough for an exact answer', () => {
    const { certain, conditional } = passable(1000, 1000);
    expect(certain.uids).toEqual(roles.filter((uid) => uid !== roles[3]).toSorted());
    expect(conditional.uids).toEqual([]);
  });

  it.each([
    ['questions', 0, 1000],
    ['targets', 1000, 5],
  ])('makes all conditional when there are no %s left', (_, questions, targets) => {
    const { certain, conditional } = passable(questions, targets);
    expect(certain.uids).toEqual([]);
    expect(conditional.uids).toEqual(roles.toSorted());
  });
});
