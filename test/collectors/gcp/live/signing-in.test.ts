import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { signIn } from '#collectors/gcp/live/token.ts';
import { CollectError } from '#model/errors.ts';
import { tempDir } from '#test/temp-dir.ts';
import { cloudServer, failure, targetAt } from './server.ts';

const NOWHERE = targetAt({ endpoint: 'http://127.0.0.1:1' });

/** A credential file of workload identity federation, as `gcloud iam workload-identity-pools create-cred-config` writes it. */
async function federation(tokenUrl: string): Promise<Readonly<Record<string, string>>> {
  const folder = await tempDir();
  const subject = join(folder, 'token');
  await writeFile(subject, 'a-token-of-the-issuer');
  const file = join(folder, 'credentials.json');
  const content = {
    type: 'external_account',
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/providers/p',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: tokenUrl,
    credential_source: { file: subject },
  };
  await writeFile(file, JSON.stringify(content));
  return { GOOGLE_APPLICATION_CREDENTIALS: file };
}

describe('signing in to Google Cloud', () => {
  it('takes a token of the environment as it is', async () => {
    const tokenOf = signIn(NOWHERE, { environment: { GOOGLE_OAUTH_ACCESS_TOKEN: 'given' } });
    expect(await tokenOf()).toBe('given');
  });

  it('exchanges the token of another issuer, once', async () => {
    const cloud = await cloudServer(({ path }) =>
      path === '/token'
        ? {
            body: {
              access_token: 'exchanged',
              expires_in: 3600,
              token_type: 'Bearer',
              issued_token_type: 'x',
            },
          }
        : undefined,
    );
    const tokenOf = signIn(NOWHERE, { environment: await federation(`${cloud.endpoint}/token`) });
    expect([await tokenOf(), await tokenOf()]).toEqual(['exchanged', 'exchanged']);
    expect(cloud.asked.map(({ path }) => path)).toEqual(['/token']);
  });

  it('says in one line why there are no credentials', async () => {
    const cloud = await cloudServer(() => failure(400, 'INVALID_ARGUMENT'));
    const refused = signIn(NOWHERE, { environment: await federation(`${cloud.endpoint}/token`) });
    await expect(refused()).rejects.toThrow(CollectError);
    const missing = signIn(NOWHERE, { environment: { GOOGLE_APPLICATION_CREDENTIALS: '/nowhere/at/all' } });
    await expect(missing()).rejects.toThrow(/^no credentials for Google Cloud: [^\n]+$/u);
  });
});
