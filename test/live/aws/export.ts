import {
  GetAccessKeyLastUsedCommand,
  GetAccountAuthorizationDetailsCommand,
  GetCredentialReportCommand,
  IAMClient,
  ListAccessKeysCommand,
} from '@aws-sdk/client-iam';
import { importFiles } from '#test/collectors/aws/importing.ts';
import { given, type Access } from './organization.ts';
import type { RowsOf } from './reading.ts';

/** Exports an account as the AWS CLI prints it, and imports that. */
export async function exportAccount(access: Access, account: string): Promise<RowsOf> {
  const client = new IAMClient(access);
  const details = await client.send(new GetAccountAuthorizationDetailsCommand({}));
  const report = await client.send(new GetCredentialReportCommand({}));
  const keys = await client.send(new ListAccessKeysCommand({ UserName: 'ci-deployer' }));
  const id = given(keys.AccessKeyMetadata?.[0]?.AccessKeyId);
  const lastUse = await client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: id }));
  client.destroy();
  return importFiles({
    [`${account}/details.json`]: details,
    [`${account}/credential-report.json`]: {
      Content: Buffer.from(report.Content ?? []).toString('base64'),
      GeneratedTime: report.GeneratedTime,
      ReportFormat: report.ReportFormat,
    },
    [`${account}/access-keys.json`]: keys,
    [`${account}/last-used-${id}.json`]: lastUse,
  });
}
