import { AS_OF, awsTime } from './clock.ts';
import { DEV, PROD } from './aws/account.ts';
import { accountSpec } from './aws/accounts.ts';
import { authorizationDetails } from './aws/authorization-details.ts';
import { credentialReport } from './aws/credential-report.ts';
import { lastAccessedFiles } from './aws/last-accessed.ts';
import { azureFiles } from './azure/files.ts';
import { gcpFiles } from './gcp/files.ts';
import { governanceFiles } from './governance/files.ts';
import { onpremFiles } from './kubernetes/onprem.ts';
import { prodEksFiles } from './kubernetes/prod-eks.ts';
import { planFiles } from './plan/files.ts';
import { plantedPage } from './planted-page.ts';
import { awsJson } from './print.ts';

/** Every generated file of the estate: its text by its path below `examples/acme`. The same at every call. */
export function acmeFiles(): ReadonlyMap<string, string> {
  return new Map([
    ...awsFiles(),
    ...within('azure', azureFiles()),
    ...within('gcp', gcpFiles()),
    ...within('kubernetes/prod-eks', prodEksFiles()),
    ...within('kubernetes/onprem', onpremFiles()),
    ...governanceFiles(),
    ...planFiles(),
    ['PLANTED.md', plantedPage()],
  ]);
}

function awsFiles(): ReadonlyMap<string, string> {
  const files = [PROD, DEV].flatMap((account) => {
    const spec = accountSpec(account);
    const json = new Map([
      ['authorization-details.json', authorizationDetails(account, spec)],
      ...lastAccessedFiles(account, spec),
    ]);
    const report = credentialReport(account, spec);
    const [reportName, reportText] =
      account === PROD ? ['credential-report.csv', report] : ['credential-report.json', wrapped(report)];
    const printed = [...json].map(([name, value]): [string, string] => [name, awsJson(value)]);
    return [...within(`aws/${account.short}`, new Map([...printed, [reportName, reportText]]))];
  });
  return new Map(files);
}

/** The credential report as `aws iam get-credential-report` prints it. */
function wrapped(report: string): string {
  return awsJson({
    Content: Buffer.from(report).toString('base64'),
    ReportFormat: 'text/csv',
    GeneratedTime: awsTime(new Date(Date.parse(AS_OF) - 3_600_000)),
  });
}

function within(folder: string, files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...files].map(([name, text]) => [`${folder}/${name}`, text]));
}
