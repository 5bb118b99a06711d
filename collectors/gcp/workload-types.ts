import { type Fields, listOf, memberOf, objectOf, textOf } from './fields.ts';

/** How one type of asset says which service accounts it runs as. */
interface WorkloadType {
  readonly kind: string;
  readonly accounts: (fields: Fields) => readonly (string | null)[];
}

const at =
  (...path: readonly string[]) =>
  (fields: Fields): readonly (string | null)[] => {
    const last = path.at(-1) ?? '';
    const holder = path.slice(0, -1).reduce<Fields | null>((inner, name) => memberOf(inner, name), fields);
    return [textOf(holder, last)];
  };

const attached = (fields: Fields | null): readonly (string | null)[] =>
  listOf(fields, 'serviceAccounts').map((each) => textOf(objectOf(each), 'email'));

/**
 * The assets that run as service accounts, by their type in Cloud Asset Inventory
 * (https://cloud.google.com/asset-inventory/docs/asset-types), with the member of each API that names the account.
 */
export const WORKLOAD_TYPES: Readonly<Record<string, WorkloadType>> = {
  'compute.googleapis.com/Instance': { kind: 'compute-instance', accounts: attached },
  'compute.googleapis.com/InstanceTemplate': {
    kind: 'compute-instance-template',
    accounts: (fields) => attached(memberOf(fields, 'properties')),
  },
  // https://cloud.google.com/run/docs/reference/rest/v1/RevisionSpec
  'run.googleapis.com/Service': {
    kind: 'cloud-run-service',
    accounts: at('spec', 'template', 'spec', 'serviceAccountName'),
  },
  'run.googleapis.com/Job': {
    kind: 'cloud-run-job',
    accounts: at('spec', 'template', 'spec', 'template', 'spec', 'serviceAccountName'),
  },
  'cloudfunctions.googleapis.com/CloudFunction': {
    kind: 'cloud-function',
    accounts: at('serviceAccountEmail'),
  },
  'cloudfunctions.googleapis.com/Function': {
    kind: 'cloud-function',
    accounts: at('serviceConfig', 'serviceAccountEmail'),
  },
  'container.googleapis.com/NodePool': { kind: 'gke-node-pool', accounts: at('config', 'serviceAccount') },
  'appengine.googleapis.com/Version': { kind: 'app-engine-version', accounts: at('serviceAccount') },
  'workflows.googleapis.com/Workflow': { kind: 'workflow', accounts: at('serviceAccount') },
  'composer.googleapis.com/Environment': {
    kind: 'composer-environment',
    accounts: at('config', 'nodeConfig', 'serviceAccount'),
  },
  'dataproc.googleapis.com/Cluster': {
    kind: 'dataproc-cluster',
    accounts: at('config', 'gceClusterConfig', 'serviceAccount'),
  },
  'dataflow.googleapis.com/Job': {
    kind: 'dataflow-job',
    accounts: at('environment', 'serviceAccountEmail'),
  },
};

/** What coverage says of workloads: other services can run as accounts too. */
export const ONLY_THESE = `only these kinds are known: ${[...new Set(Object.values(WORKLOAD_TYPES).map(({ kind }) => kind))].join(', ')}`;
