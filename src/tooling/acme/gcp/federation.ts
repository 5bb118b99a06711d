import { PROD } from '../aws/account.ts';
import { GITHUB } from '../aws/trust.ts';
import { ANALYTICS, LAB, type Project } from './organization.ts';

/** One member of a pool, as policies name it. */
export function federatedMember(project: Project, pool: string, subject: string): string {
  return `principal://iam.googleapis.com/${poolName(project, pool)}/subject/${subject}`;
}

/** Everybody in a pool with an attribute (`attribute.repository/acme/shop`), as policies name them. */
export function federatedSet(project: Project, pool: string, attribute: string): string {
  return `principalSet://iam.googleapis.com/${poolName(project, pool)}/${attribute}`;
}

function poolName({ number }: Project, pool: string): string {
  return `projects/${number}/locations/global/workloadIdentityPools/${pool}`;
}

interface ProviderSpec {
  readonly project: Project;
  readonly pool: string;
  readonly about: string;
  readonly provider: string;
  readonly issuer: string;
  readonly mapping: Readonly<Record<string, string>>;
  readonly condition?: string;
}

const PROVIDERS: readonly ProviderSpec[] = [
  {
    project: ANALYTICS,
    pool: 'clusters',
    about: 'ServiceAccounts of clusters',
    provider: 'prod-eks',
    issuer: `https://${PROD.clusterIssuer}`,
    mapping: { 'google.subject': 'assertion.sub' },
  },
  {
    project: ANALYTICS,
    pool: 'pipelines',
    about: 'GitHub Actions',
    provider: 'github',
    issuer: `https://${GITHUB}`,
    mapping: { 'google.subject': 'assertion.sub', 'attribute.repository': 'assertion.repository' },
    condition: "assertion.repository_owner == 'acme-example'",
  },
  {
    project: LAB,
    pool: 'gitlab',
    about: 'GitLab pipelines of the lab',
    provider: 'gitlab-com',
    issuer: 'https://gitlab.com',
    mapping: { 'google.subject': 'assertion.sub', 'attribute.project_path': 'assertion.project_path' },
  },
];

/** The name of the provider that has no condition. */
export const OPEN_PROVIDER = `${poolName(LAB, 'gitlab')}/providers/gitlab-com`;

/** `gcloud iam workload-identity-pools list --location=global` of one project. */
export function pools(project: Project): readonly object[] {
  return PROVIDERS.filter((each) => each.project === project).map(({ pool, about }) => ({
    displayName: about,
    name: poolName(project, pool),
    state: 'ACTIVE',
  }));
}

/** `gcloud iam workload-identity-pools providers list --location=global` of the pools of one project. */
export function providers(project: Project): readonly object[] {
  return PROVIDERS.filter((each) => each.project === project).map(
    ({ pool, provider, issuer, mapping, condition }) => ({
      ...(condition === undefined ? {} : { attributeCondition: condition }),
      attributeMapping: mapping,
      name: `${poolName(project, pool)}/providers/${provider}`,
      oidc: { issuerUri: issuer },
      state: 'ACTIVE',
    }),
  );
}
