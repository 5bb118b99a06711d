interface Described {
  readonly title: string;
  readonly permissions: string;
}

/** What Acme's bindings name: https://cloud.google.com/iam/docs/roles-permissions. */
const ROLES = {
  'roles/bigquery.dataViewer': {
    title: 'BigQuery Data Viewer',
    permissions: `bigquery.datasets.get bigquery.datasets.getIamPolicy bigquery.models.export bigquery.models.getData
      bigquery.models.getMetadata bigquery.models.list bigquery.propertyGraphs.get bigquery.propertyGraphs.list
      bigquery.routines.get bigquery.routines.list bigquery.tables.createSnapshot bigquery.tables.export
      bigquery.tables.get bigquery.tables.getData bigquery.tables.getIamPolicy bigquery.tables.list
      bigquery.tables.replicateData dataplex.datascans.get dataplex.datascans.getData
      dataplex.datascans.getIamPolicy dataplex.datascans.list resourcemanager.projects.get
      resourcemanager.projects.list`,
  },
  'roles/bigquery.jobUser': {
    title: 'BigQuery Job User',
    permissions: `bigquery.config.get bigquery.jobs.create dataform.folders.create dataform.locations.get
      dataform.locations.list dataform.repositories.create dataform.repositories.list
      resourcemanager.projects.get resourcemanager.projects.list`,
  },
  'roles/browser': {
    title: 'Browser',
    permissions: `resourcemanager.folders.get resourcemanager.folders.list resourcemanager.organizations.get
      resourcemanager.projects.get resourcemanager.projects.getIamPolicy resourcemanager.projects.list`,
  },
  'roles/cloudsql.client': {
    title: 'Cloud SQL Client',
    permissions: 'cloudsql.instances.connect cloudsql.instances.get',
  },
  'roles/iam.serviceAccountTokenCreator': {
    title: 'Service Account Token Creator',
    permissions: `iam.serviceAccounts.get iam.serviceAccounts.getAccessToken iam.serviceAccounts.getOpenIdToken
      iam.serviceAccounts.implicitDelegation iam.serviceAccounts.list iam.serviceAccounts.signBlob
      iam.serviceAccounts.signJwt resourcemanager.projects.get resourcemanager.projects.list`,
  },
  'roles/iam.workloadIdentityUser': {
    title: 'Workload Identity User',
    permissions: `iam.serviceAccounts.get iam.serviceAccounts.getAccessToken iam.serviceAccounts.getOpenIdToken
      iam.serviceAccounts.list`,
  },
  'roles/logging.logWriter': {
    title: 'Logs Writer',
    permissions: 'logging.logEntries.create logging.logEntries.route',
  },
  'roles/monitoring.metricWriter': {
    title: 'Monitoring Metric Writer',
    permissions: `monitoring.metricDescriptors.create monitoring.metricDescriptors.get
      monitoring.metricDescriptors.list monitoring.monitoredResourceDescriptors.get
      monitoring.monitoredResourceDescriptors.list monitoring.timeSeries.create`,
  },
  'roles/pubsub.publisher': { title: 'Pub/Sub Publisher', permissions: 'pubsub.topics.publish' },
  'roles/pubsub.subscriber': {
    title: 'Pub/Sub Subscriber',
    permissions: 'pubsub.snapshots.seek pubsub.subscriptions.consume pubsub.topics.attachSubscription',
  },
  'roles/resourcemanager.projectIamAdmin': {
    title: 'Project IAM Admin',
    permissions: `iam.policybindings.get iam.policybindings.list resourcemanager.projects.createPolicyBinding
      resourcemanager.projects.deletePolicyBinding resourcemanager.projects.get
      resourcemanager.projects.getIamPolicy resourcemanager.projects.searchPolicyBindings
      resourcemanager.projects.setIamPolicy resourcemanager.projects.updatePolicyBinding`,
  },
  'roles/storage.objectCreator': {
    title: 'Storage Object Creator',
    permissions: `orgpolicy.policy.get resourcemanager.projects.get resourcemanager.projects.list
      storage.folders.create storage.managedFolders.create storage.multipartUploads.abort
      storage.multipartUploads.create storage.multipartUploads.listParts storage.objects.create
      storage.objects.createContext`,
  },
  'roles/storage.objectViewer': {
    title: 'Storage Object Viewer',
    permissions: `resourcemanager.projects.get resourcemanager.projects.list storage.folders.get
      storage.folders.list storage.managedFolders.get storage.managedFolders.list storage.objects.get
      storage.objects.list`,
  },
  'projects/acme-analytics-prod/roles/tableLoader': {
    title: 'Loads tables',
    permissions: `bigquery.datasets.get bigquery.tables.create bigquery.tables.get bigquery.tables.list
      bigquery.tables.updateData`,
  },
} as const satisfies Readonly<Record<string, Described>>;

/** `roles/editor` has some twelve thousand permissions, and was not exported. */
export type RoleName = keyof typeof ROLES | 'roles/editor';

/** `gcloud iam roles describe` of what is in use: Google's own in one list, as the API answers, and Acme's. */
export function roles(): { readonly predefined: object; readonly custom: readonly object[] } {
  const all: readonly (readonly [string, Described])[] = Object.entries(ROLES);
  const described = all.map(([name, { title, permissions }]) => ({
    etag: name.startsWith('roles/') ? 'AA==' : 'BwYh3xDcVjI=',
    includedPermissions: permissions.split(/\s+/u),
    name,
    stage: 'GA',
    title,
  }));
  return {
    predefined: { roles: described.filter(({ name }) => name.startsWith('roles/')) },
    custom: described.filter(({ name }) => !name.startsWith('roles/')),
  };
}
