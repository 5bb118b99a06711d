import { gcpAccess } from '#access/gcp/index.ts';
import { describeTruthTables } from '../truth-table.ts';
import { gcpRecords } from './estate.ts';

describeTruthTables({
  system: 'gcp',
  folder: 'test/access/gcp/truth',
  atLeast: 60,
  documentation: ['https://cloud.google.com/'],
  records: gcpRecords,
  access: gcpAccess,
});
