import { describe, expect, it } from 'vitest';
import {
  arn,
  AS_OF,
  complaints,
  details,
  importFiles,
  only,
  printed,
  role,
  statuses,
  user,
} from './importing.ts';
import { reportOf } from './report-lines.ts';

const JOB = '0385c1c2-01a1-4931-a738-20e25db95f26';
const CALL = 'iam:GetServiceLastAccessedDetails';
const ESTATE = details({ roles: [role('service/app')] });
const APP = arn('role/service/app');

function service(namespace: string, lastUsed?: string, members: object = {}): object {
  const used = { LastAuthenticated: lastUsed, LastAuthenticatedEntity: APP, TotalAuthenticatedEntities: 1 };
  return {
    ServiceName: namespace,
    ServiceNamespace: namespace,
    ...(lastUsed === undefined ? {} : used),
    ...members,
  };
}

function report(services: readonly object[], members: object = {}): object {
  return {
    JobStatus: 'COMPLETED',
    JobCreationDate: '2026-11-19T22:59:58+00:00',
    JobCompletionDate: '2026-11-19T23:00:00+00:00',
    ServicesLastAccessed: services,
    IsTruncated: false,
    ...members,
  };
}

describe('a last-accessed report', () => {
  it('gives the use of each service, and of the identity as a whole', async () => {
    const rows = await importFiles({
      'd.json': ESTATE,
      'generate-app.json': { JobId: JOB },
      [`service-last-accessed-${JOB}.json`]: report([
        service('s3', '2026-11-01T00:00:00+00:00'),
        service('kms'),
      ]),
    });
    const source = { identityUid: APP, source: 'aws:service-last-accessed' };
    expect(rows('usages').slice(1)).toMatchObject([
      { ...source, subject: 'identity', permission: null, lastUsedAt: '2026-11-01T00:00:00.000Z' },
      { ...source, subject: 'permission', permission: 's3', lastUsedAt: '2026-11-01T00:00:00.000Z' },
      {
        ...source,
        subject: 'permission',
        permission: 'kms',
        lastUsedAt: null,
        windowStart: '2025-10-15T23:00:00.000Z',
        windowEnd: '2026-11-19T23:00:00.000Z',
      },
    ]);
    expect(rows('usages')[3]?.blindSpots).toContain('denied attempts count as use');
    expect(statuses(rows, 'usages')[CALL]).toBe('complete');
    expect(complaints(rows)).toEqual([]);
  });

  it('gives the use of single actions where they are tracked', async () => {
    const actions = [
      { ActionName: 'GetObject', LastAccessedTime: '2026-11-01T00:00:00Z' },
      { ActionName: 'PutObject' },
    ];
    const rows = await importFiles({
      'd.json': ESTATE,
      'generate-app.json': { JobId: JOB },
      [`${JOB}.json`]: report([
        service('s3', '2026-11-01T00:00:00Z', { TrackedActionsLastAccessed: actions }),
      ]),
    });
    const permissions = rows('usages').filter(({ subject }) => subject === 'permission');
    expect(permissions.map(({ permission, lastUsedAt }) => [permission, lastUsedAt])).toEqual([
      ['s3', '2026-11-01T00:00:00.000Z'],
      ['s3:GetObject', '2026-11-01T00:00:00.000Z'],
      ['s3:PutObject', null],
    ]);
  });

  it('is tied to the identity that it names where no job is known', async () => {
    const rows = await importFiles({
      'd.json': ESTATE,
      'report.json': report([service('s3', '2026-11-01T00:00:00Z')]),
    });
    expect(rows('usages').filter(({ source }) => source === 'aws:service-last-accessed')).toHaveLength(2);
  });

  it('is tied to a user that only the credential report has', async () => {
    const rows = await importFiles({
      'r.csv': reportOf({ user: 'ftp' }),
      'generate-ftp.json': { JobId: JOB },
      [`${JOB}.json`]: report([service('s3')]),
    });
    const own = rows('usages').filter(({ source }) => source === 'aws:service-last-accessed');
    expect(own.map(({ identityUid, subject }) => [identityUid, subject])).toEqual([
      [arn('user/ftp'), 'identity'],
      [arn('user/ftp'), 'permission'],
    ]);
  });

  it('goes by its job where it names somebody else, and says so', async () => {
    const other = service('s3', '2026-11-01T00:00:00Z', { LastAuthenticatedEntity: arn('role/other') });
    const rows = await importFiles({
      'd.json': ESTATE,
      'generate-app.json': { JobId: JOB },
      [`${JOB}.json`]: report([other]),
    });
    expect(rows('usages').at(-1)?.identityUid).toBe(APP);
    expect(complaints(rows)).toEqual([
      `aws/${JOB}.json: its job was for ${APP}, but it names ${arn('role/other')} as the user`,
    ]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['names nobody and has no job', { 'x.json': report([service('s3')]) }, 'it names no identity'],
    [
      'names several identities',
      {
        'x.json': report([
          service('s3', '2026-11-01T00:00:00Z'),
          service('kms', '2026-11-01T00:00:00Z', { LastAuthenticatedEntity: arn('user/b') }),
        ]),
      },
      'it names several identities',
    ],
    [
      'names somebody who is not in the import',
      {
        'x.json': report([service('s3', '2026-11-01T00:00:00Z', { LastAuthenticatedEntity: arn('user/b') })]),
      },
      `${arn('user/b')} is not in the import`,
    ],
    [
      'is of a job for nobody in the import',
      { 'generate-gone.json': { JobId: JOB }, [`${JOB}.json`]: report([service('s3')]) },
      'no user or role of the import is called gone',
    ],
    [
      'is not complete',
      { 'x.json': report([], { JobStatus: 'IN_PROGRESS' }) },
      'the job is not complete (IN_PROGRESS)',
    ],
    [
      'is of somebody without an account',
      {
        'e.json': details({ users: [user('x', { Arn: 'arn:aws:iam::aws:user/x' })] }),
        'x.json': report([
          service('s3', '2026-11-01T00:00:00Z', { LastAuthenticatedEntity: 'arn:aws:iam::aws:user/x' }),
        ]),
      },
      'arn:aws:iam::aws:user/x names no account',
    ],
    ['is cut off', { 'x.json': printed(report([service('s3')])).slice(0, 200) }, 'not valid JSON'],
  ])('that %s gives coverage instead of rows', async (_, files, problem) => {
    const rows = await importFiles({ 'd.json': ESTATE, ...files });
    expect(rows('usages').filter(({ source }) => source === 'aws:service-last-accessed')).toEqual([]);
    expect(complaints(rows).join()).toContain(problem);
  });

  it('in pages is one report', async () => {
    const rows = await importFiles({
      'd.json': ESTATE,
      'generate-app.json': { JobId: JOB },
      [`${JOB}-1.json`]: report([service('s3')], { IsTruncated: true, Marker: 'm' }),
      [`${JOB}-2.json`]: report([service('kms', '2026-11-01T00:00:00Z')]),
    });
    const whole = rows('usages').filter(
      ({ subject, source }) => subject === 'identity' && source.includes('accessed'),
    );
    expect(only(whole).lastUsedAt).toBe('2026-11-01T00:00:00.000Z');
    expect(complaints(rows)).toEqual([]);
  });

  it('whose later pages are missing does not say that an identity was not used', async () => {
    const rows = await importFiles({
      'd.json': ESTATE,
      'generate-app.json': { JobId: JOB },
      [`${JOB}.json`]: report([service('s3')], { IsTruncated: true }),
    });
    const own = rows('usages').filter(({ source }) => source === 'aws:service-last-accessed');
    expect(own.map(({ subject }) => subject)).toEqual(['permission']);
    expect(complaints(rows)).toEqual([expect.stringContaining('its later pages are missing')]);
  });

  it('finds the one of two identities of a name that its entities name', async () => {
    const both = details({ roles: [role('app')], users: [user('app')] });
    const used = service('s3', '2026-11-01T00:00:00Z', { LastAuthenticatedEntity: arn('user/app') });
    const rows = await importFiles({
      'd.json': both,
      'generate-app.json': { JobId: JOB },
      [`${JOB}.json`]: report([used]),
    });
    expect(rows('usages').at(-1)?.identityUid).toBe(arn('user/app'));
  });

  it('made at an unreadable time is read as of the scan, and says so', async () => {
    const rows = await importFiles({
      'd.json': ESTATE,
      'x.json': report([service('s3', '2026-11-01T00:00:00Z')], {
        JobCompletionDate: 'soon',
        JobCreationDate: 7e20,
      }),
    });
    expect(rows('usages').at(-1)?.windowEnd).toBe(AS_OF);
    expect(complaints(rows)).toEqual([
      'aws/x.json: JobCompletionDate: expected a date',
      'aws/x.json: JobCreationDate: expected a date',
    ]);
  });

  it('is missed where there is none', async () => {
    const rows = await importFiles({ 'd.json': ESTATE });
    expect(statuses(rows, 'usages')[CALL]).toBe('skipped');
  });
});
