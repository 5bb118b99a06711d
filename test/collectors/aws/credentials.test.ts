import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  arn,
  AS_OF,
  complaints,
  details,
  importFiles,
  only,
  REPORT,
  statuses,
  user,
} from './importing.ts';
import { reportOf, ROOT } from './report-lines.ts';

const KEY = {
  access_key_1_active: 'true',
  access_key_1_last_rotated: '2026-02-01T00:00:00+00:00',
} as const;
const CSV = reportOf({ user: 'app', ...KEY });
const USER = arn('user/app');

describe('a credential report', () => {
  it.each<[string, unknown]>([
    ['as CSV', CSV],
    ['as CSV with Windows line ends', CSV.replaceAll('\n', '\r\n')],
    ['as CSV with quotes', CSV.replaceAll(/[^,\n]+/gu, '"$&"')],
    [
      'as the command prints it, in base64',
      { Content: Buffer.from(CSV).toString('base64'), ReportFormat: 'text/csv' },
    ],
    ['as SDKs print it', { Content: CSV, ReportFormat: 'text/csv', GeneratedTime: '2026-11-19T23:00:00Z' }],
    ['in the wrapper of a recorder', { status_code: 200, data: { ReportFormat: 'text/csv', Content: CSV } }],
  ])('is read %s', async (_, content) => {
    const rows = await importFiles({ 'report.json': content });
    expect(only(rows('credentials'))).toMatchObject({ uid: `${USER}/access-key/1`, enabled: true });
    expect(statuses(rows, 'credentials')[REPORT]).toBe('complete');
  });

  it('gives keys, password and certificates with what is known of their use', async () => {
    const rows = await importFiles({
      'report.csv': reportOf({
        user: 'app',
        ...KEY,
        password_enabled: 'true',
        password_last_used: '2026-03-01T10:00:00+00:00',
        password_last_changed: '2026-02-01T10:00:00+00:00',
        password_next_rotation: '2026-12-01T10:00:00+00:00',
        access_key_2_last_rotated: '2025-01-01T00:00:00+00:00',
        access_key_2_last_used_date: '2025-06-01T00:00:00+00:00',
        access_key_2_last_used_region: 'eu-west-1',
        access_key_2_last_used_service: 's3',
        cert_2_active: 'true',
        cert_2_last_rotated: '2024-01-01T00:00:00+00:00',
        mfa_active: 'true',
      }),
    });
    expect(rows('credentials')).toMatchObject([
      {
        uid: `${USER}/console-password`,
        kind: 'console-password',
        enabled: true,
        createdAt: '2026-02-01T10:00:00.000Z',
        expiresAt: '2026-12-01T10:00:00.000Z',
        lastUsedAt: '2026-03-01T10:00:00.000Z',
        lastUsedEvidence: 'used',
        raw: { mfa_active: true },
      },
      { uid: `${USER}/access-key/1`, enabled: true, lastUsedAt: null, lastUsedEvidence: 'never', raw: null },
      {
        uid: `${USER}/access-key/2`,
        enabled: false,
        createdAt: '2025-01-01T00:00:00.000Z',
        lastUsedAt: '2025-06-01T00:00:00.000Z',
        lastUsedEvidence: 'used',
        raw: { last_used_region: 'eu-west-1', last_used_service: 's3' },
      },
      { uid: `${USER}/signing-certificate/2`, enabled: true, lastUsedAt: null, lastUsedEvidence: 'none' },
    ]);
    const ofUser = rows('usages').filter(({ subject }) => subject === 'identity');
    expect(only(ofUser)).toMatchObject({
      identityUid: USER,
      credentialUid: null,
      lastUsedAt: '2026-03-01T10:00:00.000Z',
      windowEnd: AS_OF,
      source: 'aws:credential-report',
    });
  });

  it('ends the window of what it saw at the time at which it was made', async () => {
    const content = { Content: CSV, ReportFormat: 'text/csv', GeneratedTime: '2026-11-19T23:00:00+00:00' };
    const rows = await importFiles({ 'report.json': content });
    expect(
      rows('usages').map(({ subject, windowStart, windowEnd }) => [subject, windowStart, windowEnd]),
    ).toEqual([
      ['credential', '2015-04-22T00:00:00.000Z', '2026-11-19T23:00:00.000Z'],
      ['identity', '2015-04-22T00:00:00.000Z', '2026-11-19T23:00:00.000Z'],
    ]);
  });

  it('made at an unreadable time is read as of the scan, and says so', async () => {
    const content = { Content: CSV, ReportFormat: 'text/csv', GeneratedTime: 'lately' };
    const rows = await importFiles({ 'report.json': content });
    expect(rows('usages')[0]?.windowEnd).toBe(AS_OF);
    expect(complaints(rows)).toEqual(['aws/report.json: GeneratedTime: expected a date']);
  });

  it('does not call a credential never used that is older than the tracking of its use', async () => {
    const rows = await importFiles({
      'report.csv': reportOf({
        user: 'old',
        access_key_1_active: 'true',
        access_key_1_last_rotated: '2012-01-29T21:54:13+00:00',
        password_enabled: 'true',
        password_last_used: 'no_information',
        password_last_changed: '2012-01-29T21:54:13+00:00',
      }),
    });
    expect(rows('credentials').map(({ lastUsedEvidence }) => lastUsedEvidence)).toEqual([
      'not-in-window',
      'not-in-window',
    ]);
  });

  it('gives the root user, whose password it does not tell about', async () => {
    const rows = await importFiles({ 'report.csv': reportOf(ROOT) });
    expect(only(rows('identities'))).toMatchObject({
      uid: arn('root'),
      kind: 'root-user',
      name: 'root',
      class: 'human',
      providerId: null,
    });
    expect(only(rows('credentials'))).toMatchObject({
      uid: `${arn('root')}/console-password`,
      enabled: null,
      createdAt: null,
      lastUsedAt: '2026-05-13T15:22:44.000Z',
    });
  });

  it('gives users that the authorization details lack, and says that their grants are unknown', async () => {
    const rows = await importFiles({
      'd.json': details({ users: [user('app')] }),
      'r.csv': reportOf({ user: 'new' }),
    });
    expect(rows('identities').map(({ uid }) => uid)).toEqual([USER, arn('user/new')]);
    const coverage = rows('coverage').filter(({ status }) => status === 'partial');
    expect(coverage.map(({ feed, detail }) => `${feed}: ${detail}`)).toEqual([
      expect.stringMatching(/^grants: 1 users of the credential report are not in the export/u),
      expect.stringMatching(/^credentials: 1 users are not in the credential report/u),
    ]);
  });

  it('tells whether any credential of a user still works', async () => {
    const rows = await importFiles({
      'r.csv': reportOf(
        { user: 'on', ...KEY },
        { user: 'off', access_key_1_last_rotated: '2026-02-01T00:00:00+00:00' },
        { user: 'none' },
      ),
    });
    expect(rows('identities').map(({ name, enabled }) => [name, enabled])).toEqual([
      ['on', true],
      ['off', false],
      ['none', null],
    ]);
  });

  it.each([
    ['ReportNotPresent', 410],
    ['ReportInProgress', 404],
    ['ReportExpired', 410],
  ])('that is the error %s instead is no report but coverage', async (code, status) => {
    const reply = { status_code: status, data: { Error: { Code: code, Type: 'Sender' } } };
    const rows = await importFiles({ 'report.json': reply });
    expect(only(rows('coverage'))).toMatchObject({
      scopeUid: null,
      feed: 'credentials',
      call: REPORT,
      status: 'failed',
      detail: expect.stringContaining(`aws/report.json: no report but the error ${code}`),
    });
  });

  it('with lines that are not understood is read without them', async () => {
    const lines = reportOf(
      { user: 'app', ...KEY, user_creation_time: 'soon' },
      { user: 'x', arn: 'arn:nonsense' },
    );
    const rows = await importFiles({ 'r.csv': `${lines}\nshort,line` });
    expect(only(rows('identities'))).toMatchObject({ name: 'app', createdAt: null });
    expect(complaints(rows)).toEqual([
      'aws/r.csv: line 2: user_creation_time: expected a date',
      'aws/r.csv: line 3: expected the ARN of a user or of the root user',
      'aws/r.csv: line 4: expected 22 fields, found 2',
    ]);
  });

  it('counts in its newest version where there are several', async () => {
    const made = (time: string, active: string): unknown => ({
      Content: reportOf({ user: 'app', ...KEY, access_key_1_active: active }),
      ReportFormat: 'text/csv',
      GeneratedTime: time,
    });
    const rows = await importFiles({
      'a.json': made('2026-11-02T00:00:00Z', 'false'),
      'b.json': made('2026-11-01T00:00:00Z', 'true'),
    });
    expect(only(rows('credentials')).enabled).toBe(false);
    expect(complaints(rows)).toEqual([]);
  });

  it('keeps the first of two lines for one user and says so', async () => {
    const rows = await importFiles({ 'r.csv': reportOf({ user: 'app', ...KEY }, { user: 'app' }) });
    expect(rows('credentials')).toHaveLength(1);
    expect(complaints(rows)).toEqual([`aws/r.csv: ${USER} had been read before, the first line is kept`]);
  });

  it('is missed where it is missing', async () => {
    const rows = await importFiles({ 'd.json': details({ users: [user('app')] }) });
    const skipped = rows('coverage').filter(({ call, feed }) => call === REPORT && feed === 'credentials');
    expect(only(skipped)).toMatchObject({
      scopeUid: `aws:${ACCOUNT}`,
      status: 'skipped',
      detail: expect.stringContaining('aws iam get-credential-report'),
    });
  });
});
