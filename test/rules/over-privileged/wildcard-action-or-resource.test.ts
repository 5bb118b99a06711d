import { describe, expect, it } from 'vitest';
import { ACCOUNT_UID, arn, attached, policy } from '#test/estates/aws.ts';
import { assignment } from '#test/estates/azure.ts';
import { notRead } from '#test/estates/estate.ts';
import { gsaUid, PROJECT_UID } from '#test/estates/gcp.ts';
import { clusterBinding, clusterRole } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'wildcard-action-or-resource';
const S3 = arn('policy/s3');

describe('wildcard-action-or-resource', () => {
  it('fails a role of one’s own that gives a service whole or reaches every resource, in every system', async () => {
    const { found } = await judge(rule, [
      policy('s3', { breadth: 'all-actions' }),
      attached('role/app', 's3'),
      {
        roles: [{ uid: 'storage', system: 'azure', scopeUid: '/subscriptions/one', breadth: 'all-actions' }],
      },
      assignment('app', 'storage'),
      {
        roles: [{ uid: 'reader', system: 'gcp', scopeUid: PROJECT_UID, breadth: 'all-resources' }],
        grants: [
          { uid: 'g', system: 'gcp', scopeUid: PROJECT_UID, principalUid: gsaUid('app'), roleUid: 'reader' },
        ],
      },
      clusterRole('reader', { breadth: 'all-resources' }),
      clusterBinding('reader', 'reader', 'shop/web'),
    ]);
    expect(found).toEqual({
      'policy/s3': 'fail',
      storage: 'fail',
      reader: 'fail',
      'clusterrole:reader': 'fail',
    });
  });

  it('says once for a role how many grants name it', async () => {
    const { findings } = await judge(rule, [
      policy('s3', { breadth: 'all-resources' }),
      attached('role/a', 's3'),
      attached('role/b', 's3'),
      attached('group/c', 's3'),
    ]);
    expect(findings).toMatchObject([{ subject: S3, scope: ACCOUNT_UID, evidence: { grants: 3 } }]);
  });

  it('passes named actions on named resources, and leaves everything on everything to another rule', async () => {
    const { found, passed } = await judge(rule, [
      policy('narrow', { breadth: 'limited' }),
      attached('role/app', 'narrow'),
      policy('all', { breadth: 'everything' }),
      attached('role/app', 'all'),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 2 });
  });

  it('passes every resource where only whole services count', async () => {
    const { found, passed } = await judge(
      rule,
      [policy('s3', { breadth: 'all-resources' }), attached('role/app', 's3')],
      { breadths: ['all-actions'] },
    );
    expect({ found, passed }).toEqual({ found: {}, passed: 1 });
  });

  it('does not know of a document that was not understood', async () => {
    const { found } = await judge(rule, [policy('s3', { breadth: null }), attached('role/app', 's3')]);
    expect(found).toEqual({ 'policy/s3': 'unknown' });
  });

  it('leaves out the provider’s own, what nobody holds, and grants of missing roles', async () => {
    const { found, passed } = await judge(rule, [
      policy('theirs', { breadth: 'all-actions', managedBy: 'provider' }),
      attached('role/app', 'theirs'),
      policy('unheld', { breadth: 'all-actions' }),
      attached('role/app', 'gone'),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where roles or grants were not collected', async () => {
    for (const feed of ['roles', 'grants'] as const) {
      const { found } = await judge(rule, [
        policy('s3', { breadth: 'all-actions' }),
        attached('role/app', 's3'),
        notRead(feed, ACCOUNT_UID),
      ]);
      expect(found).toEqual({ 'policy/s3': 'unknown' });
    }
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
