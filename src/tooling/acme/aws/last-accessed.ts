import { AS_OF, ago, awsTime } from '../clock.ts';
import { uuid } from '../seed.ts';
import { type Account, roleArn } from './account.ts';
import { SERVICE_TITLES } from './last-accessed-roles.ts';
import type { AccountSpec, LastAccessedSpec } from './spec.ts';

/** The files of `generate-service-last-accessed-details` and of the report that each job led to, by file name. */
export function lastAccessedFiles(account: Account, spec: AccountSpec): ReadonlyMap<string, object> {
  const files = new Map<string, object>();
  for (const wanted of spec.lastAccessed) {
    const role = spec.roles.find(({ name }) => name === wanted.role);
    if (role === undefined) throw new Error(`${account.short} has no role ${wanted.role}`);
    const arn = roleArn(account, role.name, role.path);
    const job = uuid(`job ${arn}`);
    files.set(`generate-${role.name}.json`, { JobId: job });
    files.set(`service-last-accessed-${job}.json`, report(arn, wanted));
  }
  return files;
}

function report(arn: string, { services }: LastAccessedSpec): object {
  const finished = Date.parse(AS_OF) - 3_600_000;
  return {
    JobStatus: 'COMPLETED',
    JobType: 'SERVICE_LEVEL',
    JobCreationDate: awsTime(new Date(finished - 2000)),
    ServicesLastAccessed: Object.entries(services).map(([namespace, days]) => ({
      ServiceName: SERVICE_TITLES[namespace],
      ...(days === null ? {} : { LastAuthenticated: awsTime(ago(days, `used ${arn}`)) }),
      ServiceNamespace: namespace,
      ...(days === null ? {} : { LastAuthenticatedEntity: arn, LastAuthenticatedRegion: 'eu-west-1' }),
      TotalAuthenticatedEntities: days === null ? 0 : 1,
    })),
    JobCompletionDate: awsTime(new Date(finished)),
    IsTruncated: false,
  };
}
