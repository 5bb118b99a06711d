import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  awsAccessLevels,
  awsActionCount,
  awsActionName,
  awsActionNumber,
  awsServiceOf,
  awsServices,
  isWildcardOnly,
  resourceTemplates,
  supportsRcp,
} from '#catalogue/aws/actions.ts';
import { packAwsCatalogue } from '#tooling/pack-aws-catalogue.ts';

const all = Array.from({ length: awsActionCount() }, (_, number) => number);

describe('the AWS action catalogue', () => {
  it('is packed from the installed iam-data', async () => {
    expect(readFileSync('src/catalogue/aws/catalogue.generated.ts', 'utf8')).toBe(await packAwsCatalogue());
  }, 60_000);

  it('holds every action of every service', () => {
    expect(awsActionCount()).toBeGreaterThan(22_000);
    expect(awsServices().size).toBeGreaterThan(450);
    expect([...awsServices().values()].reduce((sum, { first, end }) => sum + end - first, 0)).toBe(
      all.length,
    );
  });

  it('finds each action by its own name', () => {
    expect(all.filter((number) => awsActionNumber(awsActionName(number)) !== number)).toEqual([]);
  });

  it('finds an action in any case', () => {
    expect(awsActionName(awsActionNumber('S3:getobject'))).toBe('s3:GetObject');
  });

  it('says -1 for what it does not know', () => {
    expect(['s3:GetNothing', 'brandnew:Get', 's3', '', ':'].map(awsActionNumber)).toEqual([
      -1, -1, -1, -1, -1,
    ]);
  });

  it('throws where there is no such number', () => {
    expect(() => awsActionName(awsActionCount())).toThrow(RangeError);
    expect(() => awsAccessLevels(-1)).toThrow(RangeError);
  });

  it('splits the access levels that AWS writes together', () => {
    expect(awsAccessLevels(awsActionNumber('iam:PutRolePolicy'))).toEqual([
      'Permissions management',
      'Write',
    ]);
    expect(awsAccessLevels(awsActionNumber('s3:PutObjectTagging'))).toEqual(['Tagging', 'Write']);
    expect(awsAccessLevels(awsActionNumber('s3:GetObject'))).toEqual(['Read']);
    expect(awsAccessLevels(awsActionNumber('ec2:DescribeInstances'))).toEqual(['List']);
    expect(awsAccessLevels(awsActionNumber('s3:PutObject'))).toEqual(['Write']);
  });

  it('marks the actions without resources', () => {
    expect(isWildcardOnly(awsActionNumber('s3:ListAllMyBuckets'))).toBe(true);
    expect(isWildcardOnly(awsActionNumber('s3:GetObject'))).toBe(false);
    expect(isWildcardOnly(-1)).toBe(false);
    expect(all.filter(isWildcardOnly).length).toBeGreaterThan(6_000);
  });

  it('knows the resource types of an action by their ARN templates', () => {
    expect(resourceTemplates(awsActionNumber('iam:PutUserPolicy'))).toEqual(['arn:*:iam::@:user/*']);
    expect(resourceTemplates(awsActionNumber('s3:GetObject'))).toContain('arn:*:s3:::%/*');
    expect(resourceTemplates(awsActionNumber('s3:ListAllMyBuckets'))).toEqual([]);
    expect(resourceTemplates(-1)).toEqual([]);
  });

  it('knows the service of an action', () => {
    expect(awsServiceOf(awsActionNumber('a2c:StartDeploymentJob')).prefix).toBe('a2c');
    expect(awsServiceOf(all.length - 1).prefix).toBe([...awsServices().keys()].at(-1));
  });

  it('knows which services are subject to resource control policies', () => {
    expect(['s3', 'sts', 'kms', 'ec2', 'iam'].map(supportsRcp)).toEqual([true, true, true, false, false]);
  });
});
