/** One way of becoming a service account, or the administrator of a scope, and the permissions that it takes. */
export interface BecomeWay {
  readonly via: string;
  readonly permissions: readonly string[];
}

/** Held on a service account (or above it), each of these is enough to act as it (https://cloud.google.com/iam/docs/service-account-impersonation). */
export const IMPERSONATION: readonly BecomeWay[] = [
  { via: 'gcp-access-token', permissions: ['iam.serviceAccounts.getAccessToken'] },
  { via: 'gcp-sign-jwt', permissions: ['iam.serviceAccounts.signJwt'] },
  { via: 'gcp-sign-blob', permissions: ['iam.serviceAccounts.signBlob'] },
  { via: 'gcp-create-key', permissions: ['iam.serviceAccountKeys.create'] },
  { via: 'gcp-set-service-account-policy', permissions: ['iam.serviceAccounts.setIamPolicy'] },
];

/** Held on a service account, these lead on to whom that account may impersonate: a step of a chain. */
export const DELEGATION = 'iam.serviceAccounts.implicitDelegation';

/** `actAs` attaches a service account to what one runs (https://cloud.google.com/iam/docs/attach-service-accounts). */
export const ACT_AS = 'iam.serviceAccounts.actAs';

/** With `actAs` on a service account, each of these runs code as it. */
export const RUNNERS: readonly BecomeWay[] = [
  { via: 'gcp-act-as-compute', permissions: ['compute.instances.create'] },
  { via: 'gcp-act-as-compute-metadata', permissions: ['compute.instances.setMetadata'] },
  { via: 'gcp-act-as-function', permissions: ['cloudfunctions.functions.create'] },
  { via: 'gcp-act-as-function-update', permissions: ['cloudfunctions.functions.update'] },
  { via: 'gcp-act-as-run', permissions: ['run.services.create'] },
  { via: 'gcp-act-as-run-update', permissions: ['run.services.update'] },
  { via: 'gcp-act-as-run-job', permissions: ['run.jobs.create', 'run.jobs.run'] },
  { via: 'gcp-act-as-scheduler', permissions: ['cloudscheduler.jobs.create'] },
  { via: 'gcp-act-as-build', permissions: ['cloudbuild.builds.create'] },
  { via: 'gcp-act-as-dataflow', permissions: ['dataflow.jobs.create'] },
  { via: 'gcp-act-as-dataproc', permissions: ['dataproc.clusters.create'] },
  { via: 'gcp-act-as-composer', permissions: ['composer.environments.create'] },
  { via: 'gcp-act-as-notebook', permissions: ['notebooks.instances.create'] },
  { via: 'gcp-act-as-custom-job', permissions: ['aiplatform.customJobs.create'] },
  { via: 'gcp-act-as-workflow', permissions: ['workflows.workflows.create'] },
  { via: 'gcp-act-as-batch', permissions: ['batch.jobs.create'] },
  { via: 'gcp-act-as-app-engine', permissions: ['appengine.versions.create'] },
  { via: 'gcp-act-as-data-fusion', permissions: ['datafusion.instances.create'] },
  { via: 'gcp-act-as-deploy', permissions: ['clouddeploy.releases.create'] },
  { via: 'gcp-act-as-infrastructure-manager', permissions: ['config.deployments.create'] },
];

/** Held on a scope, each of these makes its holder whatever it wants to be there. */
export const TAKEOVER: readonly (BecomeWay & { readonly on: string })[] = [
  { via: 'gcp-set-project-policy', permissions: ['resourcemanager.projects.setIamPolicy'], on: 'project' },
  { via: 'gcp-set-folder-policy', permissions: ['resourcemanager.folders.setIamPolicy'], on: 'folder' },
  {
    via: 'gcp-set-organization-policy',
    permissions: ['resourcemanager.organizations.setIamPolicy'],
    on: 'organization',
  },
];

/** Widens a custom role that its holder has (https://cloud.google.com/iam/docs/creating-custom-roles). */
export const ROLE_UPDATE: BecomeWay = { via: 'gcp-update-own-role', permissions: ['iam.roles.update'] };

/** Runs code as a default account without `actAs` on it, where the project has such an account. */
export const DEFAULT_RUNNERS: readonly (BecomeWay & { readonly account: RegExp })[] = [
  {
    via: 'gcp-build-default-account',
    permissions: ['cloudbuild.builds.create'],
    account:
      /^gcp:serviceAccount:\d+(?:@cloudbuild\.gserviceaccount\.com|-compute@developer\.gserviceaccount\.com)$/u,
  },
  {
    via: 'gcp-deployment-manager',
    permissions: ['deploymentmanager.deployments.create'],
    account: /^gcp:serviceAccount:\d+@cloudservices\.gserviceaccount\.com$/u,
  },
];
