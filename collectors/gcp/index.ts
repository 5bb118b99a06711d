import { defineCollector } from '#contract/collector.ts';
import { recognise } from './files/recognise.ts';
import { importFiles } from './import-files.ts';

/** Google Cloud: what gcloud, Cloud Asset Inventory and the APIs of IAM print, and live. */
export const gcpCollector = defineCollector({
  system: 'gcp',
  title: 'Google Cloud',
  recognise,
  importFiles,
  live: async () => (await import('./live/index.ts')).gcpLive,
});
