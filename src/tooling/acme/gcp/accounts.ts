import { federatedMember, federatedSet } from './federation.ts';
import { accountEmail, ANALYTICS, computeDefault, LAB, type Project, STOREFRONT } from './organization.ts';
import type { RoleName } from './roles.ts';

/** A service account. Days are those before the export. */
export interface AccountSpec {
  readonly project: Project;
  readonly email: string;
  readonly displayName: string;
  readonly seen: number;
  /** On its project. */
  readonly roles?: readonly RoleName[];
  /** On buckets, by their names. */
  readonly buckets?: Readonly<Record<string, RoleName>>;
  /** Who may act as it, and by which role. */
  readonly actors?: readonly (readonly [member: string, role: RoleName])[];
  /** A key in a file, made so many days ago. */
  readonly key?: { readonly made: number; readonly used: number };
  /** Instances of Compute Engine that run as it, and the project that they are in. */
  readonly instances?: readonly (readonly [name: string, at: Project])[];
}

const own = (project: Project, name: string) => ({ project, email: accountEmail(project, name) });
const pipeline = federatedSet(ANALYTICS, 'pipelines', 'attribute.repository/acme-example/data-pipelines');

/** The service accounts of all projects; `../planted-gcp.ts` says what is wrong with some of them. */
export const ACCOUNTS: readonly AccountSpec[] = [
  {
    ...own(ANALYTICS, 'bigquery-loader'),
    displayName: 'Loads what Airflow prepared',
    seen: 3,
    roles: ['projects/acme-analytics-prod/roles/tableLoader', 'roles/bigquery.jobUser'],
    actors: [
      [
        federatedMember(ANALYTICS, 'clusters', 'system:serviceaccount:data:airflow-worker'),
        'roles/iam.workloadIdentityUser',
      ],
    ],
  },
  {
    ...own(ANALYTICS, 'dbt-runner'),
    displayName: 'Models, from the pipeline of acme-example/data-pipelines',
    seen: 4,
    roles: ['roles/bigquery.dataViewer', 'roles/bigquery.jobUser'],
    actors: [[pipeline, 'roles/iam.workloadIdentityUser']],
  },
  {
    ...own(ANALYTICS, 'dashboards'),
    displayName: 'Dashboards for everybody at Acme',
    seen: 3,
    roles: ['roles/bigquery.dataViewer', 'roles/bigquery.jobUser', 'roles/logging.logWriter'],
    instances: [
      ['dashboards-1', ANALYTICS],
      ['dashboards-preview', LAB],
    ],
  },
  {
    ...own(ANALYTICS, 'stock-uploader'),
    displayName: 'Stock levels from the warehouse',
    seen: 3,
    buckets: { 'acme-stock-levels': 'roles/storage.objectCreator' },
    key: { made: 640, used: 3 },
  },
  {
    ...own(ANALYTICS, 'partner-reports'),
    displayName: 'Reports that Brightpath Analytics fetches',
    seen: 6,
    buckets: { 'acme-partner-reports': 'roles/storage.objectViewer' },
    actors: [
      [
        'serviceAccount:reader@brightpath-shared.iam.gserviceaccount.com',
        'roles/iam.serviceAccountTokenCreator',
      ],
    ],
  },
  {
    ...own(STOREFRONT, 'store-finder'),
    displayName: 'Store finder',
    seen: 3,
    roles: ['roles/cloudsql.client', 'roles/logging.logWriter', 'roles/monitoring.metricWriter'],
  },
  {
    ...own(STOREFRONT, 'checkout-events'),
    displayName: 'Publishes what was bought',
    seen: 3,
    roles: ['roles/pubsub.publisher', 'roles/logging.logWriter'],
  },
  {
    ...own(STOREFRONT, 'campaign-import'),
    displayName: 'Campaign import',
    seen: 12,
    roles: ['roles/pubsub.subscriber'],
  },
  {
    project: LAB,
    email: computeDefault(LAB),
    displayName: 'Compute Engine default service account',
    seen: 5,
    roles: ['roles/editor'],
    instances: [['scratch-1', LAB]],
  },
  {
    ...own(LAB, 'lab-setup'),
    displayName: 'Sets up what experiments need, from GitLab',
    seen: 9,
    roles: ['roles/resourcemanager.projectIamAdmin'],
    actors: [
      [
        federatedSet(LAB, 'gitlab', 'attribute.project_path/acme-data/lab-setup'),
        'roles/iam.workloadIdentityUser',
      ],
    ],
  },
  {
    ...own(LAB, 'notebooks'),
    displayName: 'Notebooks',
    seen: 4,
    roles: ['roles/logging.logWriter'],
    buckets: { 'acme-lab-datasets': 'roles/storage.objectViewer' },
    instances: [['notebook-1', LAB]],
  },
];
