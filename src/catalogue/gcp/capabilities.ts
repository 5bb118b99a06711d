import type { Capability } from '#model/entitlement.ts';

/** Permissions (`*` stands for any text) that give a capability, and why. */
interface Row {
  readonly capability: Capability;
  readonly permissions: readonly string[];
  readonly why: string;
}

// Names are those of https://cloud.google.com/iam/docs/permissions-reference.
const ROWS: readonly Row[] = [
  row(
    'identity-admin',
    'gives anybody any role there',
    `resourcemanager.projects.setIamPolicy resourcemanager.folders.setIamPolicy resourcemanager.organizations.setIamPolicy`,
  ),
  row(
    'identity-admin',
    'changes what custom roles hold',
    `iam.roles.create iam.roles.update iam.roles.delete
    iam.roles.undelete`,
  ),
  row('identity-admin', 'says who may act as a service account', `iam.serviceAccounts.setIamPolicy`),
  row(
    'identity-admin',
    'makes or revives identities',
    `iam.serviceAccounts.create iam.serviceAccounts.enable iam.serviceAccounts.undelete`,
  ),
  row(
    'identity-admin',
    'lets identities of another issuer in',
    `iam.googleapis.com/workloadIdentityPool*.create iam.googleapis.com/workloadIdentityPool*.update`,
  ),
  row(
    'impersonate',
    'gets tokens of a service account',
    `iam.serviceAccounts.getAccessToken iam.serviceAccounts.signJwt iam.serviceAccounts.signBlob
    iam.serviceAccounts.implicitDelegation iam.serviceAccounts.getOpenIdToken`,
  ),
  row('impersonate', 'attaches a service account to what it runs', `iam.serviceAccounts.actAs`),
  row(
    'credential-create',
    'makes or revives a key of a service account',
    `iam.serviceAccountKeys.create iam.serviceAccountKeys.enable iam.googleapis.com/oauthClientCredentials.create`,
  ),
  row(
    'credential-create',
    'makes or reads API keys',
    `apikeys.keys.create apikeys.keys.getKeyString apikeys.keys.undelete
    iam.serviceAccountApiKeyBindings.create`,
  ),
  row(
    'credential-create',
    'makes an S3-style key of a service account',
    `storage.hmacKeys.create storage.hmacKeys.update`,
  ),
  row('secret-read', 'reads secret values', `secretmanager.versions.access`),
  row('secret-read', 'reads Kubernetes Secrets', `container.secrets.get container.secrets.list`),
  row(
    'secret-read',
    'opens what is encrypted or rendered with secrets',
    `cloudkms.cryptoKeyVersions.useToDecrypt parametermanager.parameterVersions.render`,
  ),
  row(
    'data-read',
    'reads what customers stored',
    `storage.objects.get bigquery.tables.getData spanner.databases.select
    spanner.databases.read datastore.entities.get bigtable.tables.readRows
    pubsub.subscriptions.consume cloudsql.instances.connect firebasedatabase.instances.get
    artifactregistry.repositories.downloadArtifacts logging.privateLogEntries.list`,
  ),
  row(
    'data-write',
    'changes what customers stored',
    `storage.objects.create storage.objects.update bigquery.tables.updateData
    spanner.databases.write datastore.entities.update datastore.entities.create
    bigtable.tables.mutateRows pubsub.topics.publish artifactregistry.repositories.uploadArtifacts`,
  ),
  row(
    'data-delete',
    'destroys data, or the keys that open it',
    `storage.objects.delete storage.buckets.delete bigquery.tables.delete
    bigquery.datasets.delete spanner.databases.drop spanner.instances.delete
    datastore.entities.delete bigtable.tables.delete cloudsql.instances.delete
    cloudkms.cryptoKeyVersions.destroy secretmanager.secrets.delete resourcemanager.projects.delete`,
  ),
  row(
    'compute-run',
    'runs code of its own choosing',
    `compute.instances.create compute.instances.setMetadata compute.projects.setCommonInstanceMetadata
    compute.instances.osAdminLogin compute.instances.osLogin cloudfunctions.functions.create
    cloudfunctions.functions.update run.services.create run.services.update
    run.jobs.run run.jobs.create cloudbuild.builds.create
    dataflow.jobs.create dataproc.clusters.create dataproc.jobs.create
    composer.environments.create notebooks.instances.create aiplatform.customJobs.create
    workflows.workflows.create batch.jobs.create appengine.versions.create
    container.pods.create container.pods.exec container.deployments.create
    deploymentmanager.deployments.create config.deployments.create`,
  ),
  row(
    'network-change',
    'opens or bends network paths',
    `compute.firewalls.create compute.firewalls.update compute.firewalls.delete
    compute.firewallPolicies.update compute.networks.addPeering compute.networks.updatePolicy
    compute.routes.create dns.changes.create`,
  ),
  row(
    'logging-tamper',
    'loses or diverts what was logged',
    `logging.logs.delete logging.sinks.delete logging.sinks.update
    logging.buckets.delete logging.buckets.update logging.exclusions.create
    logging.exclusions.update`,
  ),
  row(
    'logging-tamper',
    'audit logging is set in the same policy as access',
    `resourcemanager.*.setIamPolicy`,
  ),
  row(
    'policy-guardrail-remove',
    'lifts a limit that others rely on',
    `iam.denypolicies.update iam.denypolicies.delete iam.principalaccessboundarypolicies.update
    iam.principalaccessboundarypolicies.delete iam.principalaccessboundarypolicies.unbind resourcemanager.*.deletePolicyBinding
    resourcemanager.*.updatePolicyBinding orgpolicy.policy.set orgpolicy.policies.update
    orgpolicy.policies.delete accesscontextmanager.policies.update accesscontextmanager.servicePerimeters.update
    accesscontextmanager.servicePerimeters.delete`,
  ),
  row(
    'metadata-read',
    'sees what there is and who may do what',
    `resourcemanager.projects.get iam.serviceAccounts.list iam.roles.list
    *.getIamPolicy cloudasset.assets.search* compute.instances.list
    storage.buckets.list`,
  ),
];

