import { defineCollector } from '#contract/collector.ts';
import { recognise } from './files/recognise.ts';
import { importFiles } from './import-files.ts';

/** Azure and Entra: what `az`, Azure Resource Manager and Microsoft Graph print. */
export const azureCollector = defineCollector({
  system: 'azure',
  title: 'Microsoft Azure and Entra',
  recognise,
  importFiles,
  live: async () => (await import('./live/index.ts')).azureLive,
});
