import { azureAccess } from '#access/azure/index.ts';
import { describeTruthTables } from '../truth-table.ts';
import { azureRecords } from './estate.ts';

describeTruthTables({
  system: 'azure',
  folder: 'test/access/azure/truth',
  atLeast: 60,
  documentation: ['https://learn.microsoft.com/'],
  records: azureRecords,
  access: azureAccess,
});
