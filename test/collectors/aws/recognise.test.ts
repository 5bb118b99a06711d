import { describe, expect, it } from 'vitest';
import { awsCollector } from '#collectors/aws/index.ts';
import { details, printed, user } from './importing.ts';
import { reportOf } from './report-lines.ts';

const JOB = { JobId: '0385c1c2-01a1-4931-a738-20e25db95f26' };

describe('the AWS collector', () => {
  it.each<[string, string, unknown]>([
    ['authorization-details', 'authorization details', details({ users: [user('u')] })],
    ['authorization-details', 'an empty account', details({})],
    ['authorization-details', 'groups alone', { IsTruncated: false, GroupDetailList: [] }],
    ['authorization-details', 'policies with versions', { Policies: [{ Arn: 'a', PolicyVersionList: [] }] }],
    ['authorization-details', 'a list of replies', [details({})]],
    ['credential-report', 'a CSV', reportOf()],
    ['credential-report', 'a reply in base64', { Content: Buffer.from(reportOf()).toString('base64') }],
    ['credential-report', 'a reply', { GeneratedTime: 'x', Content: reportOf() }],
    ['credential-report', 'an error', { status_code: 404, data: { Error: { Code: 'ReportInProgress' } } }],
    ['service-last-accessed', 'a report', { JobStatus: 'COMPLETED', ServicesLastAccessed: [] }],
    ['service-last-accessed', 'a job under way', { JobStatus: 'IN_PROGRESS', JobCreationDate: 'x' }],
    ['generate-service-last-accessed', 'a job', JOB],
    [
      'generate-service-last-accessed',
      'a recorded job',
      { status_code: 200, data: { ...JOB, ResponseMetadata: {} } },
    ],
    ['access-keys', 'keys', { AccessKeyMetadata: [] }],
    ['access-key-last-used', 'a use', { UserName: 'u', AccessKeyLastUsed: {} }],
    ['oidc-providers', 'providers', { OpenIDConnectProviderList: [] }],
    ['oidc-provider', 'a provider', { Url: 'x', ClientIDList: [] }],
  ])('takes for %s: %s', (kind, _, content) => {
    const text = typeof content === 'string' ? content : printed(content);
    expect(recognise(text)).toBe(kind);
    expect(recognise(typeof content === 'string' ? text : JSON.stringify(content))).toBe(kind);
    expect(recognise(`\uFEFF${text}`)).toBe(kind);
    expect(recognise(Buffer.from(text, 'utf16le').toString('utf8'))).toBe(kind);
  });

  it.each<[string, string]>([
    ['an empty file', ''],
    ['prose about an export', 'The member "UserDetailList": [ holds users.'],
    ['a text that quotes an export', printed({ readme: 'it starts with {"UserDetailList": [' })],
    ['policies without versions', printed({ Policies: [{ Arn: 'a' }] })],
    ['a job of another service', printed({ ...JOB, JobState: 'RUNNING' })],
    ['a list of Kubernetes objects', printed({ kind: 'List', items: [] })],
    ['another CSV', 'user,arn,size\na,b,1'],
    ['brackets', '['.repeat(60_000)],
  ])('does not take %s for its own', (_, text) => {
    expect(recognise(text)).toBeNull();
  });
});

function recognise(text: string): string | null {
  const file = { path: '/nowhere', label: 'file.txt', size: text.length, head: text.slice(0, 64 * 1024) };
  return awsCollector.recognise(file);
}
