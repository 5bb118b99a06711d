import { defineCollector } from '#contract/collector.ts';
import { recognise } from './files/recognise.ts';
import { importFiles } from './import-files.ts';

/** Google Cloud: what gcloud, Cloud Asset Inventory and the APIs of IAM print. */
export const gcpCollector = defineCollector({
  system: 'gcp',
  title: 'Google Cloud',
  recognise,
  importFiles,
});
