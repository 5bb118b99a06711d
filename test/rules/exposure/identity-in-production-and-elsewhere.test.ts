import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import { ACCOUNT_UID, arn, attached, awsRole, policy } from '#test/estates/aws.ts';
import { assignment, servicePrincipal } from '#test/estates/azure.ts';
import { notRead } from '#test/estates/estate.ts';
import { googleAccount, gsaUid } from '#test/estates/gcp.ts';
import { roleBinding, saUid, serviceAccount } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'identity-in-production-and-elsewhere';

function runs(identityUid: string, uid: string, environment: string | null): PartialRows {
  return { workloads: [{ uid, identityUid, environment, name: uid }] };
}

function place(
  uid: string,
  system: 'azure' | 'gcp' | 'kubernetes' | 'aws',
  environment: string | null,
): PartialRows {
  return { scopes: [{ uid, system, kind: 'project', environment }] };
}

const app = arn('role/app');

describe('identity-in-production-and-elsewhere', () => {
  it('fails an identity whose workloads run in production and elsewhere, and names the places', async () => {
    const { findings } = await judge(rule, [
      awsRole('app'),
      runs(app, 'a', 'production'),
      runs(app, 'b', 'staging'),
    ]);
    expect(findings).toMatchObject([
      {
        identity: app,
        severity: 'medium',
        evidence: { environments: ['production', 'staging'], workloads_without_environment: 0 },
      },
    ]);
  });

  it('fails, and rises, where the identity itself lives in production', async () => {
    const { findings } = await judge(rule, [
      awsRole('app', { environment: 'production' }),
      runs(app, 'b', 'test'),
    ]);
    expect(findings).toMatchObject([{ severity: 'high', evidence: { severity_raised_by: ['production'] } }]);
  });

  it('fails rights in an environment of another kind, in every system', async () => {
    const worlds: Record<string, readonly PartialRows[]> = {
      'serviceaccount:shop/web': [
        serviceAccount('shop/web', { environment: 'production' }),
        place('k8s:demo:namespace:test', 'kubernetes', 'test'),
        roleBinding('test/b', 'edit', 'shop/web'),
      ],
      sp: [
        servicePrincipal('sp', { environment: 'test' }),
        place('/subscriptions/one', 'azure', 'production'),
        assignment('sp', 'Reader'),
      ],
      [gsaUid('app')]: [
        googleAccount('app', { environment: 'production' }),
        place('gcp:projects/other', 'gcp', 'development'),
        {
          grants: [
            {
              uid: 'g',
              system: 'gcp',
              scopeUid: 'gcp:projects/other',
              principalUid: gsaUid('app'),
              roleUid: 'r',
            },
          ],
        },
      ],
    };
    for (const [name, rows] of Object.entries(worlds)) {
      expect((await judge(rule, rows)).found).toMatchObject({ [name]: 'fail' });
    }
  });

  it('passes one environment, and two of which none is production', async () => {
    const one = [awsRole('app'), runs(app, 'a', 'production'), runs(app, 'b', 'Production')];
    const two = [awsRole('app'), runs(app, 'a', 'test'), runs(app, 'b', 'staging')];
    for (const rows of [one, two]) expect(await judge(rule, rows)).toMatchObject({ found: {}, passed: 1 });
    expect((await judge(rule, two, { production: 'staging' })).found).toEqual({ 'role/app': 'fail' });
  });

  it('does not know where a workload says no environment', async () => {
    const rows = [awsRole('app'), runs(app, 'a', 'production'), runs(app, 'b', null)];
    expect((await judge(rule, rows)).found).toEqual({ 'role/app': 'unknown' });
  });

  it('takes the environment of the scope where the workload has none', async () => {
    const rows = [
      awsRole('app', { environment: 'production' }),
      place(ACCOUNT_UID, 'aws', 'test'),
      runs(app, 'b', null),
    ];
    expect((await judge(rule, rows)).found).toEqual({ 'role/app': 'fail' });
  });

  it('leaves alone people, provider-managed identities, those without any environment and those seen only at home', async () => {
    const { found, passed } = await judge(rule, [
      place(ACCOUNT_UID, 'aws', null),
      awsRole('home', { environment: 'production' }),
      attached('role/home', 'p'),
      awsRole('plain'),
      policy('p'),
      attached('role/plain', 'p'),
      awsRole('theirs', { managedBy: 'provider', environment: 'production' }),
      runs(arn('role/theirs'), 'a', 'test'),
      awsRole('ann', { class: 'human', environment: 'production' }),
      runs(arn('role/ann'), 'b', 'test'),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where workloads were not collected, and takes a pass back where grants have gaps', async () => {
    const rows = [awsRole('app', { environment: 'production' }), runs(app, 'a', 'production')];
    for (const gap of [notRead('workloads', ACCOUNT_UID), notRead('grants', ACCOUNT_UID, 'partial')]) {
      expect((await judge(rule, [...rows, gap])).found).toEqual({ 'role/app': 'unknown' });
    }
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
    expect(
      await judge(rule, [serviceAccount('x/y'), { workloads: [{ uid: 'w', identityUid: saUid('no/one') }] }]),
    ).toMatchObject({
      found: {},
    });
  });
});
