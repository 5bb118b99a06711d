import { describe, expect, it } from 'vitest';
import { buildEstate } from '#access/aws/estate.ts';
import { questionsOn } from '#access/aws/questions.ts';
import { has } from '#access/permission-set.ts';
import { awsActionNumber } from '#catalogue/aws/actions.ts';
import { recordsOf } from './given.ts';
import { ANN, APP } from './worlds.ts';

const other = 'arn:aws:iam::111111111111:role/other';
const questions = questionsOn(
  buildEstate(
    recordsOf({
      organization: 'unknown',
      identities: {
        'user/ann': {
          policies: [
            [
              { Effect: 'Allow', Action: 'iam:PassRole', Resource: APP },
              {
                Effect: 'Allow',
                Action: 'lambda:*',
                Resource: '*',
                Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
              },
            ],
          ],
        },
        'role/app': { trust: [{ Effect: 'Allow', Principal: { AWS: ANN }, Action: 'sts:AssumeRole' }] },
        'role/other': {
          trust: [{ Effect: 'Allow', Principal: { AWS: '111111111111' }, Action: 'sts:AssumeRole' }],
        },
      },
    }),
    {},
  ),
);

describe('the quick questions on an AWS estate', () => {
  it('are answered with the grants that allow', () => {
    expect(questions.may({ principal: ANN, action: 'iam:PassRole', resource: APP })).toEqual({
      verdict: 'allowed',
      via: [`${ANN}->${ANN}/inline/p1`],
    });
  });

  it('are answered with the trust policy that allows', () => {
    expect(questions.may({ principal: ANN, action: 'sts:AssumeRole', resource: APP })).toEqual({
      verdict: 'allowed',
      via: [`${APP}/trust`],
    });
  });

  it('give nothing where it is denied', () => {
    expect(questions.may({ principal: ANN, action: 'iam:PassRole', resource: other })).toEqual({
      verdict: 'denied',
      via: [],
    });
  });

  it('take the context that the asker gives', () => {
    const request = { principal: ANN, action: 'lambda:CreateFunction', resource: null };
    expect(questions.may(request).verdict).toBe('conditional');
    const inside = { 'aws:SourceIp': ['203.0.113.7'] };
    expect(questions.may({ ...request, context: inside }).verdict).toBe('allowed');
  });

  it('find the resources that an action reaches', () => {
    const found = questions.targets({ principal: ANN, action: 'sts:AssumeRole' }, [other, APP]);
    expect([...found].map(({ resource, verdict }) => [resource, verdict])).toEqual([[APP, 'allowed']]);
  });

  it('give all that a principal can do as sets', () => {
    const sets = questions.sets(ANN);
    expect(sets !== null && has(sets.maybe, awsActionNumber('iam:PassRole'))).toBe(true);
    expect(sets !== null && has(sets.maybe, awsActionNumber('s3:GetObject'))).toBe(false);
  });

  it('give no sets for somebody who is not in the records', () => {
    expect(questions.sets('arn:aws:iam::111111111111:user/nobody')).toBeNull();
    expect(questions.sets('ec2.amazonaws.com')).toBeNull();
  });

  it('are unknown where nobody can tell what is asked', () => {
    expect(questions.may({ principal: 'ann', action: 'iam:PassRole', resource: APP }).verdict).toBe(
      'unknown',
    );
  });
});
