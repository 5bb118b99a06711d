import { describe, expect, it } from 'vitest';
import { homeOf, reachOf } from '#access/aws/reach.ts';
import { parseResourcePattern } from '#access/aws/resource-pattern.ts';
import { awsActionNumber } from '#catalogue/aws/actions.ts';

const home = homeOf('aws', '111111111111');

function reach(action: string, ...patterns: string[]): string {
  return reachOf(
    patterns.map((pattern) => parseResourcePattern(pattern, true)),
    home,
  )(awsActionNumber(action));
}

describe('how much of an action a resource pattern reaches', () => {
  it.each([
    ['s3:GetObject', 'arn:aws:s3:::*', 'all'],
    ['s3:GetObject', 'arn:aws:s3:::*/*', 'all'],
    ['s3:GetObject', 'arn:aws:s3:::reports/*', 'some'],
    ['s3:GetObject', 'arn:aws:s3:::reports', 'none'],
    ['s3:GetObject', 'arn:aws:sqs:*:*:*', 'none'],
    ['s3:ListBucket', 'arn:aws:s3:::reports', 'some'],
    ['s3:ListBucket', 'arn:aws:s3:::reports/*', 'none'],
    ['s3:ListBucket', 'arn:aws:s3:::*', 'all'],
    ['iam:PutUserPolicy', 'arn:aws:iam::111111111111:*', 'all'],
    ['iam:PutUserPolicy', 'arn:aws:iam::*:user/*', 'all'],
    ['iam:PutUserPolicy', 'arn:aws:iam::*:role/*', 'none'],
    ['iam:PutUserPolicy', 'arn:aws:iam::222222222222:user/*', 'none'],
    ['iam:PutUserPolicy', 'arn:aws:iam::*:user/${aws:username}', 'some'],
    ['iam:CreatePolicyVersion', 'arn:aws:iam::aws:policy/mine-*', 'none'],
    ['iam:CreatePolicyVersion', 'arn:aws:iam::*:policy/mine-*', 'some'],
    ['sts:AssumeRole', 'arn:aws:iam::222222222222:role/app', 'some'],
    ['sts:AssumeRole', 'arn:*:iam::*:role/app', 'some'],
    ['sqs:SendMessage', 'arn:aws:sqs', 'all'],
    ['sqs:SendMessage', 'arn:aws:sqs:eu-west-1:*:*', 'some'],
    ['sqs:SendMessage', 'arn:aws-cn:sqs:*:*:*', 'none'],
    ['ec2:RunInstances', 'arn:aws:ec2:*:*:instance/*', 'some'],
  ])('%s on %s: %s', (action, pattern, expected) => {
    expect(reach(action, pattern)).toBe(expected);
  });

  it('adds up over the kinds of resource that an action has', () => {
    expect(reach('ec2:AttachVolume', 'arn:aws:ec2:*:*:instance/*')).toBe('some');
    expect(reach('ec2:AttachVolume', 'arn:aws:ec2:*:*:instance/*', 'arn:aws:ec2:*:*:volume/*')).toBe('all');
  });
});
