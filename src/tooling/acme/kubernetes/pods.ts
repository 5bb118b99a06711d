import { pick, podSuffix, uuid } from '../seed.ts';
import { accountOf, type AppSpec } from './app.ts';
import type { Manifest } from './objects.ts';
import { served } from './served.ts';

/** The worker nodes of the cluster on EKS. */
export const NODES = ['ip-10-20-3-17', 'ip-10-20-3-201', 'ip-10-20-4-58', 'ip-10-20-5-9'].map(
  (host) => `${host}.eu-west-1.compute.internal`,
);

/** A node as kubectl shows it. */
export function node(name: string, place: number): Manifest {
  const zone = `eu-west-1${'abc'[place % 3]}`;
  const labels = {
    'kubernetes.io/hostname': name,
    'topology.kubernetes.io/zone': zone,
    'karpenter.sh/nodepool': 'general',
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels },
    spec: { providerID: `aws:///${zone}/i-0${uuid(name).replaceAll('-', '').slice(0, 16)}` },
    status: {
      nodeInfo: { kubeletVersion: 'v1.34.1-eks-113cf36', osImage: 'Bottlerocket OS 1.48.0 (aws-k8s-1.34)' },
    },
  };
}

/** The running pods of an app; a CronJob's pods have gone by the time of the export. */
export function podsOf(app: AppSpec): readonly Manifest[] {
  if (app.kind === 'CronJob') return [];
  const { replicas = 1, namespace, name } = app;
  const count = app.kind === 'DaemonSet' ? NODES.length : replicas;
  return Array.from({ length: count }, (_, place) => {
    const key = `${namespace}/${name}/${place}`;
    const onNode = app.kind === 'DaemonSet' ? place : pick(key, NODES.length);
    return runningPod(app, podName(app, place, key), NODES[onNode]);
  });
}

function podName({ kind, namespace, name }: AppSpec, place: number, key: string): string {
  if (kind === 'StatefulSet') return `${name}-${place}`;
  const set = kind === 'DaemonSet' ? '' : `${podSuffix(`set ${namespace}/${name}`, 9)}-`;
  return `${name}-${set}${podSuffix(key, 5)}`;
}

function runningPod(app: AppSpec, name: string, nodeName: string | undefined): Manifest {
  const { namespace, noToken = false, awsRole } = app;
  const volumes = [
    ...(awsRole === undefined ? [] : [tokenVolume('aws-iam-token', 86_400, 'sts.amazonaws.com')]),
    ...(noToken ? [] : [tokenVolume(`kube-api-access-${podSuffix(name, 5)}`, 3607)]),
  ];
  const age = pick(`start ${namespace}/${name}`, 20);
  const manifest: Manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { 'app.kubernetes.io/name': app.name }, ...owner(app) },
    spec: {
      ...(noToken ? { automountServiceAccountToken: false } : {}),
      containers: [
        {
          name: app.name,
          image: app.image,
          ...(awsRole === undefined ? {} : { env: awsEnvironment(awsRole) }),
          volumeMounts: volumes.map((volume) => ({
            name: volume.name,
            mountPath: mountPath(volume.name),
            readOnly: true,
          })),
        },
      ],
      nodeName,
      serviceAccount: accountOf(app),
      serviceAccountName: accountOf(app),
      volumes,
    },
  };
  const pod = served(manifest, age);
  return { ...pod, status: { phase: 'Running', startTime: pod.metadata['creationTimestamp'] } };
}

function owner(app: AppSpec): object {
  const { kind = 'Deployment', namespace, name } = app;
  const isDeployment = kind === 'Deployment';
  const ownerName = isDeployment ? `${name}-${podSuffix(`set ${namespace}/${name}`, 9)}` : name;
  const ownerKind = isDeployment ? 'ReplicaSet' : kind;
  const uid = uuid(`${ownerKind} ${namespace}/${ownerName}`);
  return {
    ownerReferences: [{ apiVersion: 'apps/v1', controller: true, kind: ownerKind, name: ownerName, uid }],
  };
}

function tokenVolume(name: string, expirationSeconds: number, audience?: string) {
  const token = { ...(audience === undefined ? {} : { audience }), expirationSeconds, path: 'token' };
  return { name, projected: { sources: [{ serviceAccountToken: token }] } };
}

function mountPath(volume: string): string {
  return volume === 'aws-iam-token'
    ? '/var/run/secrets/eks.amazonaws.com/serviceaccount'
    : '/var/run/secrets/kubernetes.io/serviceaccount';
}

function awsEnvironment(roleArn: string): readonly object[] {
  return [
    { name: 'AWS_ROLE_ARN', value: roleArn },
    { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: '/var/run/secrets/eks.amazonaws.com/serviceaccount/token' },
  ];
}
