import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  GetAccessKeyLastUsedCommand,
  GetAccountAuthorizationDetailsCommand,
  GetCredentialReportCommand,
  IAMClient,
  ListAccessKeysCommand,
} from '@aws-sdk/client-iam';
import { given, type Access } from './organization.ts';
import { scanImport, type RowsOf } from './reading.ts';

/** Exports an account into the folder as the AWS CLI prints it, and scans that. */
export async function exportAccount(folder: string, access: Access, account: string): Promise<RowsOf> {
  const client = new IAMClient(access);
  const details = await client.send(new GetAccountAuthorizationDetailsCommand({}));
  const report = await client.send(new GetCredentialReportCommand({}));
  const keys = await client.send(new ListAccessKeysCommand({ UserName: 'ci-deployer' }));
  const id = given(keys.AccessKeyMetadata?.[0]?.AccessKeyId);
  const lastUse = await client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: id }));
  client.destroy();
  await mkdir(join(folder, account), { recursive: true });
  const files = {
    'details.json': details,
    'credential-report.json': {
      Content: Buffer.from(report.Content ?? []).toString('base64'),
      GeneratedTime: report.GeneratedTime,
      ReportFormat: report.ReportFormat,
    },
    'access-keys.json': keys,
    [`last-used-${id}.json`]: lastUse,
  };
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, account, name), JSON.stringify(content, undefined, 4));
  }
  return scanImport(folder);
}