const exact = new Map<string, Capability[]>();
const patterns: { readonly pattern: RegExp; readonly capability: Capability }[] = [];
for (const { capability, permissions } of ROWS) {
  for (const permission of permissions) {
    const lower = permission.toLowerCase();
    if (lower.includes('*')) {
      const source = lower
        .split('*')
        .map((part) => part.replaceAll('.', '\\.'))
        .join('.*');
      patterns.push({ pattern: new RegExp(`^${source}$`, 'u'), capability });
    } else exact.set(lower, [...(exact.get(lower) ?? []), capability]);
  }
}
const known = new Map<string, readonly Capability[]>();

/** The capabilities that a permission of Google Cloud gives; case does not matter. */
export function gcpCapabilities(permission: string): readonly Capability[] {
  const lower = permission.toLowerCase();
  const before = known.get(lower);
  if (before !== undefined) return before;
  const byPattern = patterns.filter(({ pattern }) => pattern.test(lower)).map(({ capability }) => capability);
  const capabilities = [...new Set([...(exact.get(lower) ?? []), ...byPattern])];
  known.set(lower, capabilities);
  return capabilities;
}

/** Whoever holds all of these holds, for every purpose that matters, everything: what `roles/owner` is known by. */
export const ADMIN_MARKERS: readonly string[] = [
  'resourcemanager.projects.setIamPolicy',
  'iam.serviceAccounts.setIamPolicy',
  'iam.serviceAccountKeys.create',
  'iam.roles.update',
  'compute.instances.create',
  'storage.buckets.delete',
  'secretmanager.secrets.setIamPolicy',
  'logging.sinks.delete',
].map((permission) => permission.toLowerCase());

/** Every row, for documentation and tests. */
export const GCP_CAPABILITY_ROWS = ROWS;

/** `permissions` are names with spaces between them. */
function row(capability: Capability, why: string, permissions: string): Row {
  return { capability, why, permissions: permissions.split(/\s+/u) };
}
