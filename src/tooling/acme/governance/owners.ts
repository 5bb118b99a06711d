import { gcpMemberUid } from '#model/uid.ts';
import { PROD, roleArn } from '../aws/account.ts';
import { ACCOUNTS } from '../gcp/accounts.ts';
import { MAPS_KEY } from '../gcp/listed.ts';
import { accountEmail, STOREFRONT } from '../gcp/organization.ts';
import { ONPREM_NAMESPACES } from '../kubernetes/onprem.ts';
import { address, everybody } from '../people.ts';
import { yamlDocuments } from '../print.ts';

/** Made past the process that enters an account in the register. */
const UNREGISTERED = accountEmail(STOREFRONT, 'campaign-import');

/** The register of what has no labels of its own: service accounts and API keys of Google Cloud. */
export function registry(): string {
  const accounts = ACCOUNTS.filter(({ email }) => email !== UNREGISTERED).map(
    ({ email, project, displayName }) => ({
      identity: gcpMemberUid(`serviceAccount:${email}`),
      owner: `group:default/${project.team}`,
      purpose: displayName,
      review_by: '2027-06-30',
    }),
  );
  const key = {
    identity: `gcp:apiKey:${MAPS_KEY}`,
    owner: 'group:default/web-shop',
    purpose: 'Store finder on the web',
    review_by: '2027-06-30',
  };
  return yamlDocuments('Who answers for what Google Cloud has no labels for.', [
    { identities: [...accounts, key] },
  ]).replace('---\n', '');
}

/** Acme's catalogue of software, as far as it names identities; about one role it disagrees with the role's tag. */
export function catalogue(): string {
  return yamlDocuments('Components that name the role they run as.', [
    component('ledger', 'payments', roleArn(PROD, 'payments-ledger')),
    component('product-search', 'data', roleArn(PROD, 'shop-search-indexer')),
  ]);
}

function component(name: string, team: string, role: string): object {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, annotations: { 'iam.amazonaws.com/role': role } },
    spec: { type: 'service', lifecycle: 'production', owner: `group:default/${team}` },
  };
}

/** Who reviews the manifests of the warehouse's cluster, as GitHub reads it; nobody took over what is from before. */
export function codeOwners(): string {
  const rules = ONPREM_NAMESPACES.flatMap(([name, team]) =>
    team === undefined ? [] : [`/clusters/onprem/${name}.yaml @acme-example/${team}`],
  );
  return `# The repository acme-example/clusters.\n${rules.join('\n')}\n`;
}

/** The register of people as Acme's personnel system exports it. */
export function peopleCsv(): string {
  const rows = everybody().map(({ id, name, team, hasLeft }) =>
    [id, address(id), name, hasLeft === undefined, team].join(','),
  );
  return `id,email,name,active,teams\n${rows.join('\n')}\n`;
}
