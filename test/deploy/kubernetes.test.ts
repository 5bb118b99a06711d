import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Cron } from 'croner';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { loadConfig } from '#config/load-config.ts';
import { runCli } from '../cli/run-cli.ts';
import { tempDir } from '../temp-dir.ts';
import { namesIn, PACKAGE, parseWords, ROOT, yamlOf, type Plain } from './files.ts';
import { notRestricted } from './pod-security.ts';

const BASE = 'deploy/kubernetes/base';
const OVERLAY = 'deploy/kubernetes/overlays/cronjob';
const HAS_KUBECTL = spawnSync('kubectl', ['version', '--client']).status === 0;

const deployment = yamlOf(`${BASE}/deployment.yaml`);
const cronJob = yamlOf(`${OVERLAY}/cron-job.yaml`);
const PODS = [
  ['the agent', deployment['spec']?.['template']],
  ['the CronJob', cronJob['spec']?.['jobTemplate']?.['spec']?.['template']],
] as const;

const objects = () =>
  list(yamlOf(`${BASE}/kustomization.yaml`)['resources']).map((file) => yamlOf(`${BASE}/${file}`));

describe('the base for Kubernetes', () => {
  it('lists exactly the files that are there', () => {
    for (const folder of [BASE, OVERLAY]) {
      const { resources, configMapGenerator } = yamlOf(`${folder}/kustomization.yaml`);
      const listed = [
        ...list(resources).filter((name) => !name.startsWith('../')),
        ...list(configMapGenerator).flatMap(({ files }) => list(files)),
      ];
      expect(['kustomization.yaml', ...listed].toSorted()).toEqual(namesIn(folder));
    }
    expect(list(yamlOf(`${OVERLAY}/kustomization.yaml`)['resources'])).toContain('../../base');
    expect(join(OVERLAY, '../../base')).toBe(BASE);
  });

  it('gives exactly the rights that nhi permissions kubernetes prints', async () => {
    const folder = await tempDir();
    const ran = await runCli(folder, ['permissions', 'kubernetes', '--quiet']);
    const printed = parseAllDocuments(ran.stdout).map((document) => document.toJS() as Plain);
    const isRight = ({ kind }: Plain) => kind !== 'Namespace';
    const given = objects().filter(({ kind }) => /^ServiceAccount$|Role/u.test(String(kind)));
    expect(new Set(given)).toEqual(new Set(printed.filter(isRight)));
    expect(given).toHaveLength(5);
    expect(objects()[0]?.['metadata']?.['name']).toBe(printed[0]?.['metadata']?.['name']);
  });

  it('has a configuration that loads, reads the cluster it is in, and keeps its data on the volume', async () => {
    const config = await loadConfig(`${BASE}/nhi.yaml`, ROOT);
    expect(config.targets).toMatchObject([{ system: 'kubernetes', inCluster: true }]);
    const mounts = list(list(PODS[0][1]?.['spec']?.['containers'])[0]?.['volumeMounts']);
    const data = mounts.find(({ name }) => name === 'data')?.['mountPath'] ?? '';
    expect(config.data.startsWith(`${data}/`)).toBe(true);
    for (const { file = '' } of config.agent.schedules.flatMap(({ reports }) => reports)) {
      expect(file.startsWith(`${data}/`)).toBe(true);
    }
    const ports = list(list(PODS[0][1]?.['spec']?.['containers'])[0]?.['ports']);
    expect(config.agent.listen).toBe(`0.0.0.0:${String(ports[0]?.['containerPort'])}`);
  });

  it('enforces the restricted profile in its namespace', () => {
    expect(objects()[0]?.['metadata']?.['labels']).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
  });

  it('puts everything but the role for two ConfigMaps into its own namespace', () => {
    const isOfCluster = ({ kind }: Plain) => /^(?:Namespace|ClusterRole(?:Binding)?)$/u.test(String(kind));
    for (const object of [...objects(), cronJob].filter((each) => !isOfCluster(each))) {
      const name = object['metadata']?.['name'];
      const namespace = object['metadata']?.['namespace'];
      expect(namespace, name).toBe(name === 'nhi-auditor-configmaps' ? 'kube-system' : 'nhi-auditor');
    }
  });

  it('lets nothing in but to the port of the metrics', () => {
    const { spec } = yamlOf(`${BASE}/network-policy.yaml`);
    expect(spec?.['policyTypes']).toEqual(['Ingress', 'Egress']);
    const ports = list(spec?.['ingress']).flatMap((rule) => list(rule['ports']));
    expect(ports).toEqual([{ protocol: 'TCP', port: 9479 }]);
    expect(list(spec?.['ingress']).every((rule) => list(rule['from']).length > 0)).toBe(true);
  });
});

