import { awsAccess } from '#access/aws/index.ts';
import { describeTruthTables } from '#test/access/truth-table.ts';
import { recordsOf } from './given.ts';

describeTruthTables({
  system: 'aws',
  folder: 'test/access/aws/tables',
  atLeast: 380,
  documentation: ['https://docs.aws.amazon.com/'],
  access: (records) => awsAccess(records, { asOf: '2026-06-01T00:00:00.000Z' }),
  records: recordsOf,
});
