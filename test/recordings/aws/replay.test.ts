import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { only, statuses, type RowsOf } from '#test/collectors/aws/importing.ts';
import { readAll, targetAt } from '#test/collectors/aws/live/reading.ts';
import { startServer, type AwsServer } from '#test/collectors/aws/live/server.ts';
import type { AwsTarget } from '#model/target/aws.ts';
import { RECORDED, replay, replayDetails } from './replay.ts';

const HOME = '644160558196';

/** Reads an account live from a server that answers as AWS did when the scenario was recorded. */
async function read(
  scenario: string,
  details: 'Users' | 'Roles' | null,
  more: Partial<AwsTarget> = {},
  account = HOME,
): Promise<{ readonly rows: RowsOf; readonly server: AwsServer }> {
  const server = await startServer();
  replay(server, scenario, account);
  if (details !== null) replayDetails(server, scenario, details);
  return { rows: await readAll(targetAt(server, more)), server };
}

describe.skipIf(!existsSync(RECORDED))(
  'recorded replies of AWS, over HTTP (skipped where ../shared/data is missing)',
  () => {
    it.each([
      ['is not there', 'test_iam_user_unused_keys'],
      ['is in progress', 'test_iam_user_unused_keys_report_in_progress'],
    ])('give the users of a credential report that at first %s', async (_, scenario) => {
      const { rows, server } = await read(scenario, null, {}, '619193117841');
      const asked = server.received
        .map(({ call }) => call)
        .filter((call) => call.includes('CredentialReport'));
      expect(asked).toEqual([
        'iam:GetCredentialReport',
        'iam:GenerateCredentialReport',
        'iam:GetCredentialReport',
      ]);
      const names = rows('identities').map(({ name }) => name);
      expect(names.toSorted()).toEqual(
        ['Hazmat', 'charmworld', 'kaleb', 'kapilt', 'rome', 'root', 'syracuse', 'tyre'].toSorted(),
      );
      const syracuse = rows('credentials').filter(({ identityUid }) => identityUid.endsWith('/syracuse'));
      expect(only(syracuse).lastUsedAt).toBe('2016-11-25T14:22:00.000Z');
    });

    it('give the keys of a user by their ids, used as the report says', async () => {
      const { rows } = await read('test_iam_user_credential_multi_delete', 'Users');
      const keys = rows('credentials').filter(({ kind }) => kind === 'access-key');
      expect(keys.map(({ name }) => name)).toContain('AKIAEXAMPLE000000002');
      expect(only(rows('identities').filter(({ kind }) => kind === 'iam-user')).name).toBe('kapil');
    });

    it('give credentials for single services', async () => {
      const { rows } = await read('test_iam_user_service_specific_credentials_age', 'Users');
      expect(rows('credentials').filter(({ kind }) => kind === 'service-specific-credential')).toMatchObject([
        { createdAt: '2020-08-15T10:30:15.000Z', enabled: true },
        { createdAt: '2020-12-20T14:15:45.000Z', enabled: true },
      ]);
    });

    it('give the services that a user used, once the job is done', async () => {
      const server = await startServer();
      replay(server, 'test_iam_user_usage', HOME);
      replayDetails(server, 'test_iam_user_credential_multi_delete', 'Users');
      const rows = await readAll(targetAt(server, { lastAccessed: true }));
      const services = rows('usages').filter(({ subject }) => subject === 'permission');
      expect(services).toHaveLength(168);
      const acm = services.find(({ permission }) => permission === 'acm');
      expect(acm?.lastUsedAt).toBe('2019-02-08T14:55:00.000Z');
    });

    it('give what runs with the roles of an account', async () => {
      const { rows } = await read('test_iam_role_inuse', 'Roles');
      const role = (name: string): string => `arn:aws:iam::${HOME}:role/${name}`;
      expect(rows('workloads').map(({ kind, identityUid }) => [kind, identityUid])).toEqual(
        expect.arrayContaining([
          ['lambda-function', role('custodian-mu')],
          ['ec2-instance', role('ecsInstanceRole')],
        ]),
      );
      expect(rows('identities').filter(({ kind }) => kind === 'iam-role')).toHaveLength(2);
      expect(statuses(rows, 'workloads', HOME)).toMatchObject({ 'ec2:DescribeInstances': 'complete' });
    });

    it('ask nothing of analyzers of external access', async () => {
      const { rows, server } = await read('test_access_analyzer_finding_org_analyzer', null);
      expect(server.received.map(({ call }) => call)).not.toContain('access-analyzer:ListFindingsV2');
      expect(statuses(rows, 'usages', HOME)).toMatchObject({ 'access-analyzer:ListAnalyzers': 'complete' });
    });
  },
);