describe.each(PODS)('the pod of %s', (_title, template) => {
  const spec = template?.['spec'] as Plain;
  const [container] = list(spec['containers']);

  it('is admitted by the restricted profile, with a root that it cannot write to', () => {
    expect(notRestricted(spec)).toEqual([]);
    expect(container?.['securityContext']).toMatchObject({ readOnlyRootFilesystem: true });
  });

  it('names only what there is', () => {
    const named = (kind: string) =>
      objects()
        .filter((each) => each['kind'] === kind)
        .map(({ metadata }) => metadata?.['name']);
    const generated = list(yamlOf(`${BASE}/kustomization.yaml`)['configMapGenerator']).map(
      ({ name }) => name,
    );
    expect(named('ServiceAccount')).toContain(spec['serviceAccountName']);
    const volumes = list(spec['volumes']);
    expect(volumes.map(({ name }) => name)).toEqual(
      list(container?.['volumeMounts']).map(({ name }) => name),
    );
    expect(generated).toContain(volumes.find(({ name }) => name === 'config')?.['configMap']?.['name']);
    expect(named('PersistentVolumeClaim')).toContain(
      volumes.find(({ name }) => name === 'data')?.['persistentVolumeClaim']?.['claimName'],
    );
  });

  it('runs this version with a command line that the program takes', () => {
    expect(container?.['image']).toBe(`nhi-auditor:${PACKAGE.version}`);
    const words = list(container?.['args']);
    expect(words).toContain('/etc/nhi/nhi.yaml');
    expect(() => parseWords(words)).not.toThrow();
  });

  it('is what the network policy is for', () => {
    const { spec: policy } = yamlOf(`${BASE}/network-policy.yaml`);
    expect(template?.['metadata']?.['labels']).toMatchObject(
      Object(policy?.['podSelector']?.['matchLabels']),
    );
  });

  it('says what it needs, and has a bound in memory and on disk', () => {
    expect(container?.['resources']).toMatchObject({
      requests: { cpu: expect.any(String), memory: expect.any(String) },
      limits: { memory: expect.any(String), 'ephemeral-storage': expect.any(String) },
    });
  });
});

describe('the agent in Kubernetes', () => {
  it('is one, which goes before the next one comes', () => {
    expect(deployment['spec']).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
    expect(deployment['spec']?.['selector']?.['matchLabels']).toEqual(
      deployment['spec']?.['template']?.['metadata']?.['labels'],
    );
  });

  it('is asked at the paths and the port that it serves', () => {
    const [container] = list(deployment['spec']?.['template']?.['spec']?.['containers']);
    const port = list(container?.['ports'])[0]?.['name'];
    expect(container?.['livenessProbe']?.['httpGet']).toEqual({ path: '/healthz', port });
    expect(container?.['readinessProbe']?.['httpGet']).toEqual({ path: '/readyz', port });
  });

  it('runs by a valid schedule, one at a time and never twice, as a CronJob', () => {
    const spec = cronJob['spec'];
    expect(() => new Cron(String(spec?.['schedule']), { paused: true })).not.toThrow();
    expect(spec).toMatchObject({ concurrencyPolicy: 'Forbid', jobTemplate: { spec: { backoffLimit: 0 } } });
  });

  it.skipIf(!HAS_KUBECTL)('is rendered by kubectl, with the name of the configuration that it gets', () => {
    const rendered = (folder: string) =>
      parseAllDocuments(execFileSync('kubectl', ['kustomize', join(ROOT, folder)], { encoding: 'utf8' })).map(
        (document) => document.toJS() as Plain,
      );
    const kinds = (folder: string) => rendered(folder).map(({ kind }) => String(kind));
    expect(kinds(BASE)).toContain('Deployment');
    expect(kinds(BASE)).not.toContain('CronJob');
    expect(kinds(OVERLAY)).toContain('CronJob');
    expect(kinds(OVERLAY)).not.toContain('Deployment');
    for (const folder of [BASE, OVERLAY]) {
      const configMap = rendered(folder).find(({ kind }) => kind === 'ConfigMap');
      const name = configMap?.['metadata']?.['name'];
      expect(name).toMatch(/^nhi-config-\w+$/u);
      const pods = rendered(folder).filter(({ kind }) => /^(?:Deployment|CronJob)$/u.test(String(kind)));
      expect(pods).toHaveLength(1);
      expect(JSON.stringify(pods)).toContain(`"configMap":{"name":"${name}"}`);
    }
  });
});

function list(value: Plain | undefined): readonly Plain[] {
  return (value ?? []) as readonly Plain[];
}
