import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import type { RuleParameters } from '#audit/parameters.ts';
import type { Json } from '#model/system.ts';
import { ACCOUNT_UID, arn, awsRole, trust, trustPolicy } from '#test/estates/aws.ts';
import { notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'ci-trust-without-subject-condition';
const GITHUB = 'token.actions.githubusercontent.com';

function from(issuer: string, condition: Json, uid = 't'): PartialRows {
  return trust('ci', uid, {
    trusted: arn(`oidc-provider/${issuer}`),
    trustedKind: 'federation-provider',
    mechanism: 'sts:AssumeRoleWithWebIdentity',
    condition,
  });
}

type Cases = Readonly<Record<string, readonly [issuer: string, condition: Json]>>;

/** The verdict on one trust a case, all in one world; a trust that is no finding is `pass`. */
async function verdicts(
  cases: Cases,
  parameters: RuleParameters[string] = {},
): Promise<Record<string, string>> {
  const trusts = Object.entries(cases).map(([name, [issuer, condition]]) => from(issuer, condition, name));
  const { found } = await judge(rule, [awsRole('ci'), ...trusts], parameters);
  return Object.fromEntries(Object.keys(cases).map((name) => [name, found[`role/ci ${name}`] ?? 'pass']));
}

/** A subject of an issuer under StringLike. */
function subject(issuer: string, value: Json): readonly [string, Json] {
  return [issuer, { StringLike: { [`${issuer}:sub`]: value } }];
}

/** The verdicts that are not what all of them should be. */
function others(found: Readonly<Record<string, string>>, verdict: string): Record<string, string> {
  return Object.fromEntries(Object.entries(found).filter(([, each]) => each !== verdict));
}

describe('ci-trust-without-subject-condition', () => {
  it('fails a trust with an audience and no subject', async () => {
    const { findings } = await judge(rule, [
      awsRole('ci'),
      from(GITHUB, { StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' } }),
    ]);
    expect(findings).toMatchObject([
      { severity: 'high', evidence: { issuer: GITHUB, lets_in: 'pipelines of strangers' } },
    ]);
  });

  it('passes a subject that names whose pipeline it is, of every service', async () => {
    const bitbucket = 'api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc';
    const found = await verdicts({
      'GitHub, a branch': subject(GITHUB, 'repo:acme/shop:ref:refs/heads/main'),
      'GitHub, a repository': subject(GITHUB, 'repo:acme/shop:*'),
      'GitHub, an organisation': subject(GITHUB, 'repo:acme/*'),
      'GitHub, an environment of every repository': subject(GITHUB, 'repo:acme/*:environment:production'),
      'GitHub Enterprise Cloud': subject(`${GITHUB}/acme`, 'repo:acme/shop:*'),
      GitLab: subject('gitlab.com', 'project_path:acme/shop:ref_type:branch:ref:*'),
      Bitbucket: subject(bitbucket, '{7a9b8c6d-0000-4000-8000-000000000000}:*'),
      CircleCI: subject('oidc.circleci.com/org/6c1f', 'org/6c1f/project/77ab/user/*'),
      'Terraform Cloud': subject(
        'app.terraform.io',
        'organization:acme:project:shop:workspace:*:run_phase:*',
      ),
      Buildkite: subject('agent.buildkite.com', 'organization:acme:pipeline:shop:*'),
      'Azure DevOps': subject('vstoken.dev.azure.com/5d1e', 'sc://acme/shop/deploy'),
    });
    expect(others(found, 'pass')).toEqual({});
  });

  it('fails no condition at all, and a subject that strangers can bear', async () => {
    const found = await verdicts({
      'no condition': [GITHUB, null],
      'any subject': subject(GITHUB, '*'),
      'any owner': subject(GITHUB, 'repo:*'),
      'the beginning of an owner': subject(GITHUB, 'repo:acme*'),
      'any owner of a repository': subject(GITHUB, 'repo:*/shop:ref:refs/heads/main'),
      'an owner with an open letter': subject(GITHUB, 'repo:acm?/shop:*'),
      'any GitLab project': subject('gitlab.com', 'project_path:*'),
      'any Terraform organisation': subject('app.terraform.io', 'organization:*'),
      'the beginning of one': subject('app.terraform.io', 'organization:acme*'),
      'one of two': subject(GITHUB, ['repo:acme/shop:*', 'repo:*']),
    });
    expect(others(found, 'fail')).toEqual({});
  });

  it('fails every pipeline of an issuer that belongs to one organisation, and says that strangers stay out', async () => {
    const issuer = 'oidc.circleci.com/org/6c1f';
    const { findings } = await judge(rule, [
      awsRole('ci'),
      from(issuer, { StringEquals: { [`${issuer}:aud`]: '6c1f' } }),
    ]);
    expect(findings).toMatchObject([{ evidence: { lets_in: 'every pipeline of one organisation' } }]);
  });

  it('lets the parameter decide whether a whole organisation is narrow enough', async () => {
    const cases = { wide: subject(GITHUB, 'repo:acme/*'), narrow: subject(GITHUB, 'repo:acme/shop:*') };
    expect(await verdicts(cases)).toEqual({ wide: 'pass', narrow: 'pass' });
    expect(await verdicts(cases, { allow_whole_organisation: false })).toEqual({
      wide: 'fail',
      narrow: 'pass',
    });
  });

  it('fails operators that hold without the claim or that exclude instead of naming', async () => {
    const shop = { [`${GITHUB}:sub`]: 'repo:acme/shop:*' };
    const operators = [
      'ForAllValues:StringLike',
      'StringLikeIfExists',
      'StringNotLike',
      'ForAllValues:StringEquals',
      'Null',
    ];
    const cases = operators.map((operator) => [operator, [GITHUB, { [operator]: shop }]] as const);
    expect(others(await verdicts(Object.fromEntries(cases)), 'fail')).toEqual({});
    expect(await verdicts({ any: [GITHUB, { 'ForAnyValue:StringLike': shop }] })).toEqual({ any: 'pass' });
  });

  it('takes several conditions together, and a wildcard for itself where the operator does', async () => {
    const found = await verdicts({
      together: [
        GITHUB,
        { StringLike: { [`${GITHUB}:sub`]: '*' }, StringEquals: { [`${GITHUB}:repository_id`]: '4711' } },
      ],
      literal: [GITHUB, { StringEquals: { [`${GITHUB}:sub`]: 'repo:acme/shop:*' } }],
    });
    expect(others(found, 'pass')).toEqual({});
  });

  it('takes only claims that name whose pipeline it is, of the issuer itself', async () => {
    const claims = ['actor', 'ref', 'environment', 'workflow', 'job_workflow_ref'];
    const borne = claims.map(
      (claim) => [claim, [GITHUB, { StringEquals: { [`${GITHUB}:${claim}`]: 'main' } }]] as const,
    );
    expect(others(await verdicts(Object.fromEntries(borne)), 'fail')).toEqual({});
    const found = await verdicts({
      repositories: [GITHUB, { StringLike: { [`${GITHUB}:repository`]: 'acme/*' } }],
      beginning: [GITHUB, { StringLike: { [`${GITHUB}:repository`]: 'acme*' } }],
      'of another issuer': [GITHUB, { StringLike: { 'gitlab.com:sub': 'project_path:acme/shop:*' } }],
    });
    expect(found).toEqual({ repositories: 'pass', beginning: 'fail', 'of another issuer': 'fail' });
  });

  it('knows an issuer of one’s own once it is listed', async () => {
    const cases: Cases = {
      own: ['gitlab.acme.example', { StringEquals: { 'gitlab.acme.example:aud': 'x' } }],
    };
    expect(await verdicts(cases)).toEqual({ own: 'pass' });
    expect(await verdicts(cases, { issuers: ['gitlab.acme.example'] })).toEqual({ own: 'fail' });
  });

  it('does not know where a Deny stands in the same policy', async () => {
    const { found } = await judge(rule, [
      awsRole('ci'),
      from(GITHUB, null),
      trustPolicy('ci', { Statement: [{ Effect: 'Deny', Principal: '*', Action: '*' }] }),
    ]);
    expect(found).toEqual({ 'role/ci t': 'unknown' });
  });

  it('leaves alone clusters, SAML, claims and provider-managed roles', async () => {
    const { found, passed } = await judge(rule, [
      awsRole('ci'),
      from('oidc.eks.eu-west-1.amazonaws.com/id/ABC', null, 'cluster'),
      trust('ci', 'saml', {
        trusted: arn('saml-provider/x'),
        trustedKind: 'federation-provider',
        mechanism: 'sts:AssumeRoleWithSAML',
      }),
      awsRole('theirs', { managedBy: 'provider' }),
      trust('theirs', 't', {
        trusted: arn(`oidc-provider/${GITHUB}`),
        trustedKind: 'federation-provider',
        mechanism: 'sts:*',
      }),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where trusts were not collected', async () => {
    const { found } = await judge(rule, [awsRole('ci'), from(GITHUB, null), notRead('trusts', ACCOUNT_UID)]);
    expect(found).toEqual({ 'role/ci t': 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
