import { describe, expect, it } from 'vitest';
import { awsActionCount, awsActionName, awsActionNumber } from '#catalogue/aws/actions.ts';
import { AWS_CAPABILITIES, awsCapabilityActions } from '#catalogue/aws/capabilities.ts';
import { CAPABILITIES } from '#model/entitlement.ts';

const named = AWS_CAPABILITIES.flatMap(({ capability, actions }) =>
  actions.split(' ').map((action) => ({ capability, action })),
);

describe('the capabilities of AWS actions', () => {
  it('name only actions that the catalogue knows, as AWS spells them', () => {
    const wrong = named.filter(({ action }) => {
      const number = awsActionNumber(action);
      return number < 0 || awsActionName(number) !== action;
    });
    expect(wrong).toEqual([]);
  });

  it('name an action once for a capability', () => {
    const keys = named.map(({ capability, action }) => `${capability} ${action}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('say why, in a few words, and differently in each row', () => {
    const reasons = AWS_CAPABILITIES.map(({ why }) => why);
    expect(reasons.filter((why) => why.length < 10 || why.length > 80)).toEqual([]);
    expect(new Set(reasons).size).toBe(reasons.length);
  });

  it('have actions for every capability but those that follow from all that somebody can do', () => {
    const without = CAPABILITIES.filter((capability) => awsCapabilityActions(capability).length === 0);
    expect(without).toEqual(['admin', 'escalate']);
  });

  it('give metadata-read to everything that only lists', () => {
    const actions = awsCapabilityActions('metadata-read');
    expect(actions).toContain(awsActionNumber('ec2:DescribeInstances'));
    expect(actions).not.toContain(awsActionNumber('s3:GetObject'));
    expect(actions.every((number) => number >= 0 && number < awsActionCount())).toBe(true);
  });
});
