import { appId, TENANT } from '../azure/tenant.ts';
import { account, binding, type Manifest, type PolicyRule, role, serviceAccount } from './objects.ts';

/** Something that runs: a workload, the ServiceAccount it runs as and what that may do. */
export interface AppSpec {
  readonly namespace: string;
  readonly name: string;
  /** `Deployment` where nothing is said. */
  readonly kind?: 'Deployment' | 'DaemonSet' | 'StatefulSet' | 'CronJob';
  /** 1 where nothing is said; a DaemonSet has one pod a node. */
  readonly replicas?: number;
  readonly image: string;
  /** The ServiceAccount, where it is not called like the app; one that another app makes has `sharedAccount`. */
  readonly account?: string;
  readonly sharedAccount?: true;
  /** The ARN of the IAM role that the ServiceAccount's annotation names. */
  readonly awsRole?: string;
  /** The managed identity of Azure that the ServiceAccount's annotation names. */
  readonly azureIdentity?: string;
  /** Secrets that are mounted as files, by name. */
  readonly secrets?: readonly string[];
  /** Rules in the app's own namespace, and in the whole cluster. */
  readonly local?: readonly PolicyRule[];
  readonly cluster?: readonly PolicyRule[];
  /** Existing roles to bind in the whole cluster (`ClusterRole/name`). */
  readonly bind?: readonly string[];
  /** The app does not talk to the API server: no token is mounted. */
  readonly noToken?: true;
  readonly schedule?: string;
  readonly suspended?: true;
}

/** The ServiceAccount that an app runs as. */
export function accountOf(app: AppSpec): string {
  return app.account ?? app.name;
}

/** The ServiceAccount, the roles and the bindings of an app; `team` becomes their owner label. */
export function accessObjects(app: AppSpec, team?: string): readonly Manifest[] {
  const { namespace, local, cluster, bind = [] } = app;
  const name = accountOf(app);
  const labels = {
    'app.kubernetes.io/name': app.name,
    ...(team === undefined ? {} : { 'acme.example/team': team }),
  };
  const subjects = [account(namespace, name)];
  const claims = claimsOf(app);
  const annotations = Object.keys(claims).length === 0 ? {} : { annotations: claims };
  return [
    ...(app.sharedAccount || name === 'default'
      ? []
      : [
          serviceAccount(
            { name, namespace, labels, ...annotations },
            app.noToken ? { automountServiceAccountToken: false } : {},
          ),
        ]),
    ...(local === undefined
      ? []
      : [
          role({ name, namespace, labels }, local),
          binding({ name, namespace, labels }, `Role/${name}`, subjects),
        ]),
    ...(cluster === undefined
      ? []
      : [
          role({ name: app.name, labels }, cluster),
          binding({ name: app.name, labels }, `ClusterRole/${app.name}`, subjects),
        ]),
    ...bind.map((roleRef) =>
      binding(
        { name: `${app.name}-${roleRef.split('/').at(-1)?.replaceAll(':', '-')}`, labels },
        roleRef,
        subjects,
      ),
    ),
  ];
}

/** The annotations by which a ServiceAccount asks for identities of clouds. */
function claimsOf({ awsRole, azureIdentity }: AppSpec): Readonly<Record<string, string>> {
  return {
    ...(awsRole === undefined ? {} : { 'eks.amazonaws.com/role-arn': awsRole }),
    ...(azureIdentity === undefined
      ? {}
      : {
          'azure.workload.identity/client-id': appId(azureIdentity),
          'azure.workload.identity/tenant-id': TENANT,
        }),
  };
}

/** The Deployment, DaemonSet, StatefulSet or CronJob of an app. */
export function workload(app: AppSpec): Manifest {
  const { kind = 'Deployment', namespace, name, replicas = 1 } = app;
  const labels = { 'app.kubernetes.io/name': name };
  const template = { metadata: { labels }, spec: podSpec(app) };
  const selector = { matchLabels: labels };
  const metadata = { name, namespace, labels };
  if (kind === 'CronJob') {
    const { schedule = '15 2 * * *', suspended = false } = app;
    const spec = { schedule, suspend: suspended, jobTemplate: { spec: { template } } };
    return { apiVersion: 'batch/v1', kind, metadata, spec };
  }
  const service = kind === 'StatefulSet' ? { serviceName: name } : {};
  const scale = kind === 'DaemonSet' ? {} : { replicas };
  return { apiVersion: 'apps/v1', kind, metadata, spec: { ...service, ...scale, selector, template } };
}

function podSpec(app: AppSpec): object {
  const name = accountOf(app);
  return {
    ...(app.noToken ? { automountServiceAccountToken: false } : {}),
    containers: [
      { name: app.name, image: app.image, resources: { limits: { memory: '512Mi' } }, ...mounts(app) },
    ],
    ...(app.kind === 'CronJob' ? { restartPolicy: 'OnFailure' } : {}),
    ...(name === 'default' ? {} : { serviceAccountName: name }),
    ...(app.secrets === undefined
      ? {}
      : { volumes: app.secrets.map((secret) => ({ name: secret, secret: { secretName: secret } })) }),
  };
}

function mounts({ secrets }: AppSpec): object {
  if (secrets === undefined) return {};
  return {
    volumeMounts: secrets.map((name) => ({ name, mountPath: `/var/run/secrets/${name}`, readOnly: true })),
  };
}
