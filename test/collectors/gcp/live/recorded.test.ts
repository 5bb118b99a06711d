import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RowsOf } from '../importing.ts';
import { type Answer, type Asked, cloudServer, failure, readAll, targetAt } from './server.ts';

const RECORDED = join(process.cwd(), '../shared/data/gcp/recorded');

/** Newer versions of the Resource Manager's API, and the calls that older ones had instead. */
const OLDER: readonly (readonly [RegExp, string])[] = [
  [/^get-v3-projects-search$/u, 'get-v1-projects'],
  [/^get-v3-folders$/u, 'get-v2-folders'],
  [/^get-v3-folders-/u, 'get-v2-folders-'],
  [/^post-v3-folders-/u, 'post-v2-folders-'],
  [/^post-v3-/u, 'post-v1-'],
];

/** Answers with what Google once answered; what was not recorded is not there. */
function replayed(scenario: string): (asked: Asked) => Answer {
  return ({ method, path }) => {
    const name = `${method.toLowerCase()}${decodeURIComponent(path).replaceAll(/[/:]/gu, '-')}`;
    const older = OLDER.reduce((each, [pattern, older_]) => each.replace(pattern, older_), name);
    const file = [name, older]
      .map((each) => join(RECORDED, scenario, `${each}_1.json`))
      .find((each) => existsSync(each));
    if (file === undefined) return failure(404, 'NOT_FOUND');
    // A recording holds the headers and the body of an answer.
    return { body: (JSON.parse(readFileSync(file, 'utf8')) as { body: unknown }).body };
  };
}

async function replay(scenario: string, target: Parameters<typeof targetAt>[1]): Promise<RowsOf> {
  return readAll(targetAt(await cloudServer(replayed(scenario)), target));
}

describe.skipIf(!existsSync(RECORDED))(
  'what Google answered once (needs ../shared/data/gcp/recorded)',
  () => {
    it('gives an account and the one of its keys that the customer looks after', async () => {
      const rows = await replay('iam-service-account-key-query', { projects: ['cloud-custodian'] });
      const email = 'test-cutodian-scc@cloud-custodian.iam.gserviceaccount.com';
      expect(rows('identities').map(({ name }) => name)).toEqual([email]);
      expect(rows('credentials').map(({ uid, expiresAt }) => [uid, expiresAt])).toEqual([
        [`gcp:projects/cloud-custodian/serviceAccounts/${email}/keys/2`, null],
      ]);
    });

    it('gives the policies of four accounts', async () => {
      const rows = await replay('iam-service-account-iam-policy-multi', { projects: ['cloud-custodian'] });
      expect(rows('identities').filter(({ kind }) => kind === 'service-account')).toHaveLength(4);
      expect(new Set(rows('grants').map(({ resourceUid }) => resourceUid)).size).toBe(4);
    });

    it('gives an API key with its restrictions', async () => {
      const rows = await replay('api-key-list', { projects: ['cloud-custodian'] });
      expect(rows('credentials').map(({ kind, name }) => [kind, name])).toEqual([['api-key', 'API key 1']]);
    });

    it('gives the policies of three projects', async () => {
      const rows = await replay('project-iam-policy', {});
      const bound = rows('grants').map(
        ({ scopeUid, principalUid, roleUid }) => `${scopeUid} ${principalUid} ${roleUid}`,
      );
      expect(bound).toContain(
        'gcp:projects/custodian-test gcp:serviceAccount:def@testproject.iam.gserviceaccount.com gcp:roles/editor',
      );
      expect(bound).toContain('gcp:projects/custodian-test-3 gcp:allUsers gcp:roles/editor');
      expect(bound).toHaveLength(15);
      const parents = rows('scopes').filter(({ kind }) => kind === 'project');
      expect(parents.map(({ parentUid }) => parentUid)).toContain('gcp:organizations/633447823333');
    });

    it('gives the policies of three folders', async () => {
      const rows = await replay('folder-iam-policy', { organization: '870080179722' });
      const folders = new Set(rows('grants').map(({ scopeUid }) => scopeUid));
      expect([...folders].toSorted()).toEqual(
        ['222222222222', '333333333333', '444444444444'].map((id) => `gcp:folders/${id}`),
      );
    });

    it('gives the policy of an organisation, each member of a role once', async () => {
      const rows = await replay('organization-iam-policy', { organization: '111111111111' });
      expect(rows('grants')).toHaveLength(10);
    });
  },
);
