import { describe, expect, it } from 'vitest';
import { runCli } from '#test/cli/run-cli.ts';
import { CRM, DEPLOY, NUMBER, POOL, PROJECT } from './exported-objects.ts';
import { EXPORTS } from './exports.ts';
import { imported, type RowsOf, writtenExports } from './importing.ts';

const ISSUER = `https://container.googleapis.com/v1/projects/${PROJECT}/locations/europe-west1/clusters/prod`;
const POOL_MEMBER = `principal://iam.googleapis.com/${POOL}/subject/repo:acme/shop:ref:refs/heads/main`;
const GITHUB = 'oidc:token.actions.githubusercontent.com';

/** The exports with a provider of these attributes, and members on the account that deploys. */
function withPool(
  attributeMapping: object,
  members: readonly string[],
  more: object = {},
): Record<string, unknown> {
  const oidc = { issuerUri: 'https://token.actions.githubusercontent.com' };
  return {
    ...EXPORTS,
    'providers.json': [{ name: `${POOL}/providers/actions`, attributeMapping, oidc, ...more }],
    [`${DEPLOY}.iam-policy.json`]: {
      bindings: [{ role: 'roles/iam.workloadIdentityUser', members }],
      etag: 'B',
    },
  };
}

function subjects(rows: RowsOf): unknown[] {
  return rows('trusts')
    .filter(({ mechanism }) => mechanism === 'workload-identity-federation')
    .map(({ trusted, identityUid, certainty }) => [
      trusted,
      identityUid.replace(/^.*github\//u, ''),
      certainty,
    ]);
}

describe('members of workload identity pools', () => {
  it('are the subject of the token where the pool takes it over', async () => {
    const rows = await imported(withPool({ 'google.subject': 'assertion.sub' }, [POOL_MEMBER]));
    expect(subjects(rows)).toEqual([
      [
        `${GITHUB}:repo:acme/shop:ref:refs/heads/main`,
        'subject/repo:acme/shop:ref:refs/heads/main',
        'certain',
      ],
    ]);
  });

  it('are all subjects of a repository where an attribute is made of it, if a condition lets them in', async () => {
    const mapping = { 'google.subject': 'assertion.sub', 'attribute.repository': 'assertion.repository' };
    const attributeCondition = "assertion.repository_owner == 'acme'";
    const rows = await imported(withPool(mapping, [], { attributeCondition }));
    expect(subjects(rows)).toEqual([
      [`${GITHUB}:repo:acme/shop:*`, 'attribute.repository/acme/shop', 'conditional'],
    ]);
  });

  it('are nobody in particular where the mapping makes them of something else', async () => {
    const rows = await imported(withPool({ 'google.subject': "'x-' + assertion.sub" }, [POOL_MEMBER]));
    expect(subjects(rows)).toEqual([]);
  });

  it('are identities where they hold rights of their own, and not where they only become an account', async () => {
    const direct = {
      resource: `${CRM}/projects/${PROJECT}`,
      project: `projects/${NUMBER}`,
      assetType: 'cloudresourcemanager.googleapis.com/Project',
      policy: { bindings: [{ role: 'roles/storage.objectViewer', members: [POOL_MEMBER] }] },
    };
    const rows = await imported({ ...EXPORTS, 'more.json': [direct] });
    const found = rows('identities').filter(({ kind }) => kind === 'federated-principal');
    expect(found.map(({ uid, scopeUid, class: sort }) => [uid, scopeUid, sort])).toEqual([
      [`gcp:${POOL_MEMBER}`, `gcp:projects/${PROJECT}`, 'non-human'],
    ]);
    expect((await imported(EXPORTS))('identities').map(({ kind }) => kind)).not.toContain(
      'federated-principal',
    );
  });
});

describe('a cluster of GKE and the project that it is in', () => {
  it('are joined: its ServiceAccount becomes the service account that lets it in', async () => {
    const metadata = { name: 'api', namespace: 'pay', uid: '1', creationTimestamp: '2026-01-01T00:00:00Z' };
    const folder = await writtenExports({
      ...Object.fromEntries(Object.entries(EXPORTS).map(([name, content]) => [`google/${name}`, content])),
      'prod/accounts.json': {
        apiVersion: 'v1',
        kind: 'List',
        items: [{ apiVersion: 'v1', kind: 'ServiceAccount', metadata }],
      },
      'prod/openid-configuration.json': {
        issuer: ISSUER,
        jwks_uri: `${ISSUER}/jwks`,
        response_types_supported: ['id_token'],
        subject_types_supported: ['public'],
      },
    });
    await runCli(folder, ['scan', '--quiet', '--import', folder]);
    const from = 'k8s:prod:serviceaccount:pay/api';
    const to = `gcp:serviceAccount:${DEPLOY}`;
    const { stdout } = await runCli(folder, ['paths', '--from', from, '--to', to, '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject([
      {
        identity: from,
        certainty: 'certain',
        hops: [{ via: 'service-account-token' }, { via: 'gcp-access-token', to }],
      },
    ]);
  });

  it('join a pipeline of GitHub to the account that it deploys as', async () => {
    const mapping = { 'google.subject': 'assertion.sub' };
    const folder = await writtenExports(withPool(mapping, [POOL_MEMBER]));
    await runCli(folder, ['scan', '--quiet', '--import', folder]);
    const query = `SELECT from_uid FROM edges WHERE to_uid = 'gcp:${POOL_MEMBER}'`;
    const { stdout } = await runCli(folder, ['sql', query, '--format', 'json']);
    expect(JSON.parse(stdout)).toEqual([{ from_uid: `${GITHUB}:repo:acme/shop:ref:refs/heads/main` }]);
  });
});
