import type { AwsTarget } from '#model/target/aws.ts';

/** What every client of the SDK is made with. */
export function clientSettings({ endpoint, regions }: AwsTarget): {
  readonly region: string;
  readonly maxAttempts: number;
  readonly customUserAgent: string;
  readonly endpoint?: string;
} {
  return {
    region: globalRegion(regions[0] ?? 'us-east-1'),
    // The caller tries again, and only where that is safe.
    maxAttempts: 1,
    customUserAgent: 'nhi-auditor',
    ...(endpoint === null ? {} : { endpoint }),
  };
}

/** Where IAM is, by partition: https://docs.aws.amazon.com/general/latest/gr/iam-service.html. */
function globalRegion(region: string): string {
  if (region.startsWith('cn-')) return 'cn-north-1';
  return region.startsWith('us-gov-') ? 'us-gov-west-1' : 'us-east-1';
}
