import { defineCollector } from '#contract/collector.ts';
import { importFiles } from './import-files.ts';
import { recognise } from './recognise.ts';

/** Kubernetes: clusters from what kubectl prints, and manifests. */
export const kubernetesCollector = defineCollector({
  system: 'kubernetes',
  title: 'Kubernetes',
  recognise,
  importFiles,
});
