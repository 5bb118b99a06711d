import { defineCollector } from '#contract/collector.ts';
import { importFiles } from './import-files.ts';
import { recognise } from './recognise.ts';

/** Kubernetes: clusters from what kubectl prints, from manifests, and live. */
export const kubernetesCollector = defineCollector({
  system: 'kubernetes',
  title: 'Kubernetes',
  recognise,
  importFiles,
  live: async () => (await import('./live/index.ts')).kubernetesLive,
});
