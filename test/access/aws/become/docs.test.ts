import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXISTING_WAYS, PASS_ROLE_WAYS } from '#catalogue/aws/escalation.ts';
import { awsActionNumber } from '#catalogue/aws/actions.ts';
import {
  BOUNDARY_WAYS,
  CHANGE_WAYS,
  CREATION_WAYS,
  CREDENTIAL_WAYS,
  NEEDED_TOGETHER,
} from '#catalogue/aws/iam-ways.ts';

const text = readFileSync('docs/access-aws-paths.md', 'utf8');
const services = [...PASS_ROLE_WAYS, ...EXISTING_WAYS];
const iam = [
  ...CREDENTIAL_WAYS,
  ...CHANGE_WAYS,
  ...CREATION_WAYS,
  ...BOUNDARY_WAYS.user,
  ...BOUNDARY_WAYS.role,
];

describe('the page about paths in AWS', () => {
  it('names every technique of the catalogue', () => {
    const vias = [...services, ...iam].map(({ via }) => via);
    expect(vias.filter((via) => !text.includes(`\`${via}\``))).toEqual([]);
  });

  it('names every permission and every list that techniques with services need', () => {
    const needed = services.flatMap(({ permissions, listedBy }) => [
      ...permissions,
      ...(listedBy === null ? [] : [listedBy]),
    ]);
    expect(needed.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('the catalogue of techniques in AWS', () => {
  it('names actions that AWS has', () => {
    const actions = [
      ...[...services, ...CREDENTIAL_WAYS, ...CREATION_WAYS].flatMap(({ permissions }) => permissions),
      ...[...CHANGE_WAYS, ...BOUNDARY_WAYS.user, ...BOUNDARY_WAYS.role].map(({ permission }) => permission),
      ...EXISTING_WAYS.flatMap(({ roleNeeds }) => roleNeeds ?? []),
      ...Object.keys(NEEDED_TOGETHER),
    ];
    expect(actions.filter((action) => awsActionNumber(action) < 0)).toEqual([]);
  });

  it('gives every technique a name of its own', () => {
    const vias = services.map(({ via }) => via);
    expect(new Set(vias).size).toBe(vias.length);
  });
});
